"""Revisions in the database: upgrade, downgrade, current, stamp, and what the ledger says of them."""

import json

from harness import check, expect, same_schema, test

ONE, TWO, THREE = "20260101000001_aaaa", "20260101000002_bbbb", "20260101000003_cccc"
TABLE = "BEGIN;\n\n-- step 1: create table public.t (expand)\nCREATE TABLE t (id integer PRIMARY KEY, a integer);\n\nCOMMIT;\n"
NO_TABLE = ("BEGIN;\n\n-- step 1: drop table public.t (contract)\n--   hazard: data-loss: its rows go\n"
            "DROP TABLE t;\n\nCOMMIT;\n")
INDEX = ("-- step 1: create index public.t_a_idx (expand)\n"
         "--   before a retry, if this fails: DROP INDEX CONCURRENTLY IF EXISTS public.t_a_idx\n"
         "CREATE INDEX CONCURRENTLY t_a_idx ON t (a);\n")
NO_INDEX = "-- step 1: drop index public.t_a_idx (contract)\nDROP INDEX CONCURRENTLY t_a_idx;\n"
COLUMN = ("BEGIN;\n\n-- step 1: create column public.t.b (expand)\nALTER TABLE t ADD COLUMN b integer;\n\n"
          "-- step 2: create view public.v (expand)\nCREATE VIEW v AS SELECT b FROM t;\n\nCOMMIT;\n")
NO_COLUMN = ("BEGIN;\n\n-- step 1: drop view public.v (contract)\nDROP VIEW v;\n\n"
             "-- step 2: drop column public.t.b (contract)\nALTER TABLE t DROP COLUMN b;\n\nCOMMIT;\n")
ALL = "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);\nCREATE INDEX t_a_idx ON t (a);\nCREATE VIEW v AS SELECT b FROM t;\n"


def write(world, name, parents, up, down=None, message="a revision", more=""):
    head = f'-- id = "{name}"\n-- parents = [{", ".join(chr(34) + p + chr(34) for p in parents)}]\n-- message = "{message}"\n{more}'
    path = world.file(f"revisions/{name}_x.sql", f"-- schemadiff revision\n{head}\n{up}\n-- end of {name}\n")
    if down is not None:
        head = f'-- id = "{name}"\n-- message = "{message}"\n'
        text = f"-- schemadiff revision, the way back\n{head}\n{down}\n-- end of {name}\n"
        world.file(f"revisions/{name}_x.down.sql", text)
    return path


def write_three(world):
    write(world, ONE, [], TABLE, NO_TABLE, "a table")
    write(world, TWO, [ONE], INDEX, NO_INDEX, "an index")
    return write(world, THREE, [TWO], COLUMN, NO_COLUMN, "a column and a view")


def call(world, command, database, *arguments, **more):
    return world.run(command, *arguments, "--database-url", world.url(database), **more)


def upgrade(world, database, *arguments, **more):
    return call(world, "upgrade", database, *arguments, "--yes", **more)


def downgrade(world, database, *arguments):
    return call(world, "downgrade", database, *arguments, "--yes")


def applied(world, database):
    rows = world.query(database, "SELECT id, state FROM schemadiff.revision ORDER BY id;")
    return [tuple(line.split("\t")) for line in rows.splitlines()]


def log(world, database):
    columns = "revision, direction, number, summary, state, executed_by, host, coalesce(sqlstate, '')"
    return world.query(database, f"SELECT {columns} FROM schemadiff.step ORDER BY id;").splitlines()


def without_ledger(world, database, sql):
    """The schema but for the ledger is that of a database made from `sql`."""
    world.query(database, "DROP SCHEMA IF EXISTS schemadiff CASCADE;")
    same_schema(world, database, sql)


@test
def upgrade_and_downgrade(world):
    """each revision once, its steps with their rows in the ledger; and back again"""
    write_three(world)
    database = world.database()
    result = expect(upgrade(world, database), 0, out=("revision " + ONE, "create index", "done: 4 steps"))
    check(applied(world, database) == [(ONE, "applied"), (TWO, "applied"), (THREE, "applied")], "not applied", result)
    lines = log(world, database)
    check(len(lines) == 4 and all("\tdone\tpostgres\t" in line for line in lines), "the log is wrong", "\n".join(lines))
    expect(upgrade(world, database), 0, out=("nothing to upgrade",))
    expect(downgrade(world, database, "-1"), 0)
    check(applied(world, database) == [(ONE, "applied"), (TWO, "applied")], "not taken back")
    expect(downgrade(world, database, "base"), 3, "data-loss", "--allow")
    expect(downgrade(world, database, "base", "--allow", "data-loss"), 0)
    check(applied(world, database) == [], "not taken back")
    check(len(log(world, database)) == 8, "the log was cut", "\n".join(log(world, database)))
    expect(downgrade(world, database, "base"), 0, out=("nothing to downgrade",))
    expect(upgrade(world, database, TWO), 0)
    expect(upgrade(world, database, "+1"), 0)
    without_ledger(world, database, ALL)


