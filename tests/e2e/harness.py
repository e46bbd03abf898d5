"""What an end-to-end test works with: a database, a folder with files, and calls of schemadiff as a user makes them."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

import dump  # noqa: E402
import rows  # noqa: E402

TESTS = []


class Failure(AssertionError):
    """A test that did not hold, with what was seen."""


def test(function):
    """Registers a test; its name is the function's, its meaning the docstring."""
    TESTS.append(function)
    return function


@dataclass
class Result:
    argv: list
    code: int
    out: str
    errors: str

    def __str__(self):
        return f"$ {' '.join(self.argv)}\nexit code {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.errors}"


class World:
    """One test's own folder and databases, gone when it ends."""

    def __init__(self, server, binary, number):
        self.server, self.binary, self.number = server, binary, number
        self.folder = Path(tempfile.mkdtemp(prefix="sd-e2e-"))
        self.databases = []

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in self.databases:
            self.server.sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def database(self, sql=""):
        name = f"e2e_{self.number}_{len(self.databases)}"
        self.databases.append(name)
        self.must(self.server.sql("postgres", f"CREATE DATABASE {name} TEMPLATE template0"))
        if sql:
            self.must(self.server.sql(name, script=sql))
        return name

    def must(self, result):
        if result[0] != 0:
            raise Failure(f"preparing the test failed: {result[2]}")
        return result[1]

    def query(self, database, sql):
        return self.must(self.server.sql(database, script=sql)).strip()

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def url(self, database, user="postgres"):
        return self.server.url(database, user)

    def run(self, *arguments, timeout=120, **environment):
        argv = [str(a) for a in (self.binary, *arguments)]
        done = subprocess.run(
            argv, cwd=self.folder, env={**self.server.environment, **environment}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace", timeout=timeout)  # fmt: skip
        return Result(argv, done.returncode, done.stdout, done.stderr)

    def plan(self, database, *arguments, **environment):
        return self.run("plan", "--database-url", self.url(database), *self.schema_of(arguments), *arguments, **environment)

    def apply(self, database, *arguments, **environment):
        return self.run(
            "apply", "--database-url", self.url(database), *self.schema_of(arguments), "--yes", *arguments, **environment)

    def schema_of(self, arguments):
        """The folder `schema`, unless the test names another or a configuration does."""
        named = "--schema" in arguments or (self.folder / "schemadiff.toml").exists()
        return [] if named else ["--schema", self.folder / "schema"]

    def state(self, database):
        """All that must not change when nothing was to be done: the schema and the rows."""
        return dump.normalise(self.server.dump(database)), rows.count(self.server, database)


def expect(result, code, *words, out=()):
    """The exit code, and every word in what stands on standard error (or, with `out`, on standard output)."""
    if result.code != code:
        raise Failure(f"expected exit code {code}\n{result}")
    for word in words:
        if word.lower() not in result.errors.lower():
            raise Failure(f"expected `{word}` on standard error\n{result}")
    for word in out:
        if word.lower() not in result.out.lower():
            raise Failure(f"expected `{word}` on standard output\n{result}")
    return result


def check(condition, message, result=""):
    if not condition:
        raise Failure(f"{message}\n{result}")


def same_schema(world, database, sql):
    """The database is as one loaded from `sql` alone, by pg_dump's account."""
    other = world.database(sql)
    difference = dump.difference(world.server.dump(database), world.server.dump(other))
    check(not difference, f"the schema differs from the desired one\n{difference}")
