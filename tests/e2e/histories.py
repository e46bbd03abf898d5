"""Histories as folders of revision files hold them: what is told of their form, and what of files that are wrong."""

import json

from harness import check, expect, same_schema, test
from ledger import ONE, THREE, TWO, applied, call, downgrade, upgrade, without_ledger, write

FOUR, FIVE = "20260101000004_dddd", "20260101000005_eeee"
# Each of them reads the whole folder before it does anything.
READERS = (("history",), ("heads",), ("branches",), ("show", "head"), ("merge",), ("squash",), ("revision", "-m", "x"),
           ("revision", "--check"), ("revision", "--empty", "-m", "x"), ("diff", "--from", "head", "--to", "head"))  # fmt: skip


def table(name):
    return f"CREATE TABLE {name} (id integer PRIMARY KEY);"


def lines(result):
    return expect(result, 0).out.splitlines()


def is_refused(world, *words):
    """Every command that reads the folder tells the same, with 65, and writes nothing."""
    world.file("schema/t.sql", "CREATE TABLE t (id integer PRIMARY KEY);\n")
    before = sorted(p.name for p in (world.folder / "revisions").iterdir())
    database = world.database()
    for arguments in READERS:
        expect(world.run(*arguments), 65, *words)
    for command in (("upgrade", "--yes"), ("downgrade", "base", "--yes"), ("stamp", "head"), ("current",)):
        expect(call(world, command[0], database, *command[1:]), 65, *words)
    check(sorted(p.name for p in (world.folder / "revisions").iterdir()) == before, "something was written")
    check(world.query(database, "SELECT to_regnamespace('schemadiff') IS NULL;") == "t", "a ledger was made")


@test
def history_of_one_line(world):
    """the last first, each resting on the next line; parts of it"""
    write(world, ONE, [], table("a"), "DROP TABLE a;", "the first")
    write(world, TWO, [ONE], table("b"), None, "the second")
    write(world, THREE, [TWO], table("c"), None, "the third")
    first, second, third = f"{ONE}  the first (base)", f"{TWO}  the second", f"{THREE}  the third (head)"
    check(lines(world.run("history")) == [third, second, first], "not as it should be", world.run("history"))
    for given, wanted in ((f"{TWO}:", [third, second]), (":20260101000002", [second, first]), (f"{TWO}:{TWO}", [second]),
                          ("base:head", [third, second, first]), (f"{THREE}:{ONE}", [])):  # fmt: skip
        got = world.run("history", "-r", given)
        shown = [line for line in lines(got) if line.startswith("2026")]
        check([line.split()[0] for line in shown] == [line.split()[0] for line in wanted], f"`-r {given}`", got)
    check(lines(world.run("heads")) == [third], "not the head")
    expect(world.run("branches"), 0, "no branches")
    expect(world.run("history", "-r", TWO), 64, "no range", "A:B")
    expect(world.run("history", "-r", "9:"), 64, "no revision `9`", "schemadiff history")


@test
def show_of_a_revision(world):
    """by its id, the beginning of it, and head; what it is, its SQL and its way back"""
    write(world, ONE, [], table("a"), "DROP TABLE a;", "the first")
    write(world, TWO, [ONE], table("b"), None, "the second")
    result = expect(world.run("show", "20260101000001"), 0, out=("the first", table("a"), "DROP TABLE a;", f"under     {TWO}"))
    check("checksum" in result.out and "(base)" in result.out, "facts are missing", result)
    expect(world.run("show", "head"), 0, out=(f"rests on  {ONE}", table("b"), "way back  none"))
    shown = json.loads(expect(world.run("show", ONE, "--format", "json"), 0).out)
    check(table("a") in json.dumps(shown) and "DROP TABLE a" in json.dumps(shown), "the SQL is missing", shown)
    expect(world.run("show", "2026"), 64, "beginning of", ONE, TWO, "more of the id")
    expect(world.run("show", "nonsense"), 64, "no revision `nonsense`", "schemadiff history")
    expect(world.run("show"), 64, "no revision is named")


