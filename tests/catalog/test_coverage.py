"""Every column of every system catalog is asked for by a plan, or stands in not_read.txt with a reason: on all majors.

A new version of PostgreSQL cannot add an attribute that goes unseen.
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))

from scratch import ROOT, Server  # noqa: E402

MAJORS = (14, 15, 16, 17, 18)
SCHEMADIFF = Path(os.environ.get("SCHEMADIFF", ROOT / "build/release/schemadiff"))
# What differs makes the plan ask for dependencies and sizes. Catalogs in which users made nothing are not asked for: each
# of these databases has something in some of them.
LIVE = """\
CREATE TABLE altered (a int);
CREATE ACCESS METHOD own TYPE INDEX HANDLER bthandler;
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE SUBSCRIPTION s CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE);
"""
DESIRED = "CREATE TABLE altered (a int, b int);"
CASES = [HERE.parent / f"cases/torture/{name}/b.sql" for name in
         ("foreign-and-published", "routines", "tables", "text-search", "types", "views-triggers-policies")]  # fmt: skip


def columns(server):
    """`catalog.column` of all tables of pg_catalog."""
    _, out, _ = server.sql("postgres", """
        SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""")  # fmt: skip
    return set(out.split())


def words_asked(major):
    """All words of the statements that a plan sends, and the server's columns."""
    settings = {"log_statement": "all", "log_line_prefix": "", "logging_collector": "off"}
    with Server(major, settings, label="catalog") as server, tempfile.NamedTemporaryFile("w", suffix=".sql") as desired:
        known = columns(server)
        desired.write(DESIRED)
        desired.flush()
        words = set()
        for number, case in enumerate(CASES):
            database = f"d{number}"
            server.sql("postgres", f"CREATE DATABASE {database}")
            code, errors = server.load(database, case)
            assert code == 0, errors
            code, _, errors = server.sql(database, script=LIVE if number == 0 else "CREATE TABLE altered (a int)")
            assert code == 0, errors
            before = len((server.folder / "log").read_text())
            command = [SCHEMADIFF, "plan", "--manage", "all", "--database-url", server.url(database), "--schema", desired.name]
            done = subprocess.run(command, capture_output=True, text=True, env=server.environment)
            assert done.returncode == 0 and "ADD COLUMN" in done.stdout, done.stdout + done.stderr
            words |= set(re.findall(r"\w+", (server.folder / "log").read_text()[before:]))
        return words, known


def reasons():
    """{pattern: reason}, a line each."""
    lines = [line for line in (HERE / "not_read.txt").read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split(None, 1) for line in lines)


class Coverage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.asked = {major: words_asked(major) for major in MAJORS}
        cls.reasons = reasons()

    def excused(self, column):
        return any(fnmatch(column, pattern) for pattern in self.reasons)

    def test_every_column_is_read_or_excused(self):
        for major, (words, known) in self.asked.items():
            unread = {c for c in known if c.split(".")[1] not in words and not self.excused(c)}
            self.assertFalse(unread, f"PostgreSQL {major}: neither read nor in not_read.txt")

    def test_no_excuse_is_out_of_date(self):
        everything = set().union(*(known for _, known in self.asked.values()))
        for pattern, reason in self.reasons.items():
            with self.subTest(pattern):
                self.assertTrue(any(fnmatch(column, pattern) for column in everything), "no version has it")
                self.assertTrue(reason.strip())
                if not pattern.endswith("*"):
                    read = [m for m, (words, known) in self.asked.items() if pattern in known and pattern.split(".")[1] in words]
                    self.assertFalse(read, "it is read")


if __name__ == "__main__":
    unittest.main()
