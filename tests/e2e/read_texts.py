"""The texts that are read from the catalogs: what they call columns, and what the session's settings would make of them."""

import subprocess
import time

from harness import check, expect, same_schema, test

# The names on the left are those of pg_statistic's columns.
ODD_NAMES = """
CREATE TYPE pair AS (stawidth integer, "left" integer);
CREATE FUNCTION stakind1(staop1 integer, staop2 integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE RETURN staop1;
CREATE TABLE odd (
    id integer, stawidth integer, starelid text, "Wert ß" text, "order" integer, p pair, list integer[],
    CHECK (stawidth > id AND starelid <> 'stawidth' AND "Wert ß" <> 'it''s staop1' AND "order" > 0),
    CONSTRAINT fields CHECK ((p).stawidth > 1 AND (p)."left" > stawidth),
    CONSTRAINT calls CHECK (stakind1(staop1 => stawidth, staop2 => 2) > stakind1(id)),
    CONSTRAINT slices CHECK (cardinality(list[id:stawidth]) > list[stawidth]),
    CONSTRAINT labels CHECK (xmlelement(NAME stakind1, stawidth)::text || xmlforest(id AS staop1)::text <> E'\\\\stawidth'),
    CONSTRAINT everything CHECK (odd IS NOT NULL AND tableoid <> 0 AND id > 0)
);
CREATE INDEX odd_some ON odd (stawidth) WHERE starelid > 'a' AND "order" BETWEEN id AND 9;
"""
# All of pg_statistic's columns are there, and others.
WIDE = (
    "CREATE TABLE wide (" + ", ".join(f"c{n} integer" for n in range(1, 40)) + ", stawidth integer, CHECK (c1 > c2),"
    " CONSTRAINT edge CHECK (c31 > 1), CONSTRAINT beyond CHECK (c1 > c32), CONSTRAINT own CHECK (stawidth > c3));\n"
    "CREATE INDEX wide_some ON wide (c1) WHERE c2 > 1 AND stawidth > 2;\n"
    "CREATE TABLE dropped (c1 integer, gone integer, c3 integer, CONSTRAINT c CHECK (c3 > c1));\n"
    "ALTER TABLE dropped DROP COLUMN gone;\nCREATE INDEX dropped_some ON dropped (c1) WHERE c3 > 1;\n"
    "CREATE TABLE parent (a integer, b integer CHECK (b > 1)) PARTITION BY RANGE (a);\n"
    "CREATE TABLE child (b integer CONSTRAINT parent_b_check CHECK (b > 1), c integer, a integer);\nALTER TABLE child DROP COLUMN c;\n"
    "ALTER TABLE parent ATTACH PARTITION child FOR VALUES FROM (0) TO (9);\n"
    "CREATE INDEX parent_some ON parent (a) WHERE b > 3;\n"
    "CREATE MATERIALIZED VIEW seen AS SELECT c1 AS one, c2 AS \"Two\" FROM wide;\n"
    "CREATE INDEX seen_some ON seen (one) WHERE \"Two\" > 1;\n"
    "ALTER TABLE wide ADD CONSTRAINT apart EXCLUDE USING btree (c1 WITH =) WHERE (c4 > 1);\n"
)  # fmt: skip
CONSTANTS = r"""
CREATE TABLE dates (
    "day" date DEFAULT '2020-02-01', "user" interval DEFAULT '1 day 02:03', share double precision DEFAULT 0.1,
    raw bytea DEFAULT '\x6162', path text DEFAULT 'a\b', CHECK ("day" > '2020-02-01' AND path <> 'c\d'));
CREATE INDEX dates_late ON dates ("day") WHERE share > 0.3::double precision AND "user" > interval '1 day 02:03';
CREATE VIEW late AS SELECT "day" FROM dates WHERE "day" > '2020-02-01' AND path <> 'c\d';
"""
SETTINGS = ("-c datestyle=SQL,DMY -c intervalstyle=iso_8601 -c extra_float_digits=-4 -c bytea_output=escape"
            " -c quote_all_identifiers=on -c standard_conforming_strings=off")  # fmt: skip