@test
def upgrade_shows_and_asks(world):
    write_three(world)
    database = world.database()
    expect(call(world, "upgrade", database), 3, "--yes", out=("create table",))
    expect(call(world, "upgrade", database, "--dry-run"), 0, "nothing was done")
    plan = json.loads(expect(call(world, "upgrade", database, "--dry-run", "--format", "json"), 0).out)
    check([step["revision"] for step in plan["steps"]] == [ONE, TWO, THREE, THREE], "the plan does not tell the revisions")
    check(world.query(database, "SELECT to_regnamespace('schemadiff') IS NULL;") == "t", "asking made a ledger")


@test
def ledger_tells_what_it_is(world):
    """with a comment on every column; one of a layout that only a newer schemadiff knows is left alone"""
    write_three(world)
    database = world.database()
    expect(upgrade(world, database), 0)
    bare = ("SELECT count(*) FROM pg_attribute a WHERE attnum > 0 AND attrelid IN ('schemadiff.revision'::regclass, "
            "'schemadiff.step'::regclass) AND col_description(attrelid, attnum) IS NULL;")
    check(world.query(database, bare) == "0", "a column has no comment")
    world.query(database, "COMMENT ON SCHEMA schemadiff IS 'ledger of schemadiff, layout 2';")
    expect(upgrade(world, database), 3, "layout 2", "newer")
    expect(call(world, "current", database), 3, "layout 2")


@test
def ledger_is_nobodys(world):
    """plan, dump and diff do not see it, with --manage all either"""
    write_three(world)
    database = world.database()
    expect(upgrade(world, database), 0)
    world.file("schema/t.sql", ALL)
    for arguments in ((), ("--manage", "all"), ("--strict", "--manage", "all")):
        expect(world.plan(database, "--exit-code", *arguments), 0)
    result = expect(world.run("dump", "--database-url", world.url(database), "--layout", "single"), 0)
    check("schemadiff" not in result.out, "the ledger is dumped", result)
    world.file("dumped/all.sql", world.server.dump(database))
    expect(world.run("plan", "--database-url", world.url(database), "--schema", "dumped", "--exit-code"), 0)
    expect(world.run("diff", "--from", "dumped", "--to", "schema", "--exit-code"), 0)


@test
def file_that_was_changed_afterwards(world):
    """is refused with both checksums, and taken with --accept-changed"""
    path = write_three(world)
    database = world.database()
    expect(upgrade(world, database), 0)
    old = world.query(database, f"SELECT checksum FROM schemadiff.revision WHERE id = '{THREE}';")
    path.write_text(path.read_text().replace("CREATE VIEW v", "CREATE  VIEW v"))
    expect(upgrade(world, database), 3, THREE, old, path.name, "--accept-changed")
    expect(call(world, "current", database), 0, out=("changed",))
    expect(upgrade(world, database, "--accept-changed"), 0, "changed", out=("nothing to upgrade",))
    check(world.query(database, f"SELECT checksum FROM schemadiff.revision WHERE id = '{THREE}';") != old, "not recorded")
    check(any("\taccept\t" in line and old in line for line in log(world, database)), "not logged")
    expect(upgrade(world, database), 0)
    crlf = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(crlf)
    expect(upgrade(world, database), 0)


@test
def revision_that_the_folder_does_not_hold(world):
    path = write_three(world)
    database = world.database()
    expect(upgrade(world, database), 0)
    path.rename(world.folder / "elsewhere")
    (path.parent / path.name.replace(".sql", ".down.sql")).unlink()
    expect(upgrade(world, database), 3, THREE, "does not hold", "checkout")
    expect(downgrade(world, database, "-1"), 3, THREE)
    expect(call(world, "current", database), 0, out=(THREE, "not in the folder"))


@test
def no_way_back(world):
    write(world, ONE, [], TABLE)
    database = world.database()
    expect(upgrade(world, database), 0)
    expect(downgrade(world, database, "base"), 3, ONE, "no way back", ".down.sql")


