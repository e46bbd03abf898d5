"""Columns that a table has from a parent, and what uses them."""

from harness import expect, same_schema, test


@test
def what_uses_inherited_columns(world):
    """a policy and a view of a child make way for another type of its parent's column"""
    schema = """
CREATE TABLE p (a integer, b {});
CREATE TABLE k () INHERITS (p);
CREATE TABLE q (b integer, c {}) PARTITION BY LIST (b);
CREATE TABLE q1 PARTITION OF q FOR VALUES IN (1);
CREATE POLICY po ON k USING (b > 1);
CREATE POLICY po ON q1 USING (c > 1);
CREATE VIEW v AS SELECT c FROM q1;
"""
    database = world.database(schema.format("integer", "integer"))
    world.file("schema/all.sql", schema.format("bigint", "bigint"))
    expect(world.apply(database, "--allow", "all"), 0)
    same_schema(world, database, schema.format("bigint", "bigint"))
    expect(world.plan(database, "--exit-code"), 0)


@test
def star_over_inherited_columns(world):
    """a view that selects everything from a child takes in nothing that the parent is about to lose"""
    schema = """
CREATE TABLE p (id integer, {});
CREATE TABLE k () INHERITS (p);
CREATE VIEW v AS SELECT {} FROM k;
"""
    database = world.database(schema.format("old integer", "id"))
    world.file("schema/all.sql", schema.format("new integer", "*"))
    expect(world.apply(database, "--allow", "all"), 0)
    same_schema(world, database, schema.format("new integer", "*"))
    expect(world.plan(database, "--exit-code"), 0)
