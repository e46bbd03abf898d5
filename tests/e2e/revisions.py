"""`revision`: the plan to the desired schema as a file, from where the revisions lead, from a database, or by hand."""

import re
import stat

from harness import check, expect, same_schema, test
from ledger import applied, call, downgrade, upgrade, without_ledger

OLD = "CREATE TABLE t (id integer PRIMARY KEY, name text);\n"
NEW = OLD + "CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t);\nCREATE INDEX u_t_idx ON u (t_id);\n"
# No server: what replays files in memory asks none.
ALONE = {"PGHOST": "/nowhere", "DATABASE_URL": "", "HOME": "/nowhere"}


def revision(world, *arguments, **environment):
    return world.run("revision", *arguments, **{**ALONE, **environment})


def make(world, sql, message, *arguments):
    """Declares `sql` and makes a revision of it; its id."""
    world.file("schema/all.sql", sql)
    result = expect(revision(world, "-m", message, *arguments), 0)
    return re.search(r"revisions/(\d{14}_[a-z0-9]{4})", result.out)[1]


def files(world):
    return sorted(path.name for path in (world.folder / "revisions").glob("*"))


def text(world, name, ending=".sql"):
    found = [p for p in (world.folder / "revisions").glob(f"{name}*") if p.name.endswith(".down.sql") == (ending == ".down.sql")]
    check(len(found) == 1, f"files of {name}: {found}")
    return found[0].read_text()


@test
def revision_is_written(world):
    """two files, named in the output, that say what they are; and no server is asked"""
    world.file("schema/all.sql", NEW)
    result = expect(revision(world, "-m", 'Add "u" & an index'), 0, "revision 20", "steps")
    names = files(world)
    check(sorted(result.out.split()) == [f"revisions/{name}" for name in names], "the files are not named", result)
    check(len(names) == 2 and all(re.fullmatch(r"\d{14}_[a-z0-9]{4}_add_u_an_index(\.down)?\.sql", n) for n in names), names)
    name = names[0][:19]
    up, down = text(world, name), text(world, name, ".down.sql")
    for line in ("-- schemadiff revision\n", f'-- id = "{name}"\n', "-- parents = []\n",
                 '-- message = "Add \\"u\\" & an index"\n', "-- created = 20", '-- tool = "', "-- postgres = 17\n",
                 "-- before = ", "-- after = ", "BEGIN;", "-- step 1: create table", "--   from: schema/all.sql:1\n", f"-- end of {name}\n"):  # fmt: skip
        check(line in up, f"`{line}` is missing", up)
    check("the way back" in down and "DROP TABLE" in down and "irreversible" in down, "the way back is not told", down)
    mode = stat.S_IMODE((world.folder / "revisions" / names[0]).stat().st_mode)
    check(mode & 0o200, f"not to be edited: {mode:o}")


@test
def revision_with_nothing_to_do(world):
    """says so, and writes nothing; --check tells CI"""
    world.file("schema/all.sql", OLD)
    expect(revision(world, "--check"), 2, "a revision is missing", "from nothing")
    check(not (world.folder / "revisions").exists(), "--check wrote something")
    first = make(world, OLD, "first")
    before = files(world)
    result = expect(revision(world, "-m", "second"), 0, "nothing to do")
    check(result.out == "" and files(world) == before, "something was written", result)
    expect(revision(world, "--check"), 0, "nothing to do")
    world.file("schema/all.sql", NEW)
    expect(revision(world, "--check"), 2, "a revision is missing", first)
    check(files(world) == before, "--check wrote something")
    second = make(world, NEW, "second")
    check(f'-- parents = ["{first}"]' in text(world, second), "does not rest on the first", text(world, second))
    expect(revision(world, "--check"), 0)


@test
def revision_there_and_back(world):
    """each leads where it should, by pg_dump's account, with schemadiff and with psql"""
    one, two = make(world, OLD, "one"), make(world, NEW, "two")
    database = world.database()
    expect(upgrade(world, database, one), 0)
    before = world.state(database)
    expect(upgrade(world, database), 0)
    expect(call(world, "diff", database, "--from", world.url(database), "--to", "schema", "--exit-code"), 64)
    expect(world.run("diff", "--from", world.url(database), "--to", "schema", "--exit-code"), 0)
    expect(downgrade(world, database, "-1", "--allow", "all"), 0)
    check(world.state(database)[0] == before[0], "the way back does not lead back")
    expect(upgrade(world, database, two), 0)
    without_ledger(world, database, NEW)
    plain = world.database()
    for name in (one, two):
        path = next(p for p in (world.folder / "revisions").glob(f"{name}*") if not p.name.endswith(".down.sql"))
        code, errors = world.server.load(plain, path)
        check(code == 0, errors)
    same_schema(world, plain, NEW)


