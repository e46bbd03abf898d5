"""Secrets: passwords of user mappings, options of servers, connection strings of subscriptions are applied and never shown."""

import json

from harness import check, expect, same_schema, test

BASE = "CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host '{host}');\n"
MAPPING = BASE + "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (\"user\" 'scott', password '{password}');\n"
SUBSCRIPTION = (
    "CREATE SUBSCRIPTION s CONNECTION 'host=far.example password={password}' PUBLICATION p"
    " WITH (connect = false, slot_name = NONE, enabled = false);\n"
)
FORMATS = ("text", "json", "sql", "markdown")


def hides(result, *secrets):
    for secret in secrets:
        check(secret not in result.out + result.errors, f"`{secret}` is shown", result)
    return result


@test
def password_of_a_user_mapping_changes(world):
    """applied, never printed (hard case 47)"""
    database = world.database(MAPPING.format(host="old.example", password="tiger"))
    after = MAPPING.format(host="new.example", password="hunter2")
    world.file("schema/s.sql", after)
    secrets = ("tiger", "hunter2", "old.example", "new.example", "scott")
    for form in FORMATS:
        hides(expect(world.plan(database, "--format", form), 0, out=("***",)), *secrets)
    hides(expect(world.apply(database, "--allow", "all", "--verbose"), 0, out=("***",)), *secrets)
    same_schema(world, database, after)
    expect(world.plan(database, "--exit-code"), 0)


@test
def script_with_hidden_secrets_stops(world):
    """psql does not set passwords to ***"""
    database = world.database()
    world.file("schema/s.sql", MAPPING.format(host="a", password="hunter2"))
    script = expect(world.plan(database, "--format", "sql"), 0, out=("the secrets of steps",)).out
    code, _, errors = world.server.sql(database, script=script)
    check(code != 0 and "not in this script" in errors, "the script ran", errors)
    check(world.query(database, "SELECT count(*) FROM pg_user_mapping;") == "0", "the script made the mapping")


@test
def saved_plan_takes_secrets_from_the_files(world):
    """a saved plan holds none; apply --plan finds them where they are declared, or refuses"""
    database = world.database()
    after = MAPPING.format(host="far.example", password="hunter2")
    world.file("schema/s.sql", after)
    hides(expect(world.plan(database, "--out", "plan.json"), 0), "hunter2")
    text = (world.folder / "plan.json").read_text()
    check("hunter2" not in text and "far.example" not in text, "the saved plan holds a secret", text)
    check(any(step["masked"] for step in json.loads(text)["steps"]), "no step says that it hides something", text)
    world.file("schema/s.sql", BASE.format(host="far.example"))
    result = world.apply(database, "--plan", "plan.json", "--allow", "all")
    expect(result, 3, "secrets", "plan again")
    check(world.query(database, "SELECT count(*) FROM pg_foreign_server;") == "0", "a refused plan did something")
    world.file("schema/s.sql", after)
    hides(expect(world.apply(database, "--plan", "plan.json", "--allow", "all"), 0), "hunter2", "far.example")
    same_schema(world, database, after)


@test
def failing_statement_keeps_its_secrets(world):
    """the server quotes the statement; schemadiff does not"""
    base = "CREATE EXTENSION postgres_fdw;\nCREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;\n"
    database = world.database(base)
    world.file("schema/s.sql", base + "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password_required 'hunter2');\n")
    hides(expect(world.apply(database, "--allow", "all"), 1, "password_required", "***"), "hunter2")
    world.file("schema/s.sql", base + "ALTER SERVER s OPTIONS (ADD fetch_size 'hunter2');\n")
    hides(expect(world.apply(database, "--allow", "all"), 1, "fetch_size", "***"), "hunter2")


@test
def wrong_files_keep_their_secrets(world):
    """the line under the caret is shown without them"""
    database = world.database()
    for sql in (
        "CREATE USER MAPPING FOR bob SERVER nowhere OPTIONS (password 'hunter2');\n",
        "CREATE USER MAPPING FOR bob SERVER s OPTIONS (password hunter2);\n",
        "CREATE USER MAPPING FOR bob SERVER s OPTIONS (password 'hunter2);\n",
        "CREATE SUBSCRIPTION s CONNECTION 'password=hunter2' PUBLICATION;\n",
    ):
        world.file("schema/s.sql", sql)
        hides(expect(world.plan(database), 65, "s.sql:1"), "hunter2")


@test
def connection_string_changes(world):
    database = world.database()
    world.file("schema/s.sql", SUBSCRIPTION.format(password="tiger"))
    try:
        hides(expect(world.apply(database, "--allow", "all"), 0, out=("***",)), "tiger", "far.example")
        world.file("schema/s.sql", SUBSCRIPTION.format(password="hunter2"))
        for form in FORMATS:
            hides(expect(world.plan(database, "--format", form), 0, out=("***",)), "tiger", "hunter2", "far.example")
        hides(expect(world.apply(database, "--allow", "all"), 0), "tiger", "hunter2", "far.example")
        expect(world.plan(database, "--exit-code"), 0)
        check("hunter2" in world.query(database, "SELECT subconninfo FROM pg_subscription;"), "it was not changed")
        world.file("schema/s.sql", SUBSCRIPTION.replace("host=far", "far").format(password="hunter2"))
        hides(expect(world.apply(database, "--allow", "all"), 1), "hunter2", "far.example")
    finally:
        world.query(database, "DROP SUBSCRIPTION IF EXISTS s;")


@test
def what_a_role_may_not_read(world):
    """is said in a line and not compared"""
    database = world.database(MAPPING.format(host="a.example", password="hunter2"))
    world.query(database, "CREATE ROLE e2e_reader LOGIN;")
    try:
        world.file("schema/s.sql", MAPPING.format(host="a.example", password="other"))
        result = world.run("plan", "--database-url", world.url(database, "e2e_reader"), "--schema", "schema", "--exit-code")
        hides(expect(result, 0, "may not read", "user mapping"), "hunter2", "other")
    finally:
        world.query(database, "DROP ROLE e2e_reader;")
