"""Steps of an upgrade: interrupted, failed, run by two at once, outside transactions."""

import json
import os
import re
import signal
import subprocess
import time

from harness import check, expect, test
from ledger import (
    ALL, COLUMN, INDEX, NO_TABLE, ONE, TABLE, THREE, TWO, applied, call, downgrade, log, upgrade, without_ledger,
    write, write_three,
)


@test
def interrupted_outside_a_transaction(world):
    """killed while CREATE INDEX CONCURRENTLY waits: current knows it, upgrade clears away what is left and goes on"""
    write_three(world)
    database = world.database()
    expect(upgrade(world, database, ONE), 0)
    holder = subprocess.Popen(
        [world.server.psql, "-X", "-q", "-d", world.url(database), "-c",
         "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t; SELECT pg_sleep(300);"],
        env=world.server.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    building = f"FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'CREATE INDEX CONC%' AND state = 'active'"
    try:
        wait_for(world, database, f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid() AND wait_event = 'PgSleep';")
        argv = [str(world.binary), "upgrade", "--yes", "--database-url", world.url(database)]
        running = subprocess.Popen(argv, cwd=world.folder, env=world.server.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        wait_for(world, database, f"SELECT count(*) {building} AND wait_event_type = 'Lock';")
        expect(call(world, "current", database), 0, out=(TWO, "is running"))
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        world.query(database, f"SELECT pg_terminate_backend(pid, 5000) {building};")
    finally:
        world.query(database, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid();")
        holder.wait()
    check(world.query(database, "SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a_idx'::regclass;") == "f", "not cut off")
    expect(call(world, "current", database), 0, out=(TWO, "was interrupted", "schemadiff upgrade"))
    check(json.loads(call(world, "current", database, "--format", "json").out)["pending"] == [TWO, THREE], "what is pending")
    expect(downgrade(world, database, "base"), 3, TWO, "half applied")
    expect(upgrade(world, database), 0, out=("half done", "interrupted", "DROP INDEX CONCURRENTLY IF EXISTS"))
    check(any(f"{TWO}\tupgrade\t1" in line and "\tinterrupted\t" in line for line in log(world, database)), "not logged")
    without_ledger(world, database, ALL)


def wait_for(world, database, question):
    for _ in range(400):
        if world.query(database, question) not in ("", "0"):
            return
        time.sleep(0.05)
    check(False, f"it never came to `{question}`")


@test
def step_that_fails_in_the_second_group(world):
    """what is committed stays, the failure is in the log, and upgrade goes on after it"""
    database = world.database()
    write(world, ONE, [], TABLE + "\nBEGIN;\nINSERT INTO t SELECT n, 1 FROM generate_series(1, 2) n;\nCOMMIT;\nBEGIN;\n"
          "-- step 3: create index public.t_u (expand)\nCREATE UNIQUE INDEX t_u ON t (a);\nCOMMIT;\n", NO_TABLE)  # fmt: skip
    expect(upgrade(world, database), 1, "step 3 of 3", "t_u", "schemadiff upgrade")
    check(applied(world, database) == [(ONE, "applying")], "the state is wrong")
    last = log(world, database)[-1]
    check("\tfailed\t" in last and last.endswith("23505"), "the failure is not in the log", last)
    expect(call(world, "current", database), 0, out=("2 of 3 steps", "failed", "schemadiff upgrade"))
    world.query(database, "UPDATE t SET a = id;")
    expect(upgrade(world, database), 0, out=("2 of 3 steps are done already", "done: 1 step"))
    check(world.query(database, "SELECT count(*) FROM t;") == "2", "a step ran twice")
    check(applied(world, database) == [(ONE, "applied")], "not applied")


@test
def two_upgrades_at_once(world):
    """one runs; the other leaves with 75, or waits its turn with --wait and finds nothing to do"""
    write(world, ONE, [], "BEGIN;\nCREATE TABLE t (a integer);\nSELECT pg_sleep(4);\nCOMMIT;\n")
    database = world.database()
    argv = [str(world.binary), "upgrade", "--yes", "--database-url", world.url(database)]
    first = subprocess.Popen(argv, cwd=world.folder, env=world.server.environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
    wait_for(world, database, f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND wait_event = 'PgSleep';")
    expect(upgrade(world, database, "--wait", "0s"), 75, "another schemadiff")
    expect(upgrade(world, database, "--wait", "60s"), 0, out=("nothing to upgrade",))
    output = first.communicate(timeout=60)[0]
    check(first.returncode == 0, "the first one failed", output)
    check(len(applied(world, database)) == 1 and len(log(world, database)) == 1, "ran twice")
    expect(upgrade(world, database, "--wait", "soon"), 64, "--wait")


@test
def index_of_somebody_else(world):
    """of the name that a step would give its own stays as it is when the step fails"""
    write(world, ONE, [], TABLE, NO_TABLE, "a table")
    database = world.database()
    expect(upgrade(world, database), 0)
    table = re.search(r"CREATE TABLE (\w+)", TABLE)[1]
    column = world.query(database, f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum = 1;")
    world.query(database, f"CREATE UNIQUE INDEX mine ON {table} ({column});")
    write(world, TWO, [ONE], f"CREATE INDEX CONCURRENTLY mine ON {table} ({column});\n")
    result = expect(upgrade(world, database), 1, "already exists")
    check("removed" not in result.errors, "tells of something removed", result)
    check(world.query(database, "SELECT indisunique FROM pg_index WHERE indexrelid = 'mine'::regclass;") == "t", "it is gone")


@test
def statements_outside_transactions_are_steps_of_their_own(world):
    """what was done is not done again, whatever failed after it"""
    write(world, ONE, [], "CREATE TABLE n (a integer);\nINSERT INTO n VALUES (1);\n"
          "-- step 1: alter table public.n (expand, no transaction)\nUPDATE n SET a = a + 1;\nUPDATE n SET nope = 1;\n")  # fmt: skip
    database = world.database()
    for _ in range(2):
        expect(upgrade(world, database), 1, "nope", "3 of 4 steps" if _ == 0 else "0 of 1 steps")
    check(world.query(database, "SELECT a FROM n;") == "2", "it was done twice")


@test
def modes_of_transactions_are_refused(world):
    """in their place: rows of the ledger are in the transaction, too"""
    for text in ("BEGIN ISOLATION LEVEL SERIALIZABLE;", "BEGIN;\nSET TRANSACTION READ ONLY;"):
        write(world, ONE, [], text + "\nSELECT 1;\nCOMMIT;\n")
        expect(upgrade(world, world.database()), 65, f"{ONE}_x.sql:", "no modes of its own")


@test
def what_is_temporary_ends_with_its_revision(world):
    """the next one finds the tables that last"""
    write(world, ONE, [], TABLE + "CREATE TEMP TABLE t (other integer);\n")
    write(world, TWO, [ONE], "ALTER TABLE t ADD COLUMN b integer;\n")
    ran, piped = world.database(), world.database()
    expect(upgrade(world, ran), 0)
    world.must(world.server.sql(piped, script=expect(call(world, "upgrade", piped, "--sql"), 0).out))
    for database in (ran, piped):
        without_ledger(world, database, "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);")


@test
def steps_of_a_file_that_got_another_number_of_them(world):
    """the ledger counts those of the file as it is"""
    step = "CREATE TABLE t{0} (a integer);\n"
    database = world.database("CREATE TABLE t4 (a integer);")
    columns = "SELECT state, steps, steps_done FROM schemadiff.revision;"
    for number, left in ((2, ("applied\t2\t2",)), (5, ("applying\t4\t3", "applied\t5\t5"))):
        write(world, ONE, [], "".join(step.format(n) for n in range(1, 5)))
        expect(upgrade(world, database), 1, "step 4 of 4")
        check(world.query(database, columns) == "applying\t4\t3", "not where it failed")
        write(world, ONE, [], "".join(step.format(n) for n in range(1, number + 1)))
        expect(upgrade(world, database), 3, "--accept-changed")
        for seen in left:
            expect(upgrade(world, database, "--accept-changed"), 1 if seen.startswith("applying") else 0)
            check(world.query(database, columns) == seen, "not what the file has", world.query(database, columns))
            world.query(database, "DROP TABLE IF EXISTS t4;")
        world.query(database, "DROP SCHEMA schemadiff CASCADE; DROP TABLE t1, t2, t3; CREATE TABLE IF NOT EXISTS t4 (a integer);")