@test
def until_a_phase(world):
    """the rest is kept for later, and done then"""
    write(world, ONE, [], COLUMN.replace("ALTER TABLE t ADD COLUMN b integer", "CREATE TABLE t (b integer)") + "\nBEGIN;\n"
          "-- step 3: drop view public.v (contract)\nDROP VIEW v;\nCOMMIT;\n")  # fmt: skip
    database = world.database()
    expect(upgrade(world, database, "--until", "expand"), 0, out=("1 step left for after phase expand",))
    check(applied(world, database) == [(ONE, "applying")], "the state is wrong")
    expect(upgrade(world, database, "--until", "expand"), 0, out=("nothing to do until phase expand",))
    expect(upgrade(world, database), 0, out=("done: 1 step",))
    check(applied(world, database) == [(ONE, "applied")], "not applied")


@test
def script_for_psql(world):
    """upgrade --sql leaves the same database and ledger as upgrade; twice is refused by the ledger"""
    write_three(world)
    write(world, THREE, [TWO], "SET search_path = pg_catalog, public;\n" + COLUMN.replace("VIEW v", "VIEW public.v"), NO_COLUMN)
    ran, piped = world.database(), world.database()
    expect(upgrade(world, ran), 0)
    script = expect(call(world, "upgrade", piped, "--sql"), 0).out
    check(world.query(piped, "SELECT to_regnamespace('schemadiff') IS NULL;") == "t", "--sql changed the database")
    world.must(world.server.sql(piped, script=script))
    check(log(world, ran) == log(world, piped), "the logs differ", "\n".join(log(world, ran) + log(world, piped)))
    columns = "id, checksum, message, state, steps, steps_done, applied_by, host, tool_version"
    rows = [world.query(d, f"SELECT {columns} FROM schemadiff.revision ORDER BY id;") for d in (ran, piped)]
    check(rows[0] == rows[1], "the ledgers differ", "\n".join(rows))
    check(world.state(ran) == world.state(piped), "the databases differ")
    check(world.server.sql(piped, script=script)[0] != 0, "the script ran twice")
    script = expect(call(world, "downgrade", piped, "base", "--sql"), 0).out
    world.must(world.server.sql(piped, script=script))
    check(applied(world, piped) == [], "not taken back")
    expect(call(world, "upgrade", ran, "--sql"), 0, out=("no",))


@test
def role_that_only_reads(world):
    """current works, also without a ledger; upgrade says what is lacking"""
    world.query("postgres", "DROP ROLE IF EXISTS e2e_reader; CREATE ROLE e2e_reader LOGIN IN ROLE pg_read_all_data;")
    write_three(world)
    database = world.database()
    url = world.url(database, "e2e_reader")
    expect(world.run("current", "--database-url", url), 0, out=("no revision", "3 are left"))
    result = world.run("upgrade", "--yes", "--database-url", url)
    expect(result, 69, "permission denied")
    expect(upgrade(world, database, TWO), 0)
    expect(world.run("current", "--database-url", url), 0, out=(TWO, "an index", "2 revisions", "1 is left"))
    world.query(database, "ALTER DATABASE %s SET default_transaction_read_only = on;" % database)
    expect(call(world, "current", database), 0, out=(TWO,))
    world.query("postgres", "DROP ROLE e2e_reader;")


@test
def stamp(world):
    """records and runs nothing, there and back"""
    write_three(world)
    database = world.database(ALL)
    expect(call(world, "stamp", database, TWO), 0, out=("nothing run", "2 revisions"))
    check(applied(world, database) == [(ONE, "applied"), (TWO, "applied")], "not recorded")
    expect(call(world, "stamp", database, "head"), 0)
    expect(upgrade(world, database), 0, out=("nothing to upgrade",))
    expect(call(world, "stamp", database, "head"), 0, out=("nothing to record",))
    expect(call(world, "stamp", database, ONE), 0)
    check(applied(world, database) == [(ONE, "applied")], "what rests on it stayed")
    expect(call(world, "stamp", database, "base"), 0, out=("no revision",))
    check(applied(world, database) == [] and len(log(world, database)) == 6, "not recorded", "\n".join(log(world, database)))
    expect(call(world, "stamp", database, "nonsense"), 64, "nonsense")
    without_ledger(world, database, ALL)


@test
def merge_has_nothing_to_run(world):
    """and is recorded, there and back; branches are upgraded together"""
    write(world, ONE, [], TABLE, NO_TABLE)
    write(world, TWO, [ONE], INDEX, NO_INDEX)
    write(world, THREE, [ONE], COLUMN, NO_COLUMN)
    database = world.database()
    expect(upgrade(world, database), 64, "heads")
    expect(upgrade(world, database, "heads"), 0)
    merge = "20260101000004_dddd"
    write(world, merge, [TWO, THREE], "", None, "both")
    expect(upgrade(world, database), 0, out=("run revision", "nothing to run"))
    expect(call(world, "current", database), 0, out=(merge + "  both (head)", "4 revisions"))
    expect(downgrade(world, database, "-1"), 0)
    check(len(applied(world, database)) == 3, "not taken back")