@test
def revision_by_hand(world):
    """--empty makes one whose statements are still to be written; data may be a part of it"""
    one = make(world, OLD, "one")
    result = expect(revision(world, "--empty", "-m", "fill t"), 0)
    two = re.search(r"revisions/(\d{14}_[a-z0-9]{4})", result.out)[1]
    check(f'-- parents = ["{one}"]' in text(world, two), "rests on nothing", text(world, two))
    database = world.database()
    expect(upgrade(world, database), 0)
    expect(downgrade(world, database, "-1"), 0)
    for ending, sql in ((".sql", "INSERT INTO t VALUES (1, 'one');"), (".down.sql", "DELETE FROM t WHERE id = 1;")):
        written = text(world, two, ending)
        check("-- the statements go here" in written, "does not say where", written)
        world.file(f"revisions/{two}_fill_t{ending}", written.replace("-- the statements go here", sql))
    expect(upgrade(world, database), 0)
    check(world.query(database, "SELECT name FROM t;") == "one", "not run")
    expect(revision(world, "--check"), 0)
    expect(downgrade(world, database, "-1"), 0)
    check(world.query(database, "SELECT count(*) FROM t;") == "0", "not taken back")


@test
def revision_of_a_baseline(world):
    """what a database holds already; stamp records it there, and a new one runs it"""
    database = world.database(OLD + "INSERT INTO t VALUES (1, 'kept');")
    world.file("schema/all.sql", OLD)
    result = expect(call(world, "revision", database, "--baseline", "-m", "start"), 0, "schemadiff stamp 20")
    name = re.search(r"schemadiff stamp (\S+?)`", result.errors)[1]
    check("CREATE TABLE" in text(world, name) and "kept" not in text(world, name), "not the schema alone", text(world, name))
    expect(revision(world, "--check"), 0)
    expect(call(world, "stamp", database, name), 0)
    expect(upgrade(world, database), 0, out=("nothing to upgrade",))
    check(applied(world, database) == [(name, "applied")], "not recorded")
    check(world.query(database, "SELECT name FROM t;") == "kept", "rows were touched")
    make(world, NEW, "more")
    new = world.database()
    for each in (database, new):
        expect(upgrade(world, each), 0)
        without_ledger(world, each, NEW)
    before = files(world)
    expect(call(world, "revision", database, "--baseline", "-m", "again"), 64, "holds revisions already", "--baseline")
    check(files(world) == before, "something was written")


@test
def revision_from_a_database(world):
    """takes what a database holds in place of what the revisions lead to"""
    one = make(world, OLD, "one")
    database = world.database()
    expect(upgrade(world, database), 0)
    world.query(database, "ALTER TABLE t ADD COLUMN by_hand text;")
    world.file("schema/all.sql", OLD)
    expect(revision(world, "--check"), 0)
    expect(call(world, "revision", database, "--from-database", "--check"), 2, "a revision is missing")
    result = expect(call(world, "revision", database, "--from-database", "-m", "by hand"), 0)
    name = re.search(r"revisions/(\d{14}_[a-z0-9]{4})", result.out)[1]
    up, down = text(world, name), text(world, name, ".down.sql")
    check("DROP COLUMN by_hand" in up and "ADD COLUMN by_hand text" in down, "not what the database has more", up + down)
    check(f'-- parents = ["{one}"]' in up, "does not rest on the head", up)
    expect(upgrade(world, database, "--allow", "all"), 65, "by_hand` does not exist")
    path = next(path for path in files(world) if name in path and not path.endswith(".down.sql"))
    world.file(f"revisions/{path}", up.replace("DROP COLUMN by_hand", "DROP COLUMN IF EXISTS by_hand"))
    expect(upgrade(world, database, "--allow", "all"), 0)
    expect(call(world, "revision", database, "--from-database", "-m", "again"), 0, "nothing to do")
    without_ledger(world, database, OLD)


