"""`merge` of branches and `squash` of histories: what is joined, what is refused, and what databases make of it."""

import re

from harness import check, expect, same_schema, test
from ledger import ONE, THREE, TWO, applied, call, downgrade, upgrade, without_ledger, write
from revisions import files, text

FOUR = "20260101000004_dddd"
TABLE = "BEGIN;\nCREATE TABLE t (id integer PRIMARY KEY, a integer);\nCOMMIT;\n"
COLUMN_B = "BEGIN;\nALTER TABLE t ADD COLUMN b integer;\nCOMMIT;\n"
COLUMN_C = "BEGIN;\nALTER TABLE t ADD COLUMN c integer DEFAULT 3;\nCOMMIT;\n"
# As pg_dump tells them, the order of columns aside.
MERGED = "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);\nCREATE TABLE u (id integer PRIMARY KEY);\n"


def branches(world, left, right, base=TABLE):
    write(world, ONE, [], base, None, "base")
    write(world, TWO, [ONE], left, None, "left")
    write(world, THREE, [ONE], right, None, "right")


def is_in_conflict(world, *words):
    """With 1, the object and the lines of both, and nothing written."""
    before = files(world)
    result = expect(world.run("merge", "-m", "both"), 1, *words, "nothing was written")
    check(files(world) == before and result.out == "", "something was written", result)
    return result


@test
def merge_of_branches(world):
    """that do not touch each other: whichever a database ran first, it ends the same, and the merge runs nothing"""
    branches(world, COLUMN_B, "BEGIN;\nCREATE TABLE u (id integer PRIMARY KEY);\nCOMMIT;\n")
    databases = [world.database(), world.database(), world.database()]
    for database, order in zip(databases, ((TWO, THREE), (THREE, TWO), ()), strict=True):
        for name in order:
            expect(upgrade(world, database, name), 0)
    result = expect(world.run("merge", "-m", "both", PGHOST="/nowhere"), 0, "joins", TWO, THREE)
    name = re.search(r"revisions/(\d{14}_[a-z0-9]{4})_both\.sql", result.out)[1]
    check(f'-- parents = ["{TWO}", "{THREE}"]' in text(world, name), "not both are parents", text(world, name))
    expect(world.run("heads"), 0, out=(f"{name}  both (head) (merge)",))
    expect(world.run("merge"), 64, "nothing to merge", "1 head")
    for database in databases:
        expect(upgrade(world, database), 0)
        expect(call(world, "current", database), 0, out=(f"{name}  both (head)", "4 revisions"))
        expect(upgrade(world, database), 0, out=("nothing to upgrade",))
        without_ledger(world, database, MERGED)
    world.file("schema/all.sql", MERGED)
    expect(world.run("revision", "--check"), 0)


@test
def merge_of_three_heads(world):
    """all at once, or those that are named"""
    branches(world, COLUMN_B, COLUMN_C)
    write(world, FOUR, [ONE], "CREATE TABLE u (id integer);", None, "third")
    expect(world.run("merge", TWO), 64, "1 head", "name two heads")
    expect(world.run("merge", TWO, "nonsense"), 64, "no revision `nonsense`")
    expect(world.run("merge", ONE, TWO), 64, f"`{ONE}` is no head", FOUR)
    expect(world.run("merge", FOUR, THREE, TWO, "-m", "x", "--revisions-format", "flyway"), 64, "no option `--revisions-format`")
    check(len(files(world)) == 3 + 1, "something was written", files(world))
    result = expect(world.run("merge", FOUR, TWO, "-m", "two of them"), 0)
    name = re.search(r"revisions/(\d{14}_[a-z0-9]{4})", result.out)[1]
    check(THREE not in text(world, name).split("message")[0], "one that was not named", text(world, name))
    expect(world.run("merge"), 0, out=("_merge.sql",))
    check(len(expect(world.run("heads"), 0).out.splitlines()) == 1, "not one head")


@test
def merge_knows_no_other_tools(world):
    """whose histories have no branches"""
    check("--revisions-format" not in world.run("merge", "--help").out, "it offers what it refuses")
    expect(world.run("merge", "--revisions-format", "flyway"), 64, "no option `--revisions-format`")


@test
def merge_in_conflict_over_a_column(world):
    """names the object and the lines of both files"""
    branches(world, COLUMN_B + "BEGIN;\nALTER TABLE t ALTER COLUMN a SET DEFAULT 1;\nCOMMIT;\n",
             "ALTER TABLE t ALTER COLUMN a SET DEFAULT 2;\n")  # fmt: skip
    result = is_in_conflict(world, "conflict: default public.t.a", f"revisions/{TWO}_x.sql:10", f"revisions/{THREE}_x.sql:6")
    check("t.b" not in result.errors, "what is the same either way is named", result)
    database = world.database()
    expect(upgrade(world, database, "heads"), 0)


