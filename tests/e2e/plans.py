"""Plans: exit codes, saved plans, formats, and what apply does with them."""

import json
import subprocess
import time

from harness import check, expect, same_schema, test

LIVE = "CREATE TABLE t (id integer PRIMARY KEY, old text);\nINSERT INTO t SELECT n, 'row ' || n FROM generate_series(1, 100) n;\n"
SAME = "CREATE TABLE t (id integer PRIMARY KEY, old text);\n"
ADDED = "CREATE TABLE t (id integer PRIMARY KEY, old text, new integer);\nCREATE INDEX t_new_idx ON t (new);\n"
DROPPED = "CREATE TABLE t (id integer PRIMARY KEY);\n"


@test
def exit_codes_of_plan(world):
    """0 without differences; with differences 0, or 2 with --exit-code"""
    database = world.database(LIVE)
    world.file("schema/t.sql", SAME)
    expect(world.plan(database), 0)
    expect(world.plan(database, "--exit-code"), 0)
    world.file("schema/t.sql", ADDED)
    before = world.state(database)
    expect(world.plan(database), 0, out=("t_new_idx", "concurrently"))
    expect(world.plan(database, "--exit-code"), 2)
    check(world.state(database) == before, "plan changed the database")


@test
def apply_converges_and_settles(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    expect(world.apply(database), 0)
    same_schema(world, database, ADDED)
    expect(world.plan(database, "--exit-code"), 0)
    expect(world.apply(database), 0)
    check(world.query(database, "SELECT count(*) FROM t;") == "100", "rows were lost")


@test
def what_a_role_owns_can_be_ignored(world):
    """with all that belongs to it; it still counts as existing"""
    world.query("postgres", "DROP ROLE IF EXISTS e2e_batch; CREATE ROLE e2e_batch;")
    database = world.database(LIVE + "CREATE TABLE theirs (id integer PRIMARY KEY); ALTER TABLE theirs OWNER TO e2e_batch;\n")
    world.file("schemadiff.toml", '[manage]\nignore = ["owner:e2e_*"]\n')
    world.file("schema/t.sql", SAME)
    expect(world.plan(database, "--exit-code"), 0)
    world.file("schema/v.sql", "CREATE VIEW v AS SELECT count(*) AS n FROM theirs;\n")
    expect(world.apply(database), 0)
    expect(world.plan(database, "--exit-code"), 0)


@test
def comment_on_a_role_of_the_server(world):
    """which the files need not declare"""
    world.query("postgres", "DROP ROLE IF EXISTS e2e_person; CREATE ROLE e2e_person;")
    database = world.database(LIVE)
    world.file("schema/t.sql", SAME + "COMMENT ON ROLE e2e_person IS 'a person';\n")
    expect(world.apply(database), 0)
    expect(world.plan(database, "--exit-code"), 0)
    check(world.query(database, "SELECT shobj_description('e2e_person'::regrole, 'pg_authid');") == "a person", "no comment")
    world.query("postgres", "DROP ROLE e2e_person;")


@test
def dump_with_rows(world):
    """its rows are passed over, and what follows them is where it is"""
    database = world.database(LIVE)
    rows = "COPY public.t (id, old) FROM stdin;\n1\tit's; \\N \"\n2\t$$\n\\.\n"
    world.file("schema/t.sql", b"\xef\xbb\xbf" + (SAME + rows).encode())
    expect(world.plan(database, "--exit-code"), 0)
    world.file("schema/t.sql", SAME + rows + "CREATE TABLE u (x no_such_type);\n")
    expect(world.plan(database), 65, "t.sql:6:19")


@test
def dry_run_changes_nothing(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    before = world.state(database)
    expect(world.apply(database, "--dry-run"), 0, out=("t_new_idx",))
    check(world.state(database) == before, "--dry-run changed the database")


@test
def question_without_an_answer(world):
    """nobody to ask is no consent"""
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    before = world.state(database)
    result = world.run("apply", "--database-url", world.url(database), "--schema", "schema")
    check(result.code not in (0, 2), "apply went on without an answer", result)
    check("--yes" in result.errors, "the way out is not named", result)
    check(world.state(database) == before, "the database was touched", result)


@test
def saved_plan(world):
    """--out writes it, apply --plan executes it; the file is enough, without the schema it was made from"""
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    expect(world.plan(database, "--out", "plan.json"), 0)
    json.loads((world.folder / "plan.json").read_text())
    (world.folder / "schema/t.sql").unlink()
    world.query(database, "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.x ();")  # Not managed, so it does not matter.
    expect(world.run("apply", "--database-url", world.url(database), "--plan", "plan.json", "--yes"), 0)
    world.query(database, "DROP SCHEMA elsewhere CASCADE;")
    same_schema(world, database, ADDED)


@test
def stale_plan(world):
    """is refused with 3 when the database has moved on, and says so"""
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    expect(world.plan(database, "--out", "plan.json"), 0)
    world.query(database, "ALTER TABLE t ADD elsewhere integer;")
    before = world.state(database)
    arguments = ("--schema", "schema", "--plan", "plan.json", "--yes", "--allow", "all")
    result = expect(world.run("apply", "--database-url", world.url(database), *arguments), 3, "stale", "elsewhere")
    check(world.state(database) == before, "a stale plan was executed", result)


@test
def plan_of_another_database(world):
    one, other = world.database(LIVE), world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    expect(world.plan(one, "--out", "plan.json"), 0)
    before = world.state(other)
    result = world.run("apply", "--database-url", world.url(other), "--schema", "schema", "--plan", "plan.json", "--yes")
    expect(result, 3, one, other)
    check(world.state(other) == before, "the plan of another database was executed", result)


@test
def plan_that_was_tampered_with(world):
    database = world.database(LIVE)
    world.file("plan.json", '{"not": "a plan"}')
    before = world.state(database)
    result = world.run("apply", "--database-url", world.url(database), "--schema", ".", "--plan", "plan.json", "--yes")
    expect(result, 65, "plan.json")
    check(world.state(database) == before, "the database was touched", result)


@test
def hazard_needs_consent(world):
    """exit code 3, names the hazard, nothing is done; another hazard's name does not help"""
    database = world.database(LIVE)
    world.file("schema/t.sql", DROPPED)
    before = world.state(database)
    expect(world.plan(database), 0, out=("data-loss",))
    for arguments in ((), ("--allow", "opaque,may-fail")):
        result = expect(world.apply(database, *arguments), 3, "data-loss", "--allow")
        check(world.state(database) == before, "a hazard was taken without consent", result)
    expect(world.apply(database, "--allow", "all"), 0)
    same_schema(world, database, DROPPED)


@test
def hazard_allowed_by_name(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", DROPPED)
    expect(world.apply(database, "--allow", "data-loss,breaks-clients,irreversible"), 0)
    same_schema(world, database, DROPPED)


@test
def hazard_allowed_by_configuration(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", DROPPED)
    allow = 'allow = ["data-loss", "breaks-clients", "irreversible"]\n'
    world.file("schemadiff.toml", f'schema = ["schema"]\n[env.local]\nurl = "{world.url(database)}"\n{allow}')
    expect(world.run("apply", "--yes"), 0)
    same_schema(world, database, DROPPED)


@test
def hazard_allowed_by_annotation(world):
    """with its reason in the plan"""
    database = world.database("CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;")
    desired = "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;\n"
    world.file("schema/f.sql", desired)
    expect(world.apply(database), 3, "opaque")
    world.file("schema/f.sql", "-- schemadiff:allow opaque reviewed by the owner of f\n" + desired)
    expect(world.plan(database), 0, out=("reviewed by the owner of f",))
    expect(world.apply(database), 0)
    check(world.query(database, "SELECT f();") == "2", "the function was not changed")


@test
def backfills_on_a_big_table(world):
    """a column that becomes NOT NULL, new or not, is proved so without stopping readers"""
    rows = "INSERT INTO t SELECT n, NULL, repeat('x', 90) FROM generate_series(1, 100000) n;\nANALYZE t;\n"
    database = world.database("CREATE TABLE t (id integer, a text, filler text);\n" + rows)
    desired = "CREATE TABLE t (id integer,\n {}\n a text NOT NULL,\n filler text,\n b integer NOT NULL {}\n);\n"
    world.file("schema/t.sql", desired.format("/* schemadiff:backfill 'old' */", "-- schemadiff:backfill id * 2"))
    plan = json.loads(expect(world.plan(database, "--format", "json"), 0).out)
    for step in plan["steps"]:
        exclusive = any(lock["mode"] == "ACCESS EXCLUSIVE" for lock in step["locks"])
        check(not (exclusive and (step["scans"] or step["rewrites"])), "readers wait while the table is read", step)
    expect(world.apply(database, "--allow", "may-fail"), 0)
    same_schema(world, database, desired.format("", ""))
    expect(world.plan(database, "--exit-code"), 0)
    check(world.query(database, "SELECT count(*) FROM t WHERE a = 'old' AND b = id * 2;") == "100000", "rows were not filled")


@test
def format_sql_runs_in_psql(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED + "CREATE VIEW v AS SELECT id FROM t;\n")
    result = expect(world.plan(database, "--format", "sql"), 0)
    world.must(world.server.sql(database, script=result.out))
    same_schema(world, database, ADDED + "CREATE VIEW v AS SELECT id FROM t;\n")
    expect(world.plan(database, "--exit-code"), 0)


@test
def format_json(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    plan = json.loads(expect(world.plan(database, "--format", "json"), 0).out)
    check(plan["steps"], "the plan has no steps")
    for step in plan["steps"]:
        missing = {"sql", "locks", "hazards", "phase", "group"} - set(step)
        check(not missing, f"a step lacks {missing}")
    check(any("t_new_idx" in sql for step in plan["steps"] for sql in step["sql"]), "the index is not in the plan")
    world.file("schema/t.sql", SAME)
    check(json.loads(world.plan(database, "--format", "json").out)["steps"] == [], "an empty plan has steps")


@test
def format_markdown(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED + "COMMENT ON TABLE t IS 'fence ``` <b>inside</b>';\n")
    result = expect(world.plan(database, "--format", "markdown"), 0, out=("```", "t_new_idx"))
    fences = [line for line in result.out.splitlines() if line.lstrip().startswith("```")]
    check(len(fences) % 2 == 0, "a fence is left open", result)


@test
def same_input_same_plan(world):
    """byte for byte, in every format"""
    database = world.database(LIVE)
    for n in range(8):
        world.file(f"schema/{n}.sql", f"CREATE TABLE u{n} (id integer PRIMARY KEY);\nCREATE VIEW v{n} AS SELECT id FROM u{n};\n")
    for form in ("text", "json", "sql", "markdown"):
        one, two = (world.plan(database, "--format", form).out for _ in range(2))
        check(one == two and one, f"two plans differ as {form}")


@test
def results_on_standard_output_alone(world):
    database = world.database(LIVE)
    world.file("schema/t.sql", ADDED)
    result = expect(world.plan(database, "--quiet"), 0, out=("t_new_idx",))
    check(result.errors == "", "something else stands on standard error", result)
    check("\x1b[" not in result.out, "colour without a terminal", result)


@test
def lock_not_obtained(world):
    """75: nothing is lost, try again"""
    database = world.database(LIVE)
    world.file("schema/t.sql", "CREATE TABLE t (id integer PRIMARY KEY, old text, new integer);\n")
    world.file("schemadiff.toml", f'schema = ["schema"]\n[env.local]\nurl = "{world.url(database)}"\nlock_timeout = "50ms"\n')
    held = ("FROM pg_locks WHERE mode = 'AccessExclusiveLock'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
    argv = [world.server.psql, "-X", "-q", "-d", world.url(database), "-c", "BEGIN; LOCK TABLE t; SELECT pg_sleep(300);"]
    holder = subprocess.Popen(argv, env=world.server.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if world.query(database, f"SELECT count(*) {held} AND granted;") != "0":
                break
            time.sleep(0.05)
        expect(world.run("apply", "--yes", timeout=300), 75, "t")
    finally:
        world.query(database, f"SELECT pg_terminate_backend(pid) {held};")
        holder.wait()
    expect(world.run("apply", "--yes"), 0)
    expect(world.run("plan", "--exit-code"), 0)


@test
def step_that_fails_on_the_rows(world):
    """1: the message says what was done, what was not; and after mending the rows it goes on"""
    database = world.database("CREATE TABLE t (a integer);\nINSERT INTO t VALUES (1), (1);\n")
    desired = "CREATE TABLE s (x integer);\nCREATE TABLE t (a integer);\nCREATE UNIQUE INDEX t_a_idx ON t (a);\n"
    world.file("schema/t.sql", desired)
    result = expect(world.apply(database, "--allow", "all"), 1, "t_a_idx")
    check(world.query(database, "SELECT count(*) FROM t;") == "2", "rows were lost", result)
    world.query(database, "DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t);")
    expect(world.apply(database, "--allow", "all"), 0)
    same_schema(world, database, desired)
    expect(world.plan(database, "--exit-code"), 0)


@test
def two_at_once(world):
    """the second waits or says 75; in the end the schema is there once"""
    database = world.database("CREATE TABLE t (a integer);\nINSERT INTO t SELECT generate_series(1, 200000);\n")
    desired = "CREATE TABLE t (a integer, b integer);\nCREATE INDEX t_a_idx ON t (a);\nCREATE INDEX t_b_idx ON t (b);\n"
    world.file("schema/t.sql", desired)
    argv = [str(world.binary), "apply", "--database-url", world.url(database), "--schema", "schema", "--yes", "--allow", "all"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    both = [subprocess.Popen(argv, cwd=world.folder, env=world.server.environment, **pipes) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in both]
    codes = sorted(process.returncode for process in both)
    check(codes[0] == 0 and codes[1] in (0, 3, 75), f"exit codes {codes}", "\n".join(outputs))
    same_schema(world, database, desired)


@test
def init(world):
    """writes a configuration that works, and never over one that is there"""
    expect(world.run("init"), 0)
    check((world.folder / "schemadiff.toml").exists() and (world.folder / "schema").is_dir(), "init wrote nothing")
    expect(world.plan(world.database(), "--exit-code"), 0)
    text = (world.folder / "schemadiff.toml").read_text() + "# mine\n"
    world.file("schemadiff.toml", text)
    result = world.run("init")
    check((world.folder / "schemadiff.toml").read_text() == text, "init wrote over the configuration", result)


@test
def help_and_version(world):
    for arguments in (("--help",), ("plan", "--help"), ("apply", "--help"), ("--version",)):
        result = expect(world.run(*arguments), 0)
        check(result.out.strip() and not result.errors, "help belongs to standard output", result)
    check("backup" not in world.run("--help").out, "a command that does not exist yet is listed")


@test
def partitions_that_only_the_database_has(world):
    """with partitions = "declared" those that a tool made are left alone, on the first and on later plans"""
    declared = "CREATE TABLE p (id int, at date) PARTITION BY RANGE (at);\n"
    database = world.database(declared + "CREATE TABLE p_2024 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');")
    world.file("schema/p.sql", declared)
    expect(world.plan(database, "--exit-code"), 2, out=("DROP TABLE public.p_2024",))
    expect(world.plan(database, "--exit-code", "--manage", "partitions=declared"), 0)
    world.file("schema/p.sql", declared + "CREATE INDEX p_at ON p (at);\n")
    expect(world.apply(database, "--manage", "partitions=declared", "--allow", "all"), 0)
    expect(world.plan(database, "--exit-code", "--manage", "partitions=declared"), 0)
    check(world.query(database, "SELECT count(*) FROM pg_inherits WHERE inhparent = 'p'::regclass;") == "1", "it is gone")


@test
def what_is_not_known_is_said(world):
    """an object that no reader reads (here: in a place of the system's) is named, and refused with --strict"""
    database = world.database("SET allow_system_table_mods = on; CREATE FUNCTION pg_catalog.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';")
    world.file("schema/t.sql", "CREATE TABLE t (a int);\n")
    before = world.state(database)
    expect(world.apply(database, "--strict"), 3, "pg_catalog.mine()", "--strict")
    check(world.state(database) == before, "the database was touched")
    expect(world.plan(database), 0, "pg_catalog.mine()", out=("CREATE TABLE",))


@test
def size_of_what_was_never_analyzed(world):
    """and of a partitioned table, which is its partitions': NOT NULL is set without stopping readers for a scan"""
    live = ("CREATE TABLE t (a integer); INSERT INTO t SELECT n FROM generate_series(1, 200000) n;\n"
            "CREATE TABLE p (a integer) PARTITION BY RANGE (a);\n"
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500000);\n"
            "INSERT INTO p SELECT n FROM generate_series(1, 300000) n; ANALYZE p1;\n")
    world.file("schema/t.sql", "CREATE TABLE t (a integer NOT NULL);\nCREATE TABLE p (a integer NOT NULL) PARTITION BY RANGE (a);\n"
               "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500000);\n")
    database = world.database(live)
    plan = expect(world.plan(database), 0)
    for table in ("t", "p"):
        check(f"ALTER TABLE public.{table} VALIDATE CONSTRAINT" in plan.out, f"{table} counts as small", plan)
