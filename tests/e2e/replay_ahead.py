"""What revisions do for their session alone, and what a replay cannot follow, before a database runs it."""

from harness import check, expect, test
from ledger import ONE, TWO, THREE, applied, call, upgrade, write

TABLE = "CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(20), c text COLLATE \"C\");\n"
TEMPORARY = """BEGIN;
CREATE TEMP TABLE old AS SELECT id, a FROM t;
CREATE INDEX old_a ON old (a);
ALTER TABLE old ADD COLUMN more integer;
CREATE TEMPORARY VIEW seen AS SELECT * FROM old;
CREATE VIEW over_old AS SELECT id FROM old;
CREATE TEMP SEQUENCE numbers;
CREATE FUNCTION pg_temp.twice(x integer) RETURNS integer LANGUAGE sql AS 'SELECT x * 2';
COMMENT ON COLUMN old.more IS 'more';
ANALYZE old;
UPDATE t SET a = pg_temp.twice(old.a) FROM old WHERE old.id = t.id;
DROP VIEW over_old, seen;
ALTER TABLE old RENAME TO older;
DROP INDEX old_a;
DROP TABLE older;
SELECT id INTO TEMP chosen FROM t;
CREATE TEMP TABLE at_once (x integer) ON COMMIT DROP;
CREATE TABLE lasting (LIKE t INCLUDING ALL);
COMMIT;
ALTER TABLE t ADD COLUMN d integer;
CREATE TEMP TABLE t (other integer);
ALTER TABLE t DROP COLUMN other;
DROP TABLE t;
ALTER TABLE t DROP COLUMN d;
"""


@test
def what_is_temporary_ends_with_its_session(world):
    """It runs, and a replay passes over it: the next revision finds nothing to do, and a squash keeps the data."""
    database = world.database()
    write(world, ONE, [], TABLE)
    write(world, TWO, [ONE], TEMPORARY)
    expect(upgrade(world, database), 0)
    want = TABLE + "CREATE TABLE lasting (LIKE t INCLUDING ALL);\n"
    world.file("schema/all.sql", want)
    result = world.run("revision", "--check", "--schema", "schema")
    expect(result, 0, "nothing to do")
    check("warning" not in result.errors, "a warning of what is passed over", result)


@test
def squash_keeps_what_is_temporary(world):
    """and tables made from queries with their rows; but not what its transaction must not be taken apart for"""
    write(world, ONE, [], TABLE + "INSERT INTO t VALUES (1, 10), (2, 20);\n")
    write(world, TWO, [ONE], "CREATE TEMP TABLE old AS SELECT id, a FROM t;\nALTER TABLE t DROP COLUMN a;\n"
          "ALTER TABLE t ADD COLUMN d integer;\nUPDATE t SET d = old.a + 1 FROM old WHERE old.id = t.id;\nDROP TABLE old;\n"
          "CREATE TABLE kept AS SELECT id, d FROM t;\nALTER TABLE kept ADD PRIMARY KEY (id);\n")  # fmt: skip
    write(world, THREE, [TWO], "BEGIN;\nCREATE TEMP TABLE x ON COMMIT DROP AS SELECT id FROM kept;\n"
          "CREATE TABLE y (id integer);\nINSERT INTO y SELECT id FROM x;\nCOMMIT;\n")  # fmt: skip
    expect(world.run("squash"), 3, f"{THREE}_x.sql:8:1", "ON COMMIT DROP")
    expect(world.run("squash", "--to", TWO), 0)
    database = world.database()
    expect(upgrade(world, database, "--allow", "all"), 0)
    check(world.query(database, "SELECT id, d FROM kept ORDER BY id;").split() == ["1", "11", "2", "21"], "not the rows")
    check(world.query(database, "SELECT id FROM y ORDER BY id;").split() == ["1", "2"], "not the rows of the last one")
    same = "CREATE TABLE t (id integer PRIMARY KEY, b varchar(20), c text COLLATE \"C\", d integer);\n"
    same += "CREATE TABLE kept (id integer PRIMARY KEY, d integer);\nCREATE TABLE y (id integer);\n"
    world.file("schema/all.sql", same)
    expect(world.plan(database), 0, out=("no changes",))
    expect(world.run("revision", "--check", "--schema", "schema"), 0, "nothing to do")


