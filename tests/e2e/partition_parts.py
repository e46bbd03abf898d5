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


def builds(plan):
    return [line.strip() for line in plan.out.splitlines() if "CREATE " in line and "INDEX " in line]


@test
def indexes_and_keys_are_built_online(world):
    """partition by partition, before the table gets them, which then takes what is there"""
    database = world.database(TABLE)
    world.file("schema/p.sql", WHOLE)
    plan = expect(world.plan(database), 0)
    check(all("CONCURRENTLY" in line for line in builds(plan) if " ON public.p1 " in line or " ON public.p2a " in line),
          "a partition's writers wait", plan)
    check("blocks-" not in plan.out, "a table's readers or writers wait", plan)
    is_completed(world, TABLE)


@test
def indexes_whose_parts_postgres_chooses(world):
    """are left to it: where another index would be taken for the part, or two new ones are alike, or one is left alone"""
    cases = [
        ("CREATE INDEX own ON p2 (b);", "CREATE INDEX i ON p (b);\n"),
        ("", "CREATE INDEX i1 ON p (b);\nCREATE INDEX c1 ON p1 (b);\nCREATE INDEX i2 ON p (b DESC);\n"),
        ("CREATE INDEX q ON p1 (b);", "-- schemadiff:ignore\nCREATE INDEX q ON p1 (b);\nCREATE INDEX i ON p (b);\n"),
        ("", "CREATE INDEX w ON p (b);\nCREATE INDEX m ON p2 (b);\n"),
        ("", "CREATE UNIQUE INDEX u ON p (a, b);\nALTER TABLE p ADD UNIQUE (a, b);\nALTER TABLE p ADD UNIQUE (a, b) INCLUDE (a);\n"),
        ("CREATE INDEX i ON p (a);", "CREATE INDEX i ON p (a, b);\nCREATE UNIQUE INDEX j ON p (a, b);\n"),
        ("", "CREATE INDEX i ON p ((p.b + 1)) WHERE p.a > 0;\n"),
        ("", "CREATE UNIQUE INDEX u ON p (a, b);\nALTER TABLE p ADD PRIMARY KEY (a, b);\n"),
    ]
    for before, after in cases:
        database = world.database(TABLE + before)
        world.file("schema/p.sql", TABLE + after)
        expect(world.apply(database, "--yes", "--allow", "all"), 0)
        expect(world.plan(database, "--exit-code"), 0)
        check(world.query(database, INVALID) == "", "an index is invalid")


@test
def what_refers_to_a_partition(world):
    """waits for its part of a unique index"""
    database = world.database(TABLE)
    after = TABLE + "CREATE UNIQUE INDEX u ON p (a, b);\n"
    world.file("schema/p.sql", after + "CREATE TABLE r (a integer, b integer, FOREIGN KEY (a, b) REFERENCES p1 (a, b));\n")
    expect(world.apply(database, "--yes", "--allow", "all"), 0)
    expect(world.plan(database, "--exit-code"), 0)


@test
def parts_that_a_broken_off_plan_built(world):
    """before the table got its index and key: they are no strangers, and taken"""
    is_completed(
        world,
        TABLE + "CREATE INDEX p1_b_idx ON p1 (b); CREATE INDEX p2a_b_idx ON p2a (b);"
        "ALTER TABLE p1 ADD CONSTRAINT p1_a_b_key UNIQUE (a, b);",
        "p1_b_idx", "p2a_b_idx", "p1_a_b_key",
    )  # fmt: skip


@test
def partitions_that_are_left_alone(world):
    """have no parts that a plan knows of: CREATE INDEX builds theirs, and the plan says that writers wait"""
    database = world.database(TABLE)
    world.file("schema/p.sql", "CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a);\n"
               "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\nCREATE INDEX i ON p (b);\n")
    expect(world.plan(database, "--manage", "partitions=declared"), 0, out=("CREATE INDEX i ON public.p", "blocks-writes"))
    expect(world.apply(database, "--yes", "--manage", "partitions=declared", "--allow", "blocks-writes"), 0)
    expect(world.plan(database, "--exit-code", "--manage", "partitions=declared"), 0)
    check(world.query(database, INVALID) == "", "an index is invalid")
