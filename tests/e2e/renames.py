"""Renames, and what goes by the new names."""

from harness import check, expect, same_schema, test

ALLOWED = ("--allow", "breaks-clients,data-loss,irreversible,may-fail", "--yes")
PARTITIONED = """
CREATE TABLE p (k integer NOT NULL, a text DEFAULT 'x', CONSTRAINT c CHECK (k > 0)) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE INDEX p_index ON p (lower(a));
ALTER TABLE p ADD PRIMARY KEY (k);
"""
PART = "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\n"
# What p1 is once it is no partition.
ALONE = """
CREATE TABLE p1 (k integer NOT NULL PRIMARY KEY, a text DEFAULT 'x', CONSTRAINT c CHECK (k > 0));
CREATE INDEX p1_lower_idx ON p1 (lower(a));
"""
OTHER_KEY = PARTITIONED.replace("(k integer", "(\n-- schemadiff:renamed-from k\nkk integer").replace("k > 0", "kk > 0")
OTHER_KEY = OTHER_KEY.replace("(k)", "(kk)")
OTHER_COLUMN = PARTITIONED.replace("a text", "\n-- schemadiff:renamed-from a\nb text").replace("(a)", "(b)")
OTHER_TABLE = PARTITIONED.replace("TABLE p (", "TABLE pp (").replace("OF p ", "OF pp ").replace("ON p ", "ON pp ")
OTHER_TABLE = "-- schemadiff:renamed-from p" + OTHER_TABLE.replace("TABLE p ADD", "TABLE pp ADD")
CHILD = "CREATE TABLE t (a integer DEFAULT 3, c text);\nCREATE TABLE q () INHERITS (t);\n"
OTHER_PARENT = "CREATE TABLE t (\n-- schemadiff:renamed-from a\nb integer DEFAULT 3, c text);\n"


@test
def renames_of_what_others_are_made_of(world):
    """a schema takes along what is in it, a type and a sequence what is made of them"""
    before = """
CREATE SCHEMA app;
CREATE TYPE app.e AS ENUM ('x', 'y');
CREATE SEQUENCE app.s;
CREATE FUNCTION app.f(app.e) RETURNS app.e LANGUAGE sql AS 'SELECT $1';
CREATE TABLE app.t (id integer PRIMARY KEY, a app.e DEFAULT 'x', n integer DEFAULT nextval('app.s'), CHECK (a <> 'y'));
CREATE VIEW app.v AS SELECT t.a FROM app.t;
"""
    database = world.database(before + "INSERT INTO app.t VALUES (1);\n")
    after = before.replace("app", "app2").replace("CREATE SCHEMA", "-- schemadiff:renamed-from app\nCREATE SCHEMA")
    world.file("schema/all.sql", after)
    planned = expect(world.run("plan", "--database-url", world.url(database)), 0, out=("RENAME TO app2",))
    # What the server cannot spell before the names are there may be made anew, as views are; rows stay where they are.
    check(not any(word in planned.out for word in ("data-loss", "rewritten", "drop table")), "rows are touched", planned)
    allow = ("--allow", "breaks-clients,may-fail", "--yes")
    expect(world.run("apply", "--database-url", world.url(database), *allow), 0)
    same_schema(world, database, after)
    last = after.replace("app2.e", "app2.ee").replace("app2.s", "app2.ss")
    last = last.replace("CREATE TYPE", "-- schemadiff:renamed-from e\nCREATE TYPE")
    last = last.replace("CREATE SEQUENCE", "-- schemadiff:renamed-from s\nCREATE SEQUENCE")
    world.file("schema/all.sql", last)
    expect(world.run("apply", "--database-url", world.url(database), *allow), 0, out=("RENAME TO ee", "RENAME TO ss"))
    same_schema(world, database, last)
    expect(world.run("plan", "--database-url", world.url(database), "--exit-code"), 0)
    row = world.query(database, "SELECT concat(a, n) FROM app2.t")
    check(row == "x1", f"the row is another: {row}")


def leads_to(world, before, after, rows):
    """The plan is run as it is, nothing remains to be done, and rows stay where they are."""
    database = world.database(before)
    world.file("schema/all.sql", after)
    plan = world.plan(database)
    expect(world.apply(database, *ALLOWED), 0)
    same_schema(world, database, after)
    expect(world.plan(database, "--exit-code"), 0)
    check(("data-loss" in plan.out) != rows, "values are lost, or are not", plan)
    return plan