@test
def history_with_three_heads(world):
    """each is told; what needs one head says which there are, and how to go on"""
    write(world, ONE, [], table("a"), "DROP TABLE a;", "root")
    for name, letter in ((TWO, "b"), (THREE, "c"), (FOUR, "d")):
        write(world, name, [ONE], table(letter), f"DROP TABLE {letter};", letter)
    shown = lines(world.run("history"))
    check(shown[-1] == f"{ONE}  root (branch point) (base)", "no branch point", shown)
    check(f"{FOUR}  d <- {ONE} (head)" in shown, "a branch does not say what it rests on", shown)
    check(lines(world.run("heads")) == [f"{FOUR}  d (head)", f"{THREE}  c (head)", f"{TWO}  b (head)"], "not the heads")
    branches = lines(world.run("branches"))
    check(branches[0].startswith(ONE) and [line.split()[1] for line in branches[1:]] == [TWO, THREE, FOUR], "branches", branches)
    told = json.loads(expect(world.run("history", "--format", "json"), 0).out)["revisions"]
    check([r["id"] for r in told if r["head"]] == [FOUR, THREE, TWO], "the heads in JSON", told)
    check([len(r["children"]) for r in told if r["branch_point"]] == [3], "the branch point in JSON", told)
    database = world.database()
    world.file("schema/t.sql", table("a") + table("b") + table("e"))
    expect(upgrade(world, database), 64, "3 heads", TWO, THREE, FOUR, "schemadiff merge")
    for command in (("revision", "-m", "x"), ("revision", "--check"), ("diff", "--from", "head", "--to", "schema"),
                    ("show", "head"), ("squash",)):  # fmt: skip
        expect(world.run(*command), 64, "3 heads", TWO, THREE, FOUR, "schemadiff merge")
    expect(upgrade(world, database, f"{THREE}@head"), 0)
    check([name for name, _ in applied(world, database)] == [ONE, THREE], "not the one above it")
    expect(upgrade(world, database, "heads"), 0)
    check(len(applied(world, database)) == 4, "not all heads")
    expect(call(world, "current", database), 0, out=(TWO, THREE, FOUR, "4 revisions"))
    without_ledger(world, database, table("a") + table("b") + table("c") + table("d"))


@test
def history_that_is_a_diamond(world):
    """what two branches rest on runs once, before both; the merge after both; back likewise"""
    write(world, FIVE, [], table("a"), "DROP TABLE a;", "the first, whatever its id")
    write(world, TWO, [FIVE], table("b"), "DROP TABLE b;", "left")
    write(world, THREE, [FIVE], table("c"), "DROP TABLE c;", "right")
    write(world, FOUR, [THREE, TWO], "CREATE VIEW v AS SELECT b.id FROM b JOIN c USING (id);", "DROP VIEW v;", "both")
    shown = lines(world.run("history"))
    check(shown[0].startswith(f"{FOUR}  both <- ") and TWO in shown[0] and THREE in shown[0], "parents are missing", shown)
    check("(head) (merge)" in shown[0] and shown[-1].endswith("(branch point) (base)"), "marks are missing", shown)
    check(lines(world.run("heads")) == [f"{FOUR}  both (head) (merge)"], "not one head")
    database = world.database()
    expect(upgrade(world, database), 0)
    order = world.query(database, "SELECT revision FROM schemadiff.step ORDER BY id;").splitlines()
    check(order == [FIVE, TWO, THREE, FOUR], "not in order", order)
    expect(downgrade(world, database, TWO, "--allow", "all"), 0)
    check([name for name, _ in applied(world, database)] == [TWO, THREE, FIVE], "what rests on it stayed")
    expect(downgrade(world, database, FIVE, "--allow", "all"), 0)
    check([name for name, _ in applied(world, database)] == [FIVE], "what rests on it stayed")
    without_ledger(world, database, table("a"))