@test
def merge_in_conflict_over_a_view(world):
    """and over two objects, each told of"""
    view = "CREATE OR REPLACE VIEW v AS SELECT {} AS n;\nCOMMENT ON TABLE t IS '{}';\n"
    branches(world, view.format(1, "one"), view.format(2, "two"))
    is_in_conflict(world, "conflict: view public.v", "conflict: comment", f"{TWO}_x.sql:6", f"{THREE}_x.sql:6")


@test
def merge_in_conflict_is_solved(world):
    """by putting one branch on top of the other"""
    branches(world, "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;\n", "ALTER TABLE t ALTER COLUMN a SET DEFAULT 2;\n")
    result = is_in_conflict(world, "change its `parents`")
    check("default public.t.a" in result.errors, "the object is not named", result)
    path = world.folder / f"revisions/{THREE}_x.sql"
    path.write_text(path.read_text().replace(f'parents = ["{ONE}"]', f'parents = ["{TWO}"]'))
    expect(world.run("merge"), 64, "nothing to merge")
    database = world.database()
    expect(upgrade(world, database), 0)
    without_ledger(world, database, "CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 2);")


@test
def merge_in_conflict_over_what_cannot_run(world):
    """both ways: the same table twice, an extension that one drops and the other wants"""
    branches(world, "CREATE TABLE u (a integer);", "CREATE TABLE u (b integer);")
    is_in_conflict(world, "declared twice", f"{TWO}_x.sql", f"{THREE}_x.sql", "cannot be merged")
    base = TABLE + "CREATE EXTENSION hstore;\n"
    branches(world, "DROP EXTENSION IF EXISTS hstore;", "CREATE EXTENSION IF NOT EXISTS hstore;", base)
    is_in_conflict(world, "extension hstore", f"{TWO}_x.sql")


@test
def merge_in_conflict_over_a_function(world):
    """the lines are found by the name without its arguments"""
    body = "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT {}';"
    branches(world, body.format(2), body.format(3), TABLE + body.format(1))
    is_in_conflict(world, "conflict: function", f"{TWO}_x.sql:", f"{THREE}_x.sql:")


def write_with_data(world):
    """Data between changes of the schema, each needing the one before."""
    write(world, ONE, [], TABLE, "DROP TABLE t;", "a table")
    write(world, TWO, [ONE], "BEGIN;\nINSERT INTO t VALUES (1, 10), (2, 20);\nALTER TABLE t ADD COLUMN b integer;\n"
          "UPDATE t SET b = a;\nCOMMIT;\n", "ALTER TABLE t DROP COLUMN b;", "rows")  # fmt: skip
    write(world, THREE, [TWO], "BEGIN;\nALTER TABLE t DROP COLUMN a;\nDELETE FROM t WHERE b = 20;\nCOMMIT;\n", None, "less")
    write(world, FOUR, [THREE], "CREATE INDEX CONCURRENTLY t_b_idx ON t (b);\n", "DROP INDEX t_b_idx;", "an index")


SQUASHED = "CREATE TABLE t (id integer PRIMARY KEY, b integer);\nCREATE INDEX t_b_idx ON t (b);\n"


@test
def squash_of_a_history(world):
    """for a database that had all, one that has some, and a new one; data is kept in order, and listed"""
    write_with_data(world)
    has_all, has_more, has_some, is_new = (world.database() for _ in range(4))
    expect(upgrade(world, has_all, THREE), 0)
    expect(upgrade(world, has_more), 0)
    expect(upgrade(world, has_some, TWO), 0)
    result = expect(world.run("squash", "--to", THREE, "-m", "the first three", PGHOST="/nowhere"), 0, "stands for 3 revisions")
    kept = re.findall(r"kept as it is: revisions/(\S+)", result.errors)
    check(kept == [f"{TWO}_x.sql:7", f"{TWO}_x.sql:9", f"{THREE}_x.sql:8"], "not what was kept", result)
    check(files(world) == [f"{THREE}_the_first_three.down.sql", f"{THREE}_the_first_three.sql", f"{FOUR}_x.down.sql",
                           f"{FOUR}_x.sql"], "not the files", files(world))  # fmt: skip
    written = text(world, THREE)
    places = [written.index(word) for word in ("INSERT INTO", "ADD COLUMN b", "UPDATE t", "DROP COLUMN a", "DELETE FROM")]
    check(places == sorted(places), "out of order", written)
    check(all(f'"{name} ' in written for name in (ONE, TWO, THREE)), "does not say what it replaces", written)
    expect(world.run("history"), 0, out=(f"{THREE}  the first three (base) (squash of 3)",))
    expect(world.run("show", ONE), 0, out=(f"revision  {THREE}",))
    expect(upgrade(world, has_some), 3, THREE, "only some of them", TWO)
    check(applied(world, has_some) == [(ONE, "applied"), (TWO, "applied")], "the ledger was changed")
    for database in (has_all, has_more, is_new):
        expect(upgrade(world, database, "--allow", "all"), 0)
        check(applied(world, database) == [(THREE, "applied"), (FOUR, "applied")], "not taken over")
        check(world.query(database, "SELECT id, b FROM t;") == "1\t10", "not the rows", world.query(database, "TABLE t;"))
        expect(upgrade(world, database), 0, out=("nothing to upgrade",))
    expect(downgrade(world, is_new, "base", "--allow", "all"), 0)
    check(applied(world, is_new) == [], "not taken back")
    for database, sql in ((has_all, SQUASHED), (has_more, SQUASHED), (is_new, "")):
        without_ledger(world, database, sql)