@test
def renames_of_columns_that_partitions_have(world):
    """a partition that leaves has the new name, and keeps its values under it"""
    leads_to(world, PARTITIONED, OTHER_COLUMN, True)
    leads_to(world, PARTITIONED, OTHER_KEY.replace(PART, "") + ALONE.replace("k ", "kk "), True)
    for column in ("b text", "\n-- schemadiff:renamed-from a\nb text"):
        alone = ALONE.replace("a text", column).replace("(a)", "(b)")
        leads_to(world, PARTITIONED, OTHER_COLUMN.replace(PART, "") + alone, True)
    leads_to(world, PARTITIONED, OTHER_KEY.replace(PART, "") + ALONE, False)


@test
def renames_of_tables_that_partitions_leave(world):
    """a partition of what has another name now is one as before"""
    leads_to(world, PARTITIONED, OTHER_TABLE, True)
    leads_to(world, PARTITIONED, OTHER_TABLE.replace(PART.replace("OF p ", "OF pp "), "") + ALONE, True)


@test
def renames_of_columns_that_children_have(world):
    """NO INHERIT as well"""
    leads_to(world, CHILD, OTHER_PARENT + "CREATE TABLE q () INHERITS (t);\n", True)
    leads_to(world, CHILD, OTHER_PARENT + "CREATE TABLE q (b integer DEFAULT 3, c text);\n", True)
    leads_to(world, CHILD, OTHER_PARENT + "CREATE TABLE q (a integer DEFAULT 3, c text);\n", False)


@test
def renames_of_what_is_the_parents(world):
    """are refused, with the way out; the parent's takes it along"""
    database = world.database(CHILD)
    own = "CREATE TABLE q (\n-- schemadiff:renamed-from a\nz integer DEFAULT 3, c text);\n"
    world.file("schema/all.sql", CHILD.splitlines()[0] + "\n" + own)
    expect(world.plan(database), 65, "all.sql:4", "which its table has from a parent", "rename the parent's")


@test
def renames_that_a_child_stands_against(world):
    """a column that a child has besides, or has from another parent as well"""
    parent = "CREATE TABLE p (\n-- schemadiff:renamed-from a\nb integer);\n"
    before = "CREATE TABLE p (a integer);\nCREATE TABLE k ({}) INHERITS (p);\nCREATE TABLE g () INHERITS (k);\n"
    world.file("schema/all.sql", parent + "CREATE TABLE k () INHERITS (p);\nCREATE TABLE g () INHERITS (k);\n")
    expect(world.plan(world.database(before.format("b integer"))), 65, "all.sql:3", "`public.k`, which inherits", "both")
    others = "CREATE TABLE q (a integer);\nCREATE TABLE g () INHERITS ({}k);\n"
    before = before.format("").replace("CREATE TABLE g () INHERITS (k);\n", others.format("q, "))
    world.file("schema/all.sql", parent + "CREATE TABLE k () INHERITS (p);\n" + others.format(""))
    expect(world.plan(world.database(before)), 65, "all.sql:3", "`public.g` has from `public.q`, too")
    # From two that both have it from the one is no obstacle.
    two = "CREATE TABLE k () INHERITS (p);\nCREATE TABLE l () INHERITS (p);\nCREATE TABLE g () INHERITS (k, l);\n"
    leads_to(world, "CREATE TABLE p (a integer);\n" + two, parent + two, True)


@test
def renames_of_columns_that_keys_refer_to(world):
    """of the same table, another, and partitions of both"""
    before = """
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id));
CREATE TABLE p (id integer PRIMARY KEY, up integer REFERENCES p (id),
  t integer REFERENCES t (id)) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
CREATE TABLE o (id integer REFERENCES p (id), p1 integer REFERENCES p1 (id));
"""
    renamed = "TABLE {} (\n-- schemadiff:renamed-from id\nkey "
    for table in ("t", "p"):
        after = before.replace(f"TABLE {table} (id ", renamed.format(table)).replace(f" {table} (id)", f" {table} (key)")
        if table == "p":
            after = after.replace("RANGE (id)", "RANGE (key)").replace("p1 (id)", "p1 (key)")
        plan = leads_to(world, before, after, True)
        check("DROP CONSTRAINT" not in plan.out, "a key is made anew", plan)