@test
def history_without_a_parent(world):
    """names the revision, what it rests on, and the file"""
    write(world, TWO, [ONE], table("b"))
    words = (f"`{TWO}` rests on `{ONE}`, which no file has", f"restore the file of `{ONE}`")
    is_refused(world, f"revisions/{TWO}_x.sql:1:1", *words)


@test
def history_in_a_circle(world):
    """names those that are in it, and not what rests on it"""
    for name, parent in ((ONE, THREE), (TWO, ONE), (THREE, TWO), (FOUR, THREE)):
        write(world, name, [parent], table("b"))
    is_refused(world, f"revisions `{ONE}`, ", f"`{THREE}`", "rest on each other in a circle", "correct `parents`")
    result = world.run("history")
    check(FOUR not in result.errors, "what only rests on the circle is named", result)


@test
def revision_on_itself(world):
    write(world, ONE, [ONE], table("b"))
    is_refused(world, f"revisions/{ONE}_x.sql:3:15", f"`{ONE}` cannot be its own parent")


@test
def id_in_two_files(world):
    """names both files"""
    path = write(world, ONE, [], table("a"))
    world.file(f"revisions/{ONE}_other.sql", path.read_text())
    is_refused(world, f"revision `{ONE}` is in `revisions/{ONE}_other.sql`, too", f"revisions/{ONE}_x.sql:1:1", "id of its own")


@test
def file_that_was_cut_off(world):
    """wherever: in the header, in a statement, or before the last line; its way back likewise"""
    path = write(world, ONE, [], table("a"), "DROP TABLE a;")
    whole = path.read_text()
    path.write_text(whole[: whole.index("PRIMARY")])
    is_refused(world, f"revisions/{ONE}_x.sql:6:", "was cut off", f"does not end with `-- end of {ONE}`", "version control")
    path.write_text(whole.rsplit("\n", 2)[0] + "\n")
    expect(world.run("history"), 65, "was cut off")
    path.write_text(whole[:60])
    expect(world.run("history"), 65, f"revisions/{ONE}_x.sql:")
    path.write_text("")
    expect(world.run("history"), 65, "does not begin with `-- schemadiff revision`")
    path.write_text(whole)
    down = world.folder / f"revisions/{ONE}_x.down.sql"
    down.write_text(down.read_text()[:-5])
    expect(world.run("history"), 65, f"revisions/{ONE}_x.down.sql", "was cut off")


@test
def headers_that_are_wrong(world):
    """each mistake with its line and column, all of them at once"""
    path = write(world, ONE, [], table("a"))
    whole = path.read_text()
    for old, new, *words in (
        ("message", "mesage", ":4:4: error: unknown key `mesage`", "did you mean `message`?", "^"),
        ("message", "colour", ":4:4: error: unknown key `colour`", "known are id, parents"),
        ('message = "a revision"', "message = 4", ":4:14: error: `message` must be a string"),
        ("message =", "message", ":4:12: error:", "TOML"),
        ("parents = []", 'parents = "x"', ":3:14: error: `parents` must be a list of strings"),
        ("parents = []", 'parents = ["x", "x"]', ":3:20: error: `x` stands twice among the parents"),
        ("-- message", "-- created = 5\n-- message", ":4:14: error: `created` must be a time", "2026-01-31T12:00:00Z"),
        ("-- message", '-- replaces = ["x"]\n-- message', ":4:16: error: `replaces` is a list of `ID CHECKSUM`"),
        ("-- schemadiff revision", "-- schemadif revision", ":1:1: error: the file does not begin with", "--empty"),
        (f'-- id = "{ONE}"\n', "", ":1:1: error: the header has no `id`"),
        (f'"{ONE}"', f'"{TWO}"', f"has the id `{TWO}`, and the file another name", f"{TWO}_a_revision.sql"),
    ):
        path.write_text(whole.replace(old, new, 1))
        for command in (("history",), ("revision", "--empty", "-m", "x")):
            expect(world.run(*command), 65, f"revisions/{ONE}_x.sql", *words)
    path.write_text(whole.replace("message =", "mesage =").replace("parents = []", "parents = 1"))
    expect(world.run("history"), 65, ":3:14:", ":4:4:")