@test
def revision_on_a_head(world):
    """the one that is named; by the beginning of its id, too"""
    one = make(world, OLD, "one")
    two = make(world, NEW, "two")
    branch = make(world, OLD + "CREATE TABLE w (id integer);\n", "branch", "--head", one)
    check(f'-- parents = ["{one}"]' in text(world, branch), "on another", text(world, branch))
    check("CREATE TABLE public.w" in text(world, branch) and "DROP" not in text(world, branch), "from another state")
    before = files(world)
    expect(revision(world, "-m", "x"), 64, "2 heads", two, branch, "--head ID")
    expect(revision(world, "-m", "x", "--head", "nonsense"), 64, "no revision `nonsense`")
    expect(revision(world, "-m", "x", "--head", "head"), 64, "2 heads")
    check(files(world) == before, "something was written")
    more = make(world, NEW + "CREATE TABLE x (id integer);\n", "more", "--head", two)
    check(f'-- parents = ["{two}"]' in text(world, more), "on another", text(world, more))


@test
def revision_with_wrong_usage(world):
    world.file("schema/all.sql", OLD)
    expect(revision(world), 64, "no message", "-m MESSAGE")
    expect(revision(world, "-m", "x", "--empty", "--baseline"), 64, "exclude each other")
    expect(revision(world, "--check", "--empty"), 64, "--check")
    expect(revision(world, "-m", "x", "--postgres-version", "9"), 64, "14, 15, 16, 17, 18")
    expect(revision(world, "-m", "x", "--schema", "nowhere"), 65, "cannot read `nowhere`")
    expect(revision(world, "-m", "x", "--baseline", "--database-url", "postgresql:///x?host=/nowhere"), 69)
    world.file("schema/bad.sql", "CREATE TABL t ();\n")
    expect(revision(world, "-m", "x"), 65, "schema/bad.sql:1:8")
    check(not (world.folder / "revisions").exists(), "something was written")


@test
def rename_there_and_back(world):
    """by annotation; the way back renames as well, and no row loses its value"""
    make(world, OLD, "one")
    make(world, "CREATE TABLE t (id integer PRIMARY KEY,\n  -- schemadiff:renamed-from name\n  full_name text);\n", "rename")
    name = next(n for n in files(world) if n.endswith("_rename.sql"))[:19]
    up, down = text(world, name), text(world, name, ".down.sql")
    check("RENAME COLUMN name TO full_name" in up and "DROP" not in up, "no rename", up)
    check("RENAME COLUMN full_name TO name" in down and "DROP" not in down, "no rename back", down)
    expect(revision(world, "--check"), 0)
    database = world.database()
    expect(upgrade(world, database, "+1"), 0)
    world.query(database, "INSERT INTO t SELECT n, 'name ' || n FROM generate_series(1, 100) n;")
    expect(upgrade(world, database), 3, "breaks-clients")
    expect(upgrade(world, database, "--allow", "breaks-clients"), 0)
    check(world.query(database, "SELECT count(*) FROM t WHERE full_name = 'name ' || id;") == "100", "values are lost")
    expect(downgrade(world, database, "-1", "--allow", "breaks-clients"), 0)
    check(world.query(database, "SELECT count(*) FROM t WHERE name = 'name ' || id;") == "100", "values are lost")
    without_ledger(world, database, OLD)


@test
def loss_is_announced_both_ways(world):
    """what the way back cannot restore stands in both files, and is asked for"""
    make(world, OLD, "one")
    two = make(world, "CREATE TABLE t (id integer PRIMARY KEY);\n", "two")
    for ending in (".sql", ".down.sql"):
        check("hazard: irreversible" in text(world, two, ending), f"not announced in {ending}", text(world, two, ending))
    database = world.database()
    expect(upgrade(world, database), 3, "data-loss", "irreversible", "--allow")
    expect(upgrade(world, database, "--allow", "all"), 0)
    expect(downgrade(world, database, "-1"), 3, "irreversible")
    expect(downgrade(world, database, "-1", "--allow", "irreversible"), 0)
    without_ledger(world, database, OLD)


