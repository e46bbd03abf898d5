"""Judges `diff`, which asks no server: what it plans between two states is what brings a database made from the first to
the second, and a state does not differ from itself."""

import tempfile
from pathlib import Path

from judge import FAILED, REFUSALS, SKIPPED, Judge, Run, _first_statement, _message, first_error


class DiffJudge(Judge):
    """Plans from a.sql to b.sql without a database, and has psql execute the plan in one made from a.sql."""

    def _judge(self, case, a, b):
        outcome = self._prepare(case, a, b)
        if outcome.verdict == SKIPPED:
            return outcome
        for state in (case.a, case.b):
            self._check_empty(state, state, outcome, "itself-differs")
        if case.meta.get("expect_empty"):
            self._check_empty(case.a, case.b, outcome, "first-plan-not-empty")
        planned = self._diff(case.a, case.b, "--format", "sql")
        refused = planned.code in REFUSALS and planned.errors.strip() and not planned.crashed
        if refused and case.meta.get("peer_refuses") and not outcome.failures:
            outcome.note = "refused: " + _message(planned)
            return outcome
        outcome.details["stderr"] = planned.errors[-4000:]
        if planned.code != 0:
            outcome.failures.append(("crash" if planned.crashed else "diff-error", _message(planned)))
        elif "'***'" not in planned.out:  # secrets cannot be made
            self._execute(case, planned.out, a, b, outcome)
        if outcome.failures:
            outcome.verdict = FAILED
        return outcome

    def _execute(self, case, sql, a, b, outcome):
        before = self._rows(a)
        with tempfile.TemporaryDirectory(prefix="sd-diff-") as folder:
            script = Path(folder) / "plan.sql"
            script.write_text(sql)
            code, errors = self.live.load(a, script)
        if code != 0:
            outcome.failures.append(("psql-error", first_error(errors)))
            outcome.details["first-plan-not-empty"] = sql[-8000:]
            return
        self._check_rows(before, a, outcome)
        if not case.meta.get("names_may_differ"):
            self._check_dump(a, b, outcome)
            if outcome.failures:
                outcome.details["first-plan-not-empty"] = sql[-8000:]

    def _check_empty(self, one, other, outcome, name):
        run = self._diff(one, other, "--exit-code")
        if run.code == 0 and not run.crashed:
            return
        outcome.failures.append((name, _first_statement(run.out) if run.code == 2 else _message(run)))
        outcome.details["second-plan-not-empty"] = (run.out + run.errors)[-8000:]

    def _diff(self, one, other, *options) -> Run:
        states = ("--from", str(one), "--to", str(other), "--manage", "all", "--postgres-version", str(self.live.major))
        return self._call("diff", *states, *options)
