"""Indexes and keys of partitioned tables that lack parts: made ON ONLY, or left so by a build that was broken off."""

from harness import check, expect, same_schema, test

TABLE = """
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY RANGE (b);
CREATE TABLE p2a PARTITION OF p2 FOR VALUES FROM (1) TO (10);
CREATE TABLE p2b PARTITION OF p2 FOR VALUES FROM (10) TO (20);
"""
WHOLE = TABLE + "CREATE INDEX i ON p (b);\nALTER TABLE p ADD CONSTRAINT k UNIQUE (a, b);\n"
INVALID = "SELECT string_agg(indexrelid::regclass::text, ' ') FROM pg_index WHERE NOT indisvalid"


def is_completed(world, before, *built, rows="INSERT INTO p VALUES (1, 1), (2, 2), (2, 12);\n"):
    """What is there stays, and is attached; the rest is built."""
    database = world.database(before + rows)
    oids = [world.query(database, f"SELECT '{index}'::regclass::oid") for index in built]
    world.file("schema/p.sql", WHOLE)
    expect(world.apply(database, "--yes", "--allow", "may-fail,blocks-writes,blocks-reads"), 0)
    expect(world.plan(database, "--exit-code"), 0)
    same_schema(world, database, WHOLE)
    check(world.query(database, INVALID) == "", "an index is invalid")
    check([world.query(database, f"SELECT '{index}'::regclass::oid") for index in built] == oids, "one was built again")


@test
def a_build_that_was_broken_off(world):
    """goes on with what is there"""
    is_completed(
        world,
        TABLE + "CREATE INDEX i ON ONLY p (b); CREATE INDEX p1_b_idx ON p1 (b);"
        "ALTER TABLE p ADD CONSTRAINT k UNIQUE (a, b);",
        "p1_b_idx",
    )


@test
def parts_of_parts_that_are_missing(world):
    """and of keys"""
    is_completed(
        world,
        TABLE + "CREATE INDEX i ON ONLY p (b); CREATE INDEX p1_b_idx ON p1 (b); ALTER INDEX i ATTACH PARTITION p1_b_idx;"
        "CREATE INDEX p2_b_idx ON ONLY p2 (b); ALTER INDEX i ATTACH PARTITION p2_b_idx; CREATE INDEX p2b_b_idx ON p2b (b);"
        "ALTER TABLE ONLY p ADD CONSTRAINT k UNIQUE (a, b);",
        "p1_b_idx", "p2_b_idx", "p2b_b_idx",
    )  # fmt: skip


@test
def parts_of_keys_and_of_what_refers_to_them(world):
    """a key's part is a key; foreign keys wait until the key is whole"""
    before = """
CREATE TABLE m (a integer NOT NULL, c integer NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10);
CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (10) TO (20);
CREATE TABLE o (a integer);
"""
    after = before + "CREATE UNIQUE INDEX iu ON m (a, c);\nALTER TABLE m ADD CONSTRAINT pk PRIMARY KEY (a);\n"
    database = world.database(
        before + "CREATE UNIQUE INDEX iu ON ONLY m (a, c); ALTER TABLE ONLY m ADD CONSTRAINT pk PRIMARY KEY (a);"
        "ALTER TABLE m1 ADD CONSTRAINT other PRIMARY KEY (a);"
    )
    world.file("schema/m.sql", after + "ALTER TABLE o ADD FOREIGN KEY (a) REFERENCES m;\n")
    expect(world.apply(database, "--yes", "--allow", "all"), 0)
    expect(world.plan(database, "--exit-code"), 0)
    check(world.query(database, INVALID) == "", "an index is invalid")


@test
def parts_of_another_name(world):
    """get the name that the files give them"""
    database = world.database(TABLE + "CREATE INDEX i ON p (b);\n")
    named = TABLE + "CREATE INDEX i ON ONLY p (b); CREATE INDEX named ON p1 (b); CREATE INDEX more ON p2 (b);"
    named += "ALTER INDEX i ATTACH PARTITION named; ALTER INDEX i ATTACH PARTITION more;\n"
    world.file("schema/p.sql", named)
    expect(world.apply(database, "--yes"), 0, out=("RENAME TO named", "RENAME TO more"))
    expect(world.plan(database, "--exit-code"), 0)
    same_schema(world, database, named)


@test
def dump_of_what_lacks_parts(world):
    """says so"""
    database = world.database(TABLE + "CREATE INDEX i ON ONLY p (b); ALTER TABLE ONLY p ADD UNIQUE (a, b);\n")
    expect(world.run("dump", "--database-url", world.url(database), "--out", world.folder / "schema"), 0)
    expect(world.plan(database, "--exit-code"), 0)


@test
def parts_that_files_leave_out(world):
    """stay away: an index that they make ON ONLY its table"""
    only = WHOLE.replace("ON p", "ON ONLY p").replace("TABLE p ADD", "TABLE ONLY p ADD")
    database = world.database(only)
    world.file("schema/p.sql", only)
    expect(world.plan(database, "--exit-code"), 0)


@test
def an_index_that_files_attach(world):
    """is not taken for attached already"""
    before = TABLE + "CREATE INDEX i ON ONLY p (b); CREATE INDEX other ON p1 (b);\n"
    database = world.database(before)
    world.file("schema/p.sql", before + "ALTER INDEX i ATTACH PARTITION other;\n")
    expect(world.plan(database), 0, out=("ALTER INDEX public.i ATTACH PARTITION public.other",))