@test
def way_back_of_what_is_only_managed_where_declared(world):
    """an extension, a grant and an owner that the upgrade brought go again"""
    make(world, OLD, "one")
    new = OLD + "CREATE EXTENSION hstore;\nCREATE FUNCTION g() RETURNS integer LANGUAGE sql RETURN 1;\nGRANT SELECT ON t TO PUBLIC;\n"
    make(world, new, "two")
    database = world.database()
    expect(upgrade(world, database, "--allow", "all"), 0)
    expect(downgrade(world, database, "-1", "--allow", "all"), 0)
    expect(upgrade(world, database, "--allow", "all"), 0)
    expect(downgrade(world, database, "-1", "--allow", "all"), 0)
    without_ledger(world, database, OLD)


@test
def revision_from_a_database_that_went_its_own_way(world):
    """is written, with a warning: the revisions do not lead there"""
    make(world, OLD, "one")
    database = world.database(OLD + "ALTER TABLE t ADD COLUMN by_hand integer;\n")
    expect(call(world, "revision", database, "--from-database", "-m", "back"), 0, "the revision cannot be replayed", "by_hand")


@test
def schema_renamed_there_and_back(world):
    """with all that is in it"""
    one = "CREATE SCHEMA app;\nCREATE TABLE app.a (id integer PRIMARY KEY);\n"
    make(world, one, "one")
    make(world, "-- schemadiff:renamed-from app\n" + one.replace("app", "core"), "two")
    database = world.database()
    expect(upgrade(world, database, "--allow", "all"), 0)
    world.query(database, "INSERT INTO core.a VALUES (7);")
    expect(downgrade(world, database, "-1", "--allow", "breaks-clients"), 0)
    check(world.query(database, "SELECT id FROM app.a;") == "7", "the row is gone")
    without_ledger(world, database, one)


@test
def secrets_are_in_no_file(world):
    """of a user mapping: a revision has *** for them, and stops until somebody puts them in"""
    base = "CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'far.example');\n"
    mapping = "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (\"user\" 'scott', password '{}');\n"
    secrets = ("tiger", "hunter2", "scott", "far.example")
    database = world.database(base + mapping.format("tiger"))
    results = []
    world.file("schema/all.sql", base + mapping.format("tiger"))
    results.append(expect(revision(world, "-m", "a mapping"), 0))
    world.file("schema/all.sql", base + mapping.format("hunter2"))
    results.append(revision(world, "-m", "another password"))
    results.append(call(world, "revision", database, "--from-database", "-m", "from a database"))
    results += [world.run("show", "head"), world.run("squash"), world.run("diff", "--from", "head", "--to", "schema")]
    for path in (world.folder / "revisions").iterdir():
        held = [secret for secret in secrets if secret in path.read_text()]
        check(not held, f"{path.name} holds {held}", path.read_text())
    for result in results:
        held = [secret for secret in secrets if secret in result.out + result.errors]
        check(not held, f"{held} shown", result)
    new = world.database()
    expect(upgrade(world, new, "--allow", "all"), 1, "the secrets of step", "not in this script")
    check(world.query(new, "SELECT count(*) FROM pg_user_mapping;") == "0", "a mapping was made with ***")


@test
def star_over_other_columns_there_and_back(world):
    """a view that selects everything comes after the columns that go or get another type, those of a parent as well"""
    tables = "CREATE TABLE p (id integer, {});\nCREATE TABLE k () INHERITS (p);\n"
    views = "CREATE VIEW v AS SELECT {0} FROM p;\nCREATE VIEW kv AS SELECT {0} FROM k;\n"
    one = tables.format("old integer") + views.format("id")
    first = make(world, one, "one")
    for name, column in (("gone", "new integer"), ("retyped", "old bigint")):
        database = world.database()
        expect(upgrade(world, database, first), 0)
        before = world.state(database)[0]
        two = tables.format(column) + views.format("*")
        make(world, two, name)
        expect(upgrade(world, database, "--allow", "all"), 0)
        expect(downgrade(world, database, "-1", "--allow", "all"), 0)
        check(world.state(database)[0] == before, "the way back does not lead back")
        expect(upgrade(world, database, "--allow", "all"), 0)
        without_ledger(world, database, two)
        for path in (world.folder / "revisions").glob(f"*_{name}*"):
            path.unlink()
