"""`diff`: plans between two states that files declare, without a server."""

import json
import subprocess

from harness import check, expect, same_schema, test

OLD = "CREATE TABLE t (id integer PRIMARY KEY, old text);\n"
NEW = "CREATE TABLE t (id integer PRIMARY KEY, new integer);\nCREATE INDEX t_new_idx ON t (new);\n"
# No server and no home, where git could find settings of its own.
ALONE = {"PGHOST": "/nowhere", "DATABASE_URL": "", "HOME": "/nowhere", "GIT_CONFIG_NOSYSTEM": "1"}


def diff(world, one, other, *arguments, **environment):
    return world.run("diff", "--from", one, "--to", other, *arguments, **{**ALONE, **environment})


def git(world, *arguments):
    settings = ("-c", "user.name=Tester", "-c", "user.email=tester@localhost", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *arguments], cwd=world.folder, check=True, capture_output=True)


def commit(world, message="x"):
    git(world, "add", "-A")
    git(world, "commit", "-q", "-m", message)


def execute(world, database, sql):
    world.must(world.server.sql(database, script=sql))


@test
def diff_of_two_files(world):
    """exit codes, formats, and what the plan leads to"""
    world.file("old.sql", OLD)
    world.file("new.sql", NEW)
    expect(diff(world, "old.sql", "new.sql"), 0, out=("plan from `old.sql` to `new.sql` on postgresql 17", "t_new_idx"))
    expect(diff(world, "old.sql", "new.sql", "--exit-code"), 2)
    sql = expect(diff(world, "old.sql", "new.sql", "--format", "sql"), 0).out
    check("rows" not in sql, "a plan without a server knows sizes", sql)
    database = world.database(OLD)
    execute(world, database, sql)
    same_schema(world, database, NEW)
    markdown = expect(diff(world, "old.sql", "new.sql", "--format", "markdown"), 0).out
    check("from `old.sql` to `new.sql`" in markdown, "the states are not named", markdown)


@test
def diff_of_a_state_with_itself(world):
    """the same file twice, the same folder twice, and one by two names"""
    world.file("schema/t.sql", OLD)
    for one, other in (("schema/t.sql", "schema/t.sql"), ("schema", "schema"), ("schema", "schema/t.sql")):
        expect(diff(world, one, other, "--exit-code"), 0, out=("no changes", f"`{one}` and `{other}`"))


@test
def diff_of_a_renamed_table(world):
    """from version 18 the constraints that hold NOT NULL are renamed with it"""
    world.file("old.sql", OLD)
    world.file("new.sql", "-- schemadiff:renamed-from t\n" + OLD.replace("TABLE t", "TABLE u"))
    for version, renames in (("17", False), ("18", True)):
        plan = expect(diff(world, "old.sql", "new.sql", "--postgres-version", version, "--format", "sql"), 0).out
        check(("t_id_not_null TO u_id_not_null" in plan) == renames, f"names on {version}", plan)


@test
def diff_of_two_spellings(world):
    """as a person writes it, and as pg_dump does: nothing but a note on what was judged"""
    schema = (
        "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
        "CREATE TABLE p (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tier varchar(10) DEFAULT 'basic' "
        "CHECK (tier IN ('basic', 'gold')), m mood DEFAULT 'ok', n numeric CHECK (n BETWEEN 1 AND 5));\n"
        "CREATE TABLE c (s serial, p_id integer REFERENCES p, UNIQUE (p_id)) ;\n"
        "CREATE TABLE parts (k integer NOT NULL, v text) PARTITION BY RANGE (k);\n"
        "CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10);\n"
        "CREATE INDEX ON parts (v) WHERE v LIKE 'a%';\n"
        "CREATE TABLE child (extra text) INHERITS (p);\n"
        "CREATE VIEW v AS SELECT id, tier FROM p WHERE tier = 'gold';\n"
        "CREATE FUNCTION f(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT a';\n"
    )
    world.file("written.sql", schema)
    world.file("dumped.sql", world.server.dump(world.database(schema), "--no-owner"))
    for one, other in (("written.sql", "dumped.sql"), ("dumped.sql", "written.sql"), ("dumped.sql", "dumped.sql")):
        expect(diff(world, one, other, "--exit-code"), 0, out=("no changes",))
    expect(diff(world, "written.sql", "dumped.sql"), 0, out=("note: compared by syntax tree",))


@test
def diff_from_nothing_and_to_nothing(world):
    """creates everything, and drops it"""
    (world.folder / "empty").mkdir()
    text = "CREATE SCHEMA app;\nCREATE TABLE app.t (id serial PRIMARY KEY);\nCREATE VIEW app.v AS SELECT * FROM app.t;\n"
    world.file("schema/t.sql", text)
    database = world.database()
    execute(world, database, expect(diff(world, "empty", "schema", "--format", "sql"), 0).out)
    same_schema(world, database, text)
    execute(world, database, expect(diff(world, "schema", "empty", "--format", "sql"), 0).out)
    same_schema(world, database, "")


@test
def diff_of_detached_partition(world):
    """what it has from its parent is its own afterwards: nothing else is done"""
    whole = "CREATE TABLE p (k integer PRIMARY KEY, v text) PARTITION BY RANGE (k);\n"
    world.file("old.sql", whole + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);\n")
    world.file("new.sql", whole + "CREATE TABLE p1 (k integer PRIMARY KEY, v text);\n")
    result = expect(diff(world, "old.sql", "new.sql", "--format", "json"), 0)
    steps = [statement for step in json.loads(result.out)["steps"] for statement in step["sql"]]
    check(len(steps) == 1 and "DETACH PARTITION" in steps[0], "there is more to do than to detach it", result)