@test
def way_back_without_a_revision(world):
    path = write(world, ONE, [], table("a"), "DROP TABLE a;")
    path.unlink()
    expect(world.run("history"), 65, f"revisions/{ONE}_x.down.sql:1:1", "way back of a revision that is not beside it")


@test
def folder_without_revisions(world):
    """is no history yet, and no error; one that is named and not there is"""
    world.file("schema/t.sql", table("t"))
    for there in (False, True):
        for command in ("history", "heads", "branches"):
            expect(world.run(command), 0, "no revisions in `revisions`")
        for command in (("show", "head"), ("diff", "--from", "head", "--to", "schema")):
            expect(world.run(*command), 64, "there are no revisions", "schemadiff revision -m")
        expect(world.run("merge"), 64, "nothing to merge in `revisions`")
        expect(world.run("squash"), 64, "no revisions in `revisions`")
        expect(world.run("revision", "--check"), 2, "a revision is missing", "from nothing")
        expect(upgrade(world, world.database()), 64, "there are no revisions", "schemadiff revision -m")
        if not there:
            (world.folder / "revisions").mkdir()
    check(json.loads(expect(world.run("history", "--format", "json"), 0).out)["revisions"] == [], "JSON of nothing")
    for command in (("history",), ("revision", "-m", "x"), ("upgrade", "--yes")):
        expect(world.run(*command, "--revisions", "nowhere"), 65, "no folder `nowhere`", "--revisions")
    check(not (world.folder / "nowhere").exists(), "the folder was made")


@test
def diff_of_revision_ids(world):
    """of two revisions, of one and the schema, of a database and one; in both directions, as pg_dump judges"""
    write(world, ONE, [], table("a"), None, "one")
    write(world, TWO, [ONE], table("b") + "ALTER TABLE a ADD COLUMN n integer;", None, "two")
    write(world, THREE, [ONE], table("c"), None, "three")
    wanted = "CREATE TABLE a (id integer PRIMARY KEY, n integer);" + table("b") + table("d")
    world.file("schema/all.sql", wanted)
    states = {ONE: table("a"), TWO: "CREATE TABLE a (id integer PRIMARY KEY, n integer);" + table("b"),
              THREE: table("a") + table("c"), "schema": wanted}  # fmt: skip
    for one, other in ((ONE, TWO), (TWO, ONE), (TWO, THREE), ("20260101000003", "20260101000002"), (TWO, "schema"),
                       ("schema", THREE)):  # fmt: skip
        database = world.database(next(sql for name, sql in states.items() if name.startswith(one)))
        result = expect(world.run("diff", "--from", one, "--to", other, "--format", "sql", PGHOST="/nowhere"), 0)
        world.query(database, result.out)
        same_schema(world, database, next(sql for name, sql in states.items() if name.startswith(other)))
    expect(world.run("diff", "--from", TWO, "--to", TWO, "--exit-code"), 0, out=("no changes",))
    expect(world.run("diff", "--from", TWO, "--to", "schema", "--exit-code"), 2, out=(f"plan from `{TWO}` to `schema`",))
    database = world.database(states[TWO])
    for to, code in ((TWO, 0), (ONE, 2), (THREE, 2), ("schema", 2)):
        expect(world.run("diff", "--from", world.url(database), "--to", to, "--exit-code"), code)
    (world.folder / f"revisions/{THREE}_x.sql").unlink()
    expect(world.run("diff", "--from", world.url(database), "--to", "head", "--exit-code"), 0)
    expect(world.run("diff", "--from", "head", "--to", "schema", "--exit-code"), 2, out=("create table public.d",))
    expect(world.run("diff", "--from", "base", "--to", "head", "--exit-code"), 2, out=("plan from `base` to `head`",))
    expect(world.run("diff", "--from", "head", "--to", world.url(database)), 64, "no database", "--from")
    expect(world.run("diff", "--from", "head", "--to", "nonsense"), 65, "no file, folder or revision `nonsense`")
