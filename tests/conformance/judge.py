"""Runs one case: loads both states, applies, and judges the outcome by pg_dump, by a second plan and by the rows. A plan for
a database that was made from the desired state alone is empty too."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field

import dump
import rows

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
REFUSALS = (1, 3, 65)
CRASHES = (132, 133, 134, 135, 136, 137, 139)  # 128 + signal: what a shell makes of a killed process


@dataclass
class Run:
    """One call of schemadiff."""

    code: int | None  # None: it did not end in time
    out: str
    errors: str

    @property
    def crashed(self):
        # A sanitizer ends the process with an exit code of its own.
        return self.code is not None and (
            self.code < 0 or self.code in CRASHES or "Sanitizer" in self.errors or "runtime error:" in self.errors)


@dataclass
class Outcome:
    case: object
    verdict: str
    failures: list = field(default_factory=list)  # class and message of each; the first is the worst
    details: dict = field(default_factory=dict)
    seconds: float = 0.0
    note: str = ""


class Judge:
    """Judges cases with the desired state on one server and the live state on the same or another one."""

    def __init__(self, schemadiff, live, desired, timeout=60, keep=False):
        self.schemadiff = str(schemadiff)
        self.live, self.desired = live, desired
        self.timeout, self.keep = timeout, keep
        self.stopped, self.running = False, set()

    def stop(self):
        """Ends what runs, from another thread; databases are left to whoever stops the server."""
        self.stopped = True
        for process in list(self.running):
            _kill(process)

    def judge(self, case, number):
        """Never raises: whatever goes wrong outside schemadiff is an outcome of class `runner-error`."""
        started = time.monotonic()
        a, b = f"case_{number}_a", f"case_{number}_b"
        try:
            outcome = self._judge(case, a, b)
        except Exception as error:  # the run goes on with the other cases
            outcome = Outcome(case, FAILED, [("runner-error", f"{type(error).__name__}: {error}")])
        if not self.keep and not self.stopped:
            self._drop(self.live, a)
            self._drop(self.desired, b)
        outcome.seconds = time.monotonic() - started
        return outcome

    def _prepare(self, case, a, b):
        """Makes both databases; gives the outcome to fill in, or one that skips a case that the server cannot load."""
        self._create(a, b)
        self._create_roles(case)
        for server, database, files in ((self.live, a, [case.a, *case.seed]), (self.desired, b, [case.b])):
            code, errors = server.load(database, *files)
            if code != 0:
                return Outcome(case, SKIPPED, note=first_error(errors))
        return Outcome(case, PASSED)

    def _judge(self, case, a, b):
        outcome = self._prepare(case, a, b)
        if outcome.verdict == SKIPPED:
            return outcome
        before = self._rows(a)
        if case.meta.get("expect_empty") and not self._check_plan(case.b, self.live.url(a), outcome, "first-plan-not-empty"):
            outcome.verdict = FAILED
        applied = self._run("apply", self.live.url(a), *desired_by(case.b), "--allow", "all", "--yes")
        if case.meta.get("peer_refuses") and applied.code in REFUSALS and applied.errors.strip() and not applied.crashed:
            outcome.note = "refused: " + _message(applied)
            return outcome
        self._check_apply(applied, outcome)
        self._check_rows(before, a, outcome)
        if applied.code == 0:
            if not case.meta.get("names_may_differ"):
                self._check_dump(a, b, outcome)
            self._check_plan(case.b, self.live.url(a), outcome, "second-plan-not-empty")
        self._check_plan(case.b, self.desired.url(b), outcome, "itself-differs")
        if outcome.failures:
            outcome.verdict = FAILED
        if self.keep:
            outcome.note += f"\n    live:    {self.live.url(a)}\n    desired: {self.desired.url(b)}"
        return outcome

    def _check_apply(self, run, outcome):
        outcome.details.update(exit_code=run.code, stderr=run.errors[-4000:])
        if run.code is None:
            outcome.failures.append(("hang", f"`apply` did not end within {self.timeout} s"))
        elif run.crashed:
            outcome.failures.append(("crash", _message(run)))
        elif run.code == 3:
            outcome.failures.append(("refused", _message(run)))
        elif run.code != 0:
            outcome.failures.append(("apply-error", _message(run)))

    def _check_rows(self, before, database, outcome):
        lost = rows.losses(before, self._rows(database))
        if lost:
            outcome.failures.append(("rows-lost", lost[0]))
            outcome.details["rows"] = lost

    def _check_dump(self, a, b, outcome):
        actual, desired = self.live.dump(a), self.desired.dump(b)
        diff = dump.difference(actual, desired)
        if diff:
            outcome.failures.append(("dump-differs", dump.signature(actual, desired)))
            outcome.details["diff"] = diff

    def _check_plan(self, schema, url, outcome, name):
        """A plan that must be empty."""
        run = self._run("plan", url, *desired_by(schema), "--exit-code")
        if run.code == 0 and not run.crashed:
            return True
        if run.code is None:
            failure = ("hang", f"`plan` did not end within {self.timeout} s")
        elif run.crashed:
            failure = ("crash", _message(run))
        elif run.code == 2:
            failure = (name, _first_statement(run.out))
        else:
            failure = (name, f"`plan` failed with exit code {run.code}: {_message(run)}")
        outcome.failures.append(failure)
        outcome.details[name] = (run.out + run.errors)[-8000:]
        return False

    def _rows(self, database):
        return rows.count(self.live, database)

    def _run(self, command, url, *options):
        return self._call(command, "--database-url", url, *options)

    def _call(self, *arguments):
        process = subprocess.Popen(
            [self.schemadiff, *arguments], cwd=self.live.folder, env=self.live.environment, start_new_session=True, text=True,
            errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        self.running.add(process)
        try:
            out, errors = process.communicate(timeout=self.timeout)
            return Run(process.returncode, out, errors)
        except subprocess.TimeoutExpired:
            _kill(process)
            out, errors = process.communicate()
            return Run(None, out, errors)
        finally:
            self.running.discard(process)

    def _create(self, a, b):
        create = "CREATE DATABASE {} TEMPLATE template0"
        if self.live is self.desired:
            _must(self.live.sql("postgres", create.format(a), create.format(b)))
        else:
            _must(self.live.sql("postgres", create.format(a)))
            _must(self.desired.sql("postgres", create.format(b)))

    def _create_roles(self, case):
        for server in {id(s): s for s in (self.live, self.desired)}.values():
            if case.roles:
                _must(server.sql("postgres", *(f"CREATE ROLE {role}" for role in case.roles)))

    def _drop(self, server, database):
        code, _, errors = server.sql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        if code != 0 and "subscription" in errors:  # each has to let go of its (never created) slot first
            server.sql(database, script=_DROP_SUBSCRIPTIONS)
            server.sql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def desired_by(schema):
    """The options that name what a database is to be brought to, everything managed and nothing unknown."""
    return "--schema", str(schema), "--manage", "all", "--strict"


_DROP_SUBSCRIPTIONS = r"""
SELECT format('ALTER SUBSCRIPTION %I DISABLE', s.subname), format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', s.subname),
       format('DROP SUBSCRIPTION %I', s.subname)
FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()
\gexec
"""

_DROP_ROLES = r"""
SELECT format('DROP OWNED BY %I', rolname) FROM pg_roles WHERE oid >= 16384
\gexec
SELECT 'DROP ROLE ' || string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE oid >= 16384 HAVING count(*) > 0
\gexec
"""


def clean_roles(server):
    """Drops all roles of a server whose case databases are gone; False when something holds one."""
    code, _, _ = server.sql("postgres", script=_DROP_ROLES)
    _, left, _ = server.sql("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'case%'")
    return code == 0 and not left.strip()


def _kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _must(result):
    code, _, errors = result
    if code != 0:
        raise RuntimeError(errors.strip())


def first_error(errors):
    """The first ERROR that psql reported, without the file it was in."""
    for line in errors.splitlines():
        for word in ("ERROR:", "FATAL:", "error:"):
            if word in line:
                return line[line.index(word) :]
    return errors.strip().splitlines()[0] if errors.strip() else "psql failed without a message"


def _message(run):
    lines = [line for line in run.errors.splitlines() if line.strip()]
    sanitizer = [line for line in lines if "Sanitizer" in line or "runtime error:" in line]
    chosen = sanitizer[:1] or [line for line in lines if "error" in line.lower()][:1] or lines[:1]
    return chosen[0].strip() if chosen else f"exit code {run.code} without a message"


def _first_statement(text):
    words = ("CREATE ", "ALTER ", "DROP ", "COMMENT ", "GRANT ", "REVOKE ", "REFRESH ", "SELECT ", "UPDATE ", "SET ")
    for line in text.splitlines():
        if line.strip().startswith(words):
            return line.strip()
    return text.strip().splitlines()[0] if text.strip() else "a plan without text"