@test
def diff_of_view_that_selects_everything(world):
    """is another view once the table has another column"""
    view = "CREATE VIEW v AS SELECT * FROM t;\n"
    world.file("old.sql", OLD + view)
    world.file("new.sql", "CREATE TABLE t (id integer PRIMARY KEY, old text, more text);\n" + view)
    database = world.database(OLD + view)
    execute(world, database, expect(diff(world, "old.sql", "new.sql", "--format", "sql"), 0, out=("view",)).out)
    same_schema(world, database, (world.folder / "new.sql").read_text())


@test
def diff_of_revisions(world):
    """of the repository of the current folder, with what is included, and nothing checked out"""
    world.file("db/schema/all.sql", "\\ir parts/t.psql\n")
    world.file("db/schema/parts/t.psql", OLD)
    git(world, "init", "-q")
    commit(world)
    git(world, "tag", "v1")
    world.file("db/schema/parts/t.psql", NEW)
    commit(world)
    before = sorted(str(p) for p in world.folder.rglob("*") if ".git" not in p.parts)
    expect(diff(world, "git:v1:db/schema", "git:main:db/schema", "--exit-code"), 2, out=("t_new_idx",))
    expect(diff(world, "git:v1:db/schema/all.sql", "git:HEAD:db", "--exit-code"), 2, out=("t_new_idx",))
    expect(diff(world, "git:main:db/schema", "db/schema", "--exit-code"), 0)
    expect(diff(world, "git:main:", "git:main:./db/", "--exit-code"), 0)
    check(sorted(str(p) for p in world.folder.rglob("*") if ".git" not in p.parts) == before, "something was checked out")
    result = expect(diff(world, "git:v1:db/schema", "git:main:db/schema"), 0)
    check("from      git:main:db/schema/parts/t.psql:2" in result.out, "the place is not named", result)


@test
def diff_of_bad_revisions(world):
    """a revision, a path and a repository that there is not, an error in a revision, and no git"""
    world.file("t.sql", OLD)
    expect(diff(world, "git:main:t.sql", "t.sql"), 65, "not a git repository")
    world.file("bad/b.sql", OLD + "CREATE TABLE u (x integer,);\n")
    git(world, "init", "-q")
    commit(world)
    expect(diff(world, "git:v9:t.sql", "t.sql"), 65, "no revision `v9`", "git log")
    expect(diff(world, "git:main:nowhere", "t.sql"), 65, "holds no `nowhere`", "root of the repository")
    expect(diff(world, "git:main:bad", "t.sql"), 65, "git:main:bad/b.sql:2:", "CREATE TABLE u (x integer,);", "^")
    expect(diff(world, "git:v9:a", "git:v8:b"), 65, "v9", "v8")
    for wrong in ("git:", "git:main", "git::t.sql"):
        expect(diff(world, wrong, "t.sql"), 64, "git:REV:path")
    expect(diff(world, "git:main:t.sql", "t.sql", PATH="/nowhere"), 1, "git", "install")


@test
def diff_with_wrong_usage(world):
    world.file("t.sql", OLD)
    expect(world.run("diff", "--from", "t.sql", **ALONE), 64, "--to", "git:REV:path")
    expect(world.run("diff", **ALONE), 64, "--from", "--to")
    expect(diff(world, "t.sql", "t.sql", "--postgres-version", "13"), 64, "14, 15, 16, 17, 18")
    expect(diff(world, "t.sql", "postgresql://me:secret@host/db"), 64, "no database", "--from")
    expect(diff(world, "postgresql://me:secret@host.invalid/db", "t.sql"), 69, "me:***@host.invalid")
    expect(diff(world, "nowhere", "t.sql"), 65, "no file, folder or revision `nowhere`")
    world.file("bad.sql", "CREATE TABL t ();\n")
    expect(diff(world, "bad.sql", "nowhere.sql"), 65, "bad.sql:1:8", "nowhere.sql")


@test
def diff_of_settings(world):
    """which are made for the database by the name that the files have for it"""
    world.file("old.sql", OLD)
    world.file("new.sql", OLD + "ALTER DATABASE shop SET work_mem = '8MB';\n")
    expect(diff(world, "old.sql", "new.sql"), 0, out=("ALTER DATABASE shop SET work_mem",))
    expect(diff(world, "new.sql", "new.sql", "--exit-code"), 0)


@test
def diff_saved(world):
    """in a file by its ending; apply does not execute what was made for no database"""
    world.file("old.sql", OLD)
    world.file("new.sql", NEW)
    expect(diff(world, "old.sql", "new.sql", "--out", "plan.json"), 0, "written to plan.json")
    plan = json.loads((world.folder / "plan.json").read_text())
    check((plan["from"], plan["to"], plan["database"]) == ("old.sql", "new.sql", ""), "the states are not in the plan", plan)
    database = world.database(OLD)
    arguments = ("--schema", "new.sql", "--plan", "plan.json", "--yes", "--allow", "all")
    expect(world.run("apply", "--database-url", world.url(database), *arguments), 3, "without a database", "schemadiff plan")


@test
def diff_from_the_embedded_server(world):
    """which is a database as any other; `--to` takes none"""
    (world.folder / "schema").mkdir()
    world.file("schemadiff.toml", '[env.local]\nurl = "embedded"\n')
    world.file("schema/all.sql", NEW)
    expect(world.run("apply", "--yes", "--allow", "all"), 0)
    expect(world.run("diff", "--from", "embedded", "--to", "schema", "--exit-code"), 0, out=("no changes",))
    expect(world.run("diff", "--from", "schema", "--to", "embedded"), 64, "no database")
