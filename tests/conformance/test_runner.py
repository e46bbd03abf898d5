"""Tests of the runner as a whole, with a stand-in for schemadiff that does what each case's b.sql tells it to."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import corpus
import known
import rows

HERE = Path(__file__).resolve().parent

# The first line of b.sql is `-- do: apply script | plan script`; both see the database as $URL and the file as $B.
STAND_IN = r"""#!/bin/bash
command=$1
while [ $# -gt 0 ]; do
  case $1 in --database-url) URL=$2 ;; --schema) B=$2 ;; esac
  shift
done
run() { psql -X -q -v ON_ERROR_STOP=1 -d "$URL" -c "$1"; }
todo=$(sed -n '1s/-- do: //p' "$B")
if [ "$command" = apply ]; then eval "${todo%%|*}"; else eval "${todo#*|}"; fi
"""

TABLE = "CREATE TABLE t (a integer);\n"
WIDER = "CREATE TABLE t (a integer, b integer);\n"
CASES = {
    "equal": (TABLE, "-- do: true | true\n" + TABLE),
    "itself-differs": (TABLE, "-- do: run 'ALTER TABLE t ADD b integer' | case $URL in *_b?*) exit 2 ;; esac\n" + WIDER),
    "applied": (TABLE, "-- do: run 'ALTER TABLE t ADD b integer' | true\n" + WIDER),
    "nothing-done": (TABLE, "-- do: true | true\n" + WIDER),
    "plan-not-empty": (TABLE, "-- do: true | (echo 'CREATE TABLE x ()'; exit 2)\n" + TABLE),
    "plan-fails": (TABLE, "-- do: true | exit 1\n" + TABLE),
    "rows-gone": (TABLE, "-- do: run 'DELETE FROM t' | true\n" + TABLE),
    "error": (TABLE, "-- do: (echo 'error: no way' >&2; exit 1) | true\n" + TABLE),
    "refused": (TABLE, "-- do: (echo 'error: data-loss' >&2; exit 3) | true\n" + TABLE),
    "crash": (TABLE, "-- do: kill -SEGV $$ | true\n" + TABLE),
    "hang": (TABLE, "-- do: sleep 61.5 | true\n" + TABLE),
    "peer-refuses": (TABLE, "-- do: (echo 'error: too hard' >&2; exit 65) | true\n" + TABLE),
    "peer-refuses-silently": (TABLE, "-- do: exit 65 | true\n" + TABLE),
    "not-loadable": (TABLE, "CREATE TABLE t (a no_such_type);\n"),
    "expect-empty": (TABLE, "-- do: true | exit 2\n" + TABLE),
    "role": ("CREATE ROLE r;\n" + TABLE, "-- do: true | true\nCREATE ROLE r;\n" + TABLE),
    "role-again": ("CREATE ROLE r;\n" + TABLE, "-- do: true | true\nCREATE ROLE r;\n" + TABLE),
    "role-that-a-lacks": (TABLE, "-- do: true | true\nCREATE ROLE s;\nGRANT SELECT ON pg_class TO s;\n" + TABLE),
}
EXPECTED = {
    "nothing-done": "dump-differs", "plan-not-empty": "second-plan-not-empty", "plan-fails": "second-plan-not-empty",
    "rows-gone": "rows-lost", "error": "apply-error", "refused": "refused", "crash": "crash", "hang": "hang",
    "peer-refuses-silently": "apply-error", "itself-differs": "itself-differs", "expect-empty": "first-plan-not-empty",
    "role-that-a-lacks": "dump-differs",
}  # fmt: skip


class WholeRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        root = Path(cls.temp.name)
        for name, (a, b) in CASES.items():
            folder = root / "corpus/suite" / name
            folder.mkdir(parents=True)
            (folder / "a.sql").write_text(a)
            (folder / "b.sql").write_text(b)
            (folder / "seed.sql").write_text("INSERT INTO t SELECT generate_series(1, 3);\n")
            if name.startswith("peer-refuses"):
                (folder / "meta.json").write_text('{"peer_refuses": true}')
            if name == "expect-empty":
                (folder / "meta.json").write_text('{"expect_empty": true}')
        cls.root = root
        (root / "stand-in").write_text(STAND_IN)
        (root / "stand-in").chmod(0o755)
        (root / "none").write_text("")
        cls.done = cls.run_it("--known", root / "none", "--failures", root / "failures")
        records = [json.loads(line) for line in (root / "failures").read_text().splitlines()]
        cls.failures = {record["case"]: record for record in records}

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    @classmethod
    def run_it(cls, *options):
        argv = [sys.executable, HERE / "run", "--schemadiff", cls.root / "stand-in", "--timeout", "5", *options]
        environment = {**os.environ, "SCHEMADIFF_CORPUS": str(cls.root / "corpus")}
        return subprocess.run(argv, capture_output=True, text=True, env=environment)

    def last_line(self, done):
        return done.stdout.strip().splitlines()[-1]

    def test_each_failure_has_its_class(self):
        found = {case.removeprefix("suite/"): record["class"] for case, record in self.failures.items()}
        self.assertEqual(found, EXPECTED)

    def test_counts_and_exit_code(self):
        self.assertEqual(self.done.returncode, 1, self.done.stderr)
        passed = len(CASES) - len(EXPECTED) - 1
        self.assertEqual(self.last_line(self.done), f"{passed} passed, {len(EXPECTED)} failed, 1 skipped")

    def test_details(self):
        self.assertIn("b integer", self.failures["suite/nothing-done"]["diff"])
        self.assertIn("CREATE TABLE x", self.failures["suite/plan-not-empty"]["second-plan-not-empty"])
        self.assertEqual(self.failures["suite/error"]["exit_code"], 1)

    def test_known_failure_is_excused_and_one_that_passes_is_not(self):
        entries = self.root / "known"
        entries.write_text("suite/error * reason\nsuite/equal 16,17 reason\nsuite/nothing-done 14 reason\n")
        listed = ("--known", entries, "--case", "suite/error", "--case", "suite/equal")
        done = self.run_it(*listed, "--case", "suite/nothing-done")
        self.assertEqual(self.last_line(done), "0 passed, 2 failed, 0 skipped", done.stderr)
        self.assertIn("FAILED suite/equal: passes on 17", done.stdout)
        done = self.run_it("--known", entries, "--case", "suite/error")
        self.assertEqual((done.returncode, self.last_line(done)), (0, "0 passed, 0 failed, 0 skipped"))
        self.assertIn("1 known failures, which still fail (known)", done.stdout)

    def test_nothing_is_left_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            argv = [sys.executable, HERE / "run", "--schemadiff", self.root / "stand-in", "--case", "suite/hang"]
            environment = {**os.environ, "SCHEMADIFF_CORPUS": str(self.root / "corpus"), "TMPDIR": folder}
            os.chmod(folder, 0o755)
            process = subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(100):
                if pids := list(Path(folder).glob("sd-*/data/postmaster.pid")):
                    break
                time.sleep(0.1)
            server = int(pids[0].read_text().splitlines()[0])
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(30), 130)
            self.assertEqual(os.listdir(folder), [])
            self.assertFalse(Path(f"/proc/{server}").exists())
            sleeping = [p for p in Path("/proc").glob("[0-9]*/cmdline") if b"sleep\x0061.5" in self.read(p)]
            self.assertEqual(sleeping, [])

    @staticmethod
    def read(path):
        try:
            return path.read_bytes()
        except OSError:
            return b""

    def test_without_a_corpus(self):
        environment = {k: v for k, v in os.environ.items() if k != "SCHEMADIFF_CORPUS"}
        done = subprocess.run([sys.executable, HERE / "run"], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 0)
        self.assertIn("skipped", done.stdout)
        self.assertNotIn("passed", done.stdout)


class Parts(unittest.TestCase):
    def test_server_wide(self):
        wide = ("create role x;", "ALTER USER x;", "CREATE SUBSCRIPTION s", "DROP OWNED BY x;", "DO $$ begin create  role x; end $$")
        for text in wide:
            self.assertTrue(corpus._SERVER_WIDE.search(text), text)
        for text in ("create user mapping for x", "alter table role_x", "create table users ()"):
            self.assertFalse(corpus._SERVER_WIDE.search(text), text)

    def test_pairings(self):
        with tempfile.TemporaryDirectory() as root:
            for suite, name in (("s", "one"), ("s", "two"), ("t", "three")):
                folder = Path(root) / suite / name
                folder.mkdir(parents=True)
                for file in ("a.sql", "b.sql", "seed.sql"):
                    (folder / file).write_text("")
            (Path(root) / "s/two/meta.json").write_text('{"roles": ["r"], "expect_empty": true, "min_version": "16.0"}')
            states = {
                pairing: [(c.name, f"{c.a.parent.name}.{c.a.stem}", f"{c.b.parent.name}.{c.b.stem}", len(c.seed))
                          for c in corpus.read_cases(root, pairing=pairing)]
                for pairing in corpus.PAIRINGS
            }  # fmt: skip
            self.assertEqual(states["given"][0], ("one", "one.a", "one.b", 1))
            self.assertEqual(states["swapped"][0], ("one", "one.b", "one.a", 0))
            self.assertEqual(states["neighbours"], [("one", "one.a", "two.b", 0)])
            meta = corpus.read_cases(root, pairing="neighbours")[0].meta
            self.assertEqual(meta, {"roles": ["r"], "min_version": "16.0"})

    def test_rows_of_a_partition_that_goes_do_not_count(self):
        before = {"p": ("p", 5, frozenset({"p1", "p2"})), "p1": ("r", 2, frozenset()), "p2": ("r", 3, frozenset())}
        self.assertEqual(rows.losses(before, {"p": ("p", 3, frozenset({"p2"})), "p2": ("r", 3, frozenset())}), [])
        lost = rows.losses(before, {"p": ("p", 2, frozenset({"p2"})), "p2": ("r", 2, frozenset())})
        self.assertEqual(len(lost), 2)

    def test_rows_of_a_table_that_becomes_partitioned(self):
        before = {"t": ("r", 5, frozenset())}
        self.assertEqual(rows.losses(before, {"t": ("p", 5, frozenset({"t1"})), "t1": ("r", 5, frozenset())}), [])
        self.assertEqual(len(rows.losses(before, {"t": ("p", 0, frozenset())})), 1)

    def test_known_list(self):
        entries = known.parse("# c\n\ns/a  *  why not\ns/b 14,15 because\n")
        self.assertEqual(known.find(entries, "s/a", 18).reason, "why not")
        self.assertIsNone(known.find(entries, "s/b", 16))
        for bad in ("s/a *", "s/a seventeen reason"):
            self.assertRaises(known.KnownError, known.parse, bad)


if __name__ == "__main__":
    unittest.main()