def dumped(world, database, **environment):
    return expect(world.run("dump", "--database-url", world.url(database), "--layout", "single", **environment), 0).out


@test
def columns_of_any_name(world):
    """stand in conditions as the server would write them"""
    database = world.database(ODD_NAMES + WIDE)
    written = dumped(world, database)
    conditions = world.query(
        database,
        "SET search_path = ''; SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conbin IS NOT NULL AND conrelid > 16384"
        " UNION ALL SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indpred IS NOT NULL").split("\n")  # fmt: skip
    check(len(conditions) > 15, "some conditions are missing", conditions)
    for condition in conditions:
        check(condition in written, f"`{condition}` is not in the dump", written)
    world.file("schema/all.sql", written)
    expect(world.plan(database, "--exit-code"), 0)
    same_schema(world, world.database(written), ODD_NAMES + WIDE)
    world.file("schema/all.sql", ODD_NAMES + WIDE)
    expect(world.plan(database, "--exit-code"), 0)


@test
def settings_of_a_role(world):
    """change nothing in what is read, nor in what the server spells"""
    database = world.database(CONSTANTS)
    check(dumped(world, database, PGOPTIONS=SETTINGS) == dumped(world, database), "the dump is another")
    world.file("schema/all.sql", CONSTANTS)
    expect(world.plan(database, "--exit-code", PGOPTIONS=SETTINGS), 0)
    world.file("schema/all.sql", CONSTANTS.replace("> '2020-02-01' AND", "> '2020-01-02' AND"))
    expect(world.plan(database, "--exit-code", PGOPTIONS=SETTINGS), 2, out=("2020-01-02",))


@test
def intervals_as_the_role_reads_them(world):
    """under sql_standard one sign may be that of several fields"""
    table = "CREATE TABLE spans (span interval DEFAULT '-1 2:03:04'::interval CHECK (span > '-1 2:03:04'));\n"
    style = {"PGOPTIONS": "-c intervalstyle=sql_standard"}
    database = world.database()
    world.file("schema/spans.sql", table)
    expect(world.apply(database, **style), 0)
    expect(world.plan(database, "--exit-code", **style), 0)
    expect(world.plan(database, "--exit-code"), 2, out=("span",))


@test
def a_sum_of_thousands_of_terms(world):
    """is read, as PostgreSQL does"""
    terms = "CREATE TABLE t (a integer, CHECK (" + " + ".join(["a"] * 6000) + " > 0));\n"
    database = world.database(terms)
    world.file("schema/t.sql", terms)
    expect(world.plan(database, "--exit-code"), 0)
    world.file("other/t.sql", "CREATE TABLE t (a integer, CHECK (" + " + ".join(["a"] * 9900) + " > 0));\n")
    expect(world.run("diff", "--from", world.folder / "schema", "--to", world.folder / "other", "--exit-code"), 2)


@test
def a_table_that_is_locked(world):
    """is waited for by nobody who plans"""
    table = "CREATE TABLE t (id integer DEFAULT 1, kind text, CONSTRAINT c CHECK (id > 1 AND kind <> 'x'));\n"
    table += "CREATE INDEX t_some ON t (id) WHERE kind > 'a';\n"
    database = world.database(table)
    world.file("schema/t.sql", table)
    argv = [world.server.psql, "-X", "-q", "-d", world.url(database),
            "-c", "BEGIN", "-c", "LOCK t IN ACCESS EXCLUSIVE MODE", "-c", "SELECT pg_sleep(60)"]  # fmt: skip
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, env=world.server.environment) as holder:
        try:
            held = "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 't'"
            while world.query(database, held) == "0":
                check(holder.poll() is None, "the lock is not held")
                time.sleep(0.05)
            expect(world.plan(database, "--exit-code", PGOPTIONS="-c lock_timeout=2s"), 0)
        finally:
            holder.terminate()
