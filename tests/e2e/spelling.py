"""How expressions and queries that are spelled in two ways are compared: by the server, or by their trees where it cannot
be asked. Either leaves no trace and keeps nobody waiting."""

import subprocess
import time

from harness import check, expect, test
from scratch import Server

TABLE = "CREATE TABLE t (id integer, kind varchar(10), CHECK (id BETWEEN 1 AND 9));\n"
VIEW = "CREATE VIEW few AS SELECT id FROM t WHERE kind IN ('a', 'b');\n"
OTHER_VIEW = "CREATE VIEW few AS SELECT id FROM t WHERE kind IN ('a', 'c');\n"
GUARD = """
CREATE SCHEMA guard;
CREATE FUNCTION guard.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no DDL here'; END$$;
CREATE EVENT TRIGGER no_ddl ON ddl_command_start EXECUTE FUNCTION guard.refuse();
"""
BY_TREE = "compared by syntax tree, since "
WATCH = """
CREATE TEMP TABLE seen (relation text, mode text);
DO $$DECLARE here oid := (SELECT oid FROM pg_database WHERE datname = current_database());
BEGIN
  FOR i IN 1..100000 LOOP
    INSERT INTO seen SELECT c.oid::regclass::text, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid <> pg_backend_pid() AND c.oid >= 16384 AND l.database = here;
    EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = here);
    PERFORM pg_sleep(0.002);
  END LOOP;
END$$;
SELECT mode, count(DISTINCT relation) FROM seen GROUP BY mode ORDER BY mode;
"""


def role(world, name):
    world.query("postgres", f"DROP ROLE IF EXISTS {name}; CREATE ROLE {name} LOGIN;")
    return name


def plan_as(world, user, database):
    return world.run(
        "plan", "--database-url", world.url(database, user), "--schema", world.folder / "schema", "--exit-code")  # fmt: skip


@test
def the_server_spells(world):
    """and nothing is said of it"""
    database = world.database(TABLE + VIEW)
    world.file("schema/t.sql", TABLE + VIEW)
    check(BY_TREE not in expect(world.plan(database, "--exit-code"), 0).out, "trees were compared")


@test
def without_the_right_to_temporary_tables(world):
    """trees are compared, and the plan says so"""
    database = world.database(TABLE + VIEW)
    user = role(world, "e2e_no_temp")
    world.query(database, f"REVOKE TEMP ON DATABASE {database} FROM PUBLIC;")
    world.file("schema/t.sql", TABLE + VIEW)
    expect(plan_as(world, user, database), 0, out=("taken for the same: view `public.few`",))
    world.file("schema/t.sql", TABLE + OTHER_VIEW)
    expect(plan_as(world, user, database), 2, out=(BY_TREE + "`e2e_no_temp` may not create temporary tables", "view `public.few`"))


@test
def event_triggers_do_not_fire(world):
    """for a superuser, who can keep them from it; for another role trees are compared"""
    user = role(world, "e2e_owner")
    database = world.database(TABLE + VIEW + GUARD)
    world.file("schema/t.sql", TABLE + VIEW)
    check(BY_TREE not in expect(world.plan(database, "--exit-code"), 0).out, "trees were compared")
    expect(plan_as(world, user, database), 0)
    world.file("schema/t.sql", TABLE + OTHER_VIEW)
    expect(plan_as(world, user, database), 2, out=(BY_TREE + "an event trigger of the database would fire",))


@test
def on_a_standby(world):
    """trees are compared"""
    world.file("schema/t.sql", TABLE + VIEW)
    with Server(world.server.major, label="standby") as server:
        server.sql("postgres", script=TABLE + VIEW)
        server.become_standby()
        url = ("--database-url", server.url("postgres"))
        expect(world.run("plan", *url, "--schema", world.folder / "schema", "--exit-code"), 0)
        world.file("schema/t.sql", TABLE + OTHER_VIEW)
        expect(world.run("plan", *url, "--schema", world.folder / "schema"), 0, out=(BY_TREE + "the server is a standby",))


