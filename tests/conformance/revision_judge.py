"""Judges the revision workflow: files made from the states alone bring a database up, down and up again, and what they
come to in memory is what the database says."""

import tempfile
from pathlib import Path

import dump
from judge import FAILED, REFUSALS, SKIPPED, Judge, _first_statement, _message


class RevisionJudge(Judge):
    """Writes a revision for each state; the database made from a.sql is stamped with the first, and runs the second."""

    def _judge(self, case, a, b):
        outcome = self._prepare(case, a, b)
        if outcome.verdict == SKIPPED:
            return outcome
        with tempfile.TemporaryDirectory(prefix="sd-revisions-") as name:
            self._run_through(case, a, b, name, outcome)
            if outcome.failures:
                outcome.verdict = FAILED
                files = sorted(Path(name).glob("*.sql"), key=lambda path: path.name)
                outcome.details["first-plan-not-empty"] = "\n".join(file.read_text() for file in files[-2:])[-12000:]
        return outcome

    def _run_through(self, case, a, b, folder, outcome):
        def revise(schema, *options):
            return self._call("revision", "--revisions", folder, "--schema", str(schema), "--manage", "all",
                              "--postgres-version", str(self.live.major), *options)  # fmt: skip

        first = self._must_pass(outcome, "revision-error", revise(case.a, "-m", "a"))
        if not first:
            return
        first_id = Path(first.out.split()[0]).name[:19] if first.out else "base"
        self._must_be_empty(outcome, "first-replay-differs", revise(case.a, "--check"))
        if first.out and not self._must_pass(outcome, "stamp-error", self._revisions("stamp", a, folder, "head")):
            return
        second = revise(case.b, "-m", "b")
        if case.meta.get("peer_refuses") and second.code in REFUSALS and not second.crashed:
            outcome.note = "refused: " + _message(second)
            return
        if not self._must_pass(outcome, "revision-error", second):
            return
        outcome.details["stderr"] = second.errors
        self._must_be_empty(outcome, "second-replay-differs", revise(case.b, "--check"))
        if "nothing to do" in second.errors or any("'***'" in file.read_text() for file in Path(folder).glob("*.sql")):
            return
        self._up_and_down(case, a, b, folder, first_id, outcome)

    def _up_and_down(self, case, a, b, folder, first_id, outcome):
        before, rows_before = self.live.dump(a, "-N", "schemadiff"), self._rows(a)
        names_may_differ = case.meta.get("names_may_differ")
        upgraded = self._revisions("upgrade", a, folder, "--allow", "all", "--yes")
        if case.meta.get("peer_refuses") and upgraded.code in REFUSALS and not upgraded.crashed:
            outcome.note = "refused: " + _message(upgraded)
            return
        if not self._must_pass(outcome, "upgrade-error", upgraded):
            return
        if not names_may_differ:
            self._same(self.live.dump(a, "-N", "schemadiff"), self.desired.dump(b), "upgrade-differs", outcome)
        replayed = self._call("diff", "--revisions", folder, "--from", self.live.url(a), "--to", "head", "--manage", "all",
                              "--exit-code")  # fmt: skip
        self._must_be_empty(outcome, "replay-is-not-the-database", replayed)
        down = next(iter(sorted(Path(folder).glob("*_b.down.sql"))), None)
        if down is None:
            outcome.failures.append(("no-way-back", outcome.details["stderr"].strip()[-300:]))
            return
        up_text = next(iter(Path(folder).glob("*_b.sql"))).read_text()
        if not self._must_pass(outcome, "downgrade-error", self._revisions("downgrade", a, folder, first_id, "--allow", "all", "--yes")):
            return
        self._same(self.live.dump(a, "-N", "schemadiff"), before, "downgrade-differs", outcome)
        if "irreversible" not in up_text + down.read_text():
            self._check_rows(rows_before, a, outcome)
        if not self._must_pass(outcome, "upgrade-again-error", self._revisions("upgrade", a, folder, "--allow", "all", "--yes")):
            return
        if not names_may_differ:
            self._same(self.live.dump(a, "-N", "schemadiff"), self.desired.dump(b), "upgrade-again-differs", outcome)

    def _revisions(self, command, database, folder, *options):
        return self._call(command, *options, "--revisions", folder, "--database-url", self.live.url(database))

    def _same(self, actual, wanted, failure, outcome):
        diff = dump.difference(actual, wanted)
        if diff:
            outcome.failures.append((failure, dump.signature(actual, wanted)))
            outcome.details.setdefault("diff", diff)

    def _must_pass(self, outcome, failure, run):
        if run.code == 0 and not run.crashed:
            return run
        name = "hang" if run.code is None else "crash" if run.crashed else failure
        outcome.failures.append((name, _message(run)))
        outcome.details["stderr"] = run.errors[-4000:]
        return None

    def _must_be_empty(self, outcome, failure, run):
        if run.code == 0 and not run.crashed:
            return
        outcome.failures.append((failure, _first_statement(run.out) if run.out else run.errors.strip()[-300:]))
        outcome.details["second-plan-not-empty"] = (run.out + run.errors)[-6000:]