@test
def table_made_from_a_query(world):
    """Its columns are known where they are those of tables, or cast."""
    database = world.database()
    write(world, ONE, [], TABLE + "CREATE DOMAIN app AS text; CREATE TABLE u (t_id integer, kind app);\n")
    made = ("CREATE TABLE copy AS SELECT * FROM t WITH NO DATA;\nCREATE TABLE two (x, y) AS TABLE u;\n"
            "SELECT t.id, z.kind AS sort, t.c INTO joined FROM t JOIN u AS z ON z.t_id = t.id;\n"
            "CREATE UNLOGGED TABLE cast_ones AS SELECT count(*)::bigint AS n, 1.5::numeric(10,2) AS price, now()::date AS day FROM u;\n"
            "ALTER TABLE copy ADD PRIMARY KEY (id);\n")  # fmt: skip
    write(world, TWO, [ONE], made)
    expect(upgrade(world, database), 0)
    want = ("CREATE TABLE copy (id integer PRIMARY KEY, a integer, b varchar(20), c text COLLATE \"C\");\n"
            "CREATE TABLE two (x integer, y app);\nCREATE TABLE joined (id integer, sort app, c text COLLATE \"C\");\n"
            "CREATE UNLOGGED TABLE cast_ones (n bigint, price numeric(10,2), day date);\n")  # fmt: skip
    world.file("schema/all.sql", TABLE + "CREATE DOMAIN app AS text; CREATE TABLE u (t_id integer, kind app);\n" + want)
    expect(world.run("revision", "--check", "--schema", "schema"), 0, "nothing to do")
    expect(world.plan(database), 0, out=("no changes",))


@test
def upgrade_replays_before_it_runs(world):
    """What cannot be replayed is refused with its place, before the first statement of any file."""
    database = world.database()
    write(world, ONE, [], TABLE)
    path = write(world, TWO, [ONE], "CREATE TABLE sums AS SELECT a, count(*) AS n FROM t GROUP BY a;\n")
    for more in ((), ("--sql",), ("--dry-run",)):
        result = upgrade(world, database, *more)
        expect(result, 65, f"revisions/{path.name}:6:", "`sums` cannot be known", "CREATE TABLE", "INSERT INTO ... SELECT")
    check(world.query(database, "SELECT to_regclass('t') IS NULL AND to_regnamespace('schemadiff') IS NULL;") == "t",
          "something was done")  # fmt: skip
    expect(upgrade(world, database, ONE), 0)
    write(world, TWO, [ONE], "CREATE TABLE sums (a integer, n bigint);\nINSERT INTO sums SELECT a, count(*) FROM t GROUP BY a;\n")
    expect(upgrade(world, database), 0)
    expect(call(world, "current", database), 0)
    write(world, THREE, [TWO], "CREATE TEMP TABLE x (a integer);\nDROP TABLE x, sums;\n")
    expect(upgrade(world, database), 65, "together with what is not")
    write(world, THREE, [TWO], "CREATE TEMP TABLE x (a integer);\nCREATE TABLE y (LIKE x);\n")
    expect(upgrade(world, database), 65, "columns from a temporary table")


@test
def upgrade_where_what_is_applied_cannot_be_replayed(world):
    """The files may not be changed any more: it tells, and goes on."""
    database = world.database("CREATE TABLE elsewhere (a integer);")
    write(world, ONE, [], "ALTER TABLE elsewhere ADD COLUMN b integer;\n")
    expect(call(world, "stamp", database, ONE), 0)
    write(world, TWO, [ONE], TABLE)
    expect(upgrade(world, database), 0, "what the database has already cannot be replayed", f"{ONE}_x.sql:6:")
    check(applied(world, database) == [(ONE, "applied"), (TWO, "applied")], "it did not go on")


@test
def blocks_that_change_the_schema_are_told(world):
    """A DO block with DDL of its own cannot be followed: `upgrade` and `revision` say so, but not of others."""
    database = world.database()
    block = "DO $$ DECLARE n text; BEGIN\n{}\nEND $$;\n"
    write(world, ONE, [], TABLE
          + block.format("FOR i IN 1..3 LOOP INSERT INTO t VALUES (i); UPDATE t SET a = i; END LOOP;")
          + block.format("IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'u') THEN CREATE TABLE u (a integer); END IF;")
          + block.format("SELECT max(b) INTO n FROM t; CREATE TEMP TABLE x AS SELECT 1; DROP TABLE x;")
          + block.format("EXECUTE format('UPDATE %I SET a = 1', 't'); PERFORM 1;"))  # fmt: skip
    result = upgrade(world, database)
    expect(result, 0)
    check("warning" not in result.errors, "a warning of what changes nothing", result)
    write(world, TWO, [ONE], block.format("FOR n IN SELECT 'p' LOOP EXECUTE format('CREATE TABLE %I (a integer)', n); END LOOP;")
          + block.format("IF (SELECT count(*) FROM t) > 0 THEN DROP TABLE u; END IF;")
          + block.format("n := 'ALTER TABLE t ADD z integer'; EXECUTE n;"))  # fmt: skip
    result = upgrade(world, database)
    expect(result, 0, *(f"{TWO}_x.sql:{line}:1: warning: what this `DO` block does" for line in (6, 9, 12)))
    world.file("schema/all.sql", TABLE + "CREATE TABLE u (a integer);\n")
    result = world.run("revision", "--check", "--schema", "schema")
    expect(result, 0, f"{TWO}_x.sql:6:1: warning", f"{TWO}_x.sql:12:1: warning")
    check(result.errors.count("warning") == 3, "not one warning for each block", result)