@test
def squash_of_what_was_squashed(world):
    """stands for all; a database that ran any of the ways has it"""
    write_with_data(world)
    has_all, has_squashed = world.database(), world.database()
    expect(upgrade(world, has_all), 0)
    expect(world.run("squash", "--to", TWO), 0)
    expect(upgrade(world, has_squashed), 0)
    expect(world.run("squash"), 0)
    check(len(files(world)) == 2, "not one revision", files(world))
    for database in (has_all, has_squashed):
        expect(upgrade(world, database), 0, out=("nothing to upgrade",))
        check(applied(world, database) == [(FOUR, "applied")], "not taken over")
    expect(world.run("squash"), 64, f"`{FOUR}` is the first revision", "--to")


@test
def squash_by_the_name_that_the_last_one_has(world):
    """in its place; extensions that came and went are gone"""
    write(world, ONE, [], TABLE + "CREATE EXTENSION hstore;", None, "a")
    write(world, TWO, [ONE], "DROP EXTENSION hstore;", None, "both")
    expect(world.run("squash", "-m", "both"), 0, "stands for 2 revisions")
    check([name.split(".", 1)[1] for name in files(world)] == ["down.sql", "sql"], "other files", files(world))
    database = world.database()
    expect(upgrade(world, database), 0)
    without_ledger(world, database, TABLE)


@test
def squash_keeps_what_data_is_run_under(world):
    """a search_path, wherever it is set, and the transaction that statements share"""
    write(world, ONE, [], "CREATE SCHEMA app;\nSET search_path TO app;\nCREATE TABLE x (a integer);\nINSERT INTO x VALUES (1);\n")
    write(world, TWO, [ONE], "BEGIN;\nCREATE TABLE public.x (a integer);\nSET LOCAL search_path = app;\n"
          "INSERT INTO x VALUES (2);\nINSERT INTO x VALUES (3);\nCOMMIT;\nINSERT INTO x VALUES (4);\n")  # fmt: skip
    expect(world.run("squash", "-m", "both"), 0, "stands for 2 revisions")
    written = text(world, TWO)
    check("INSERT INTO x VALUES (2);\nINSERT INTO x VALUES (3);" in written, "no longer one transaction", written)
    database = world.database()
    expect(upgrade(world, database, "--allow", "all"), 0)
    rows = world.query(database, "SELECT string_agg(a::text, ',' ORDER BY a) FROM app.x UNION ALL SELECT a::text FROM public.x;")
    check(rows.split() == ["1,2,3", "4"], f"the rows went elsewhere: {rows}", written)


@test
def squash_where_a_branch_begins(world):
    """is refused, since that would lose its parent; of a merged history it is not"""
    branches(world, COLUMN_B, COLUMN_C)
    expect(world.run("squash"), 64, "2 heads")
    before = files(world)
    expect(world.run("squash", "--to", TWO), 64, f"`{THREE}` rests on `{ONE}`, which would go", "merge the branches first")
    expect(world.run("squash", "--to", "nonsense"), 64, "no revision `nonsense`")
    check(files(world) == before, "something was written")
    old, new = world.database(), world.database()
    expect(world.run("merge"), 0)
    expect(upgrade(world, old), 0)
    expect(world.run("squash", "--to", "head"), 0, "stands for 4 revisions")
    for database in (old, new):
        expect(upgrade(world, database), 0)
        check(len(applied(world, database)) == 1, "not taken over")
    check(world.state(old)[0] == world.state(new)[0], "the databases differ")
    plain = world.database()
    path = next(p for p in (world.folder / "revisions").iterdir() if not p.name.endswith(".down.sql"))
    code, errors = world.server.load(plain, path)
    check(code == 0, errors)
    same_schema(world, plain, "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer DEFAULT 3);")
