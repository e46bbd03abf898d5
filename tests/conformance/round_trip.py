"""Judges `dump`: from the files that it writes a plan is empty, and a database made from them is the same one."""

import tempfile
from pathlib import Path

from judge import FAILED, PASSED, SKIPPED, Judge, Outcome, desired_by, first_error


class RoundTripJudge(Judge):
    """Dumps the desired state of each case."""

    def _judge(self, case, a, b):
        self._create(a, b)
        self._create_roles(case)
        code, errors = self.desired.load(b, case.b)
        if code != 0:
            return Outcome(case, SKIPPED, note=first_error(errors))
        outcome = Outcome(case, PASSED)
        with tempfile.TemporaryDirectory(prefix="sd-dump-") as name:
            folder = Path(name) / "schema"
            run = self._run("dump", self.desired.url(b), "--out", str(folder))
            outcome.details["stderr"] = run.errors[-4000:]
            if run.code != 0:
                outcome.failures.append(("dump-error", first_error(run.errors)))
            else:
                folder.mkdir(exist_ok=True)  # of a database that holds nothing
                self._check_plan(folder, self.desired.url(b), outcome, "second-plan-not-empty")
                if not any("'***'" in file.read_text() for file in folder.rglob("*.sql")):  # secrets cannot be made
                    self._copy_roles(b)
                    applied = self._run("apply", self.live.url(a), *desired_by(folder), "--allow", "all", "--yes")
                    self._check_apply(applied, outcome)
                    self._check_dump(a, b, outcome)
        if outcome.failures:
            outcome.verdict = FAILED
        return outcome

    def _copy_roles(self, database):
        """Roles belong to the whole server: as with pg_dump, they are there before."""
        if self.live is self.desired:
            return
        _, roles, _ = self.desired.sql(database, _ROLES)
        _, present, _ = self.live.sql("postgres", _ROLES)
        missing = [role for role in roles.splitlines() if role not in present.splitlines()]
        if missing:
            self.live.sql("postgres", *missing)


_ROLES = """SELECT format('CREATE ROLE %I', rolname) || CASE WHEN rolsuper THEN ' SUPERUSER' ELSE '' END
FROM pg_roles WHERE oid >= 16384"""