@test
def squashed(world):
    """a database that has all of them takes it over, one that has a part is refused, a new one runs it"""
    write_three(world)
    has_all, has_some, is_new = world.database(), world.database(), world.database()
    expect(upgrade(world, has_all), 0)
    expect(upgrade(world, has_some, TWO), 0)
    sums = dict(line.split("\t") for line in world.query(has_all, "SELECT id, checksum FROM schemadiff.revision;").splitlines())
    for path in (world.folder / "revisions").iterdir():
        path.unlink()
    replaces = "-- replaces = [\n" + "".join(f'--   "{name} {sums[name]}",\n' for name in (ONE, TWO, THREE)) + "-- ]\n"
    write(world, THREE, [], TABLE + INDEX.replace("CONCURRENTLY ", "").replace("IF EXISTS", "") + COLUMN, None, "all", replaces)
    expect(upgrade(world, has_some), 3, THREE, "only some of them", TWO)
    expect(upgrade(world, has_all, "--dry-run"), 0)
    check(len(applied(world, has_all)) == 3, "--dry-run changed the ledger")
    expect(upgrade(world, has_all), 0, "in place of 3", out=("nothing to upgrade",))
    check(applied(world, has_all) == [(THREE, "applied")], "not taken over")
    expect(upgrade(world, has_all), 0, out=("nothing to upgrade",))
    expect(upgrade(world, is_new), 0)
    check(applied(world, is_new) == [(THREE, "applied")], "not run")
    without_ledger(world, is_new, ALL)


@test
def roles_of_a_revision_do_not_write_the_ledger(world):
    """whatever role or session user its statements set; they go on as that role, and the session user is who logged in"""
    world.query("postgres", "DROP ROLE IF EXISTS e2e_app; CREATE ROLE e2e_app;")
    ran, piped = (world.database("GRANT CREATE ON SCHEMA public TO e2e_app;") for _ in range(2))
    who = "-- step {0}: create table public.{1} (expand)\nCREATE TABLE {1} AS SELECT current_user::text AS name, session_user::text AS login;\n"
    up = ("BEGIN;\n-- step 1: run statement role (expand)\nSET ROLE e2e_app;\n" + who.format(2, "a") + "COMMIT;\n"
          "BEGIN;\n" + who.format(3, "b") + "-- step 4: run statement role (expand)\nRESET ROLE;\nSET LOCAL ROLE e2e_app;\n"
          + who.format(5, "c") + "COMMIT;\nBEGIN;\n" + who.format(6, "d") + "COMMIT;\n"
          "SET SESSION AUTHORIZATION e2e_app;\n" + who.format(8, "e"))  # fmt: skip
    write(world, ONE, [], up)
    write(world, TWO, [ONE], "SET ROLE e2e_app;\nBEGIN;\n" + who.format(1, "f") + "COMMIT;\n")
    write(world, THREE, [TWO], who.format(1, "g"))
    expect(upgrade(world, ran), 0)
    script = expect(call(world, "upgrade", piped, "--sql"), 0).out
    world.must(world.server.sql(piped, script=script))
    for database in (ran, piped):
        query = " UNION ALL ".join(f"SELECT '{t}', name, login FROM {t}" for t in "abcdefg")
        names = dict(line.split("\t", 1) for line in world.query(database, query + ";").splitlines())
        app = {t for t, name in names.items() if name.startswith("e2e_app\t")}
        check(app == set("abcef"), "the statements did not go on as they were to", str(names))
        check(names["e"] == "e2e_app\te2e_app", "not the session user that was set", str(names))
        logins = world.query(database, "SELECT DISTINCT applied_by FROM schemadiff.revision UNION SELECT executed_by FROM schemadiff.step;")
        check(logins == "postgres", "somebody else wrote the ledger", logins)
        world.query(database, "DROP OWNED BY e2e_app;")
    world.query("postgres", "DROP ROLE e2e_app;")


@test
def target_that_is_not_given(world):
    for command in ("downgrade", "stamp"):
        expect(world.run(command), 64, f"`schemadiff {command}` needs a TARGET", "--help")
    expect(world.run("--no-such"), 64)
    # What follows --allow is one list, and not the target as well.
    write_three(world)
    database = world.database()
    expect(world.run("upgrade", "--database-url", world.url(database), "--yes", "--allow", "all", "+1"), 0)
    expect(world.run("downgrade", "--database-url", world.url(database), "--yes", "--allow", "all", "base"), 0)
    check(applied(world, database) == [], "not all is taken back")