@test
def why_expressions_are_equal(world):
    """or different: for each of an object, with the server's spelling where it was asked"""
    table = "CREATE TABLE t (id integer, kind varchar(10) DEFAULT 'a', CONSTRAINT c CHECK (id BETWEEN 1 AND {}));\n"
    database = world.database(table.format(9) + VIEW)
    world.file("schema/t.sql", table.format(8) + VIEW)
    asked = expect(world.plan(database, "--explain-equal", "public.t"), 0).out
    check("`public.t.c` is taken for different: `(id >= 1) AND (id <= 9)` and, in the files, `id BETWEEN 1 AND 8`, "
          "which the server spells `(id >= 1) AND (id <= 8)`" in asked, "the check is not explained", asked)  # fmt: skip
    check("is taken for equal, since their syntax trees are the same" in asked, "the default is not explained", asked)
    view = expect(world.plan(database, "--explain-equal", "public.few"), 0).out
    check("is taken for equal, since the server spells both alike" in view, "the view is not explained", view)
    world.file("before/t.sql", table.format(9) + VIEW)
    files = ("diff", "--from", world.folder / "before", "--to", world.folder / "schema", "--explain-equal")
    expect(world.run(*files, "public.few"), 0, out=("is taken for equal, since they are spelled alike",))
    expect(world.run(*files, "public.t.c"), 0, out=("is taken for different",))
    expect(world.run(*files, "public.no"), 64, "no expression of `public.no` is in both states", "as plans do")


@test
def locks_of_a_plan(world):
    """on what users have: ACCESS SHARE and nothing else, also while the server spells"""
    names = range(300)
    tables = "".join(f"CREATE TABLE t{n} (id integer, kind varchar(10));\n" for n in names)
    views = "".join(f"CREATE VIEW v{n} AS SELECT id FROM t{n} WHERE kind IN ('a', 'b');\n" for n in names)
    checks = "".join(f"ALTER TABLE t{n} ADD CONSTRAINT c CHECK (id + 1 > %s);\n" for n in names)
    database = world.database(tables + views + checks.replace("%s", "1"))
    world.file("schema/t.sql", tables + views + checks.replace("%s", "2"))
    argv = [world.server.psql, "-X", "-q", "-A", "-t", "-d", world.url(database), "-c", WATCH]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=world.server.environment) as watch:
        watching = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%INTO seen%' AND pid <> pg_backend_pid();"
        while world.query(database, watching) == "0" and watch.poll() is None:
            time.sleep(0.05)
        for _ in range(3):
            expect(world.plan(database, "--exit-code"), 2)
        world.query(database, "SELECT pg_advisory_lock(1), pg_sleep(0.1);")
        seen, errors = watch.communicate(timeout=60)
    check(not errors, "the watch failed", errors)
    modes = dict(line.split("|") for line in seen.split())
    check(list(modes) == ["AccessShareLock"], "other locks were taken", seen)
    check(int(modes["AccessShareLock"]) > len(names), "too little was seen of the locks", seen)


@test
def conditions_of_many_tables(world):
    """are spelled side by side, whatever their columns are called; one that is new leaves the others alone"""
    tables = "".join(
        f'CREATE TABLE c{n} (id {kind}, "order" numeric(8,2), "Wert ß" text, day timestamptz,'
        f" CONSTRAINT c{n}_id CHECK (id > '{value}'),"
        f""" CONSTRAINT c{n}_odd CHECK ("order" + 1 > 0.5 OR left("Wert ß", 1) = '€'),"""
        f" CONSTRAINT c{n}_whole CHECK (c{n} IS NOT NULL),"
        f" CONSTRAINT c{n}_day CHECK (day > '2020-01-01 00:00+02'));\n"
        f"CREATE INDEX c{n}_days ON c{n} (id) WHERE day >= '2024-02-29 00:00+00' AND \"order\" BETWEEN 1 AND 2;\n"
        for n, (kind, value) in enumerate([("integer", "5"), ("text", "x"), ("date", "2020-1-1")] * 30)
    )
    database = world.database(tables)
    world.file("schema/t.sql", tables)
    expect(world.plan(database, "--exit-code"), 0)
    world.file("schema/t.sql", tables.replace("c7_day CHECK (day > '2020-01-01 00:00+02')",
                                              "c7_day CHECK (is_new(day))")
               + "CREATE FUNCTION is_new(timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > '2024-01-01 00:00Z';\n")  # fmt: skip
    planned = expect(world.plan(database, "--exit-code"), 2).out
    check("c7_day" in planned, "the new condition is not planned")
    check("c8_" not in planned and "c6_" not in planned and "c7_odd" not in planned, f"more is planned:\n{planned}")
