"""What a run prints, and the file of failures that it leaves."""

import json
import re
from collections import Counter, defaultdict

import judge
import known


class Tally:
    """Sorts the outcomes of a run into passed, failed, known and stale, against the list of known failures."""

    def __init__(self, outcomes, entries, major, listed_in):
        self.listed_in = listed_in
        self.outcomes = sorted(outcomes, key=lambda o: o.case.id)
        self.major = major
        self.skipped = [o for o in self.outcomes if o.verdict == judge.SKIPPED]
        listed = {o.case.id: known.find(entries, o.case.id, major) for o in self.outcomes}
        failed = [o for o in self.outcomes if o.verdict == judge.FAILED]
        self.known = [(o, listed[o.case.id]) for o in failed if listed[o.case.id]]
        self.failed = [o for o in failed if not listed[o.case.id]]
        passed = [o for o in self.outcomes if o.verdict == judge.PASSED]
        self.stale = [o for o in passed if listed[o.case.id]]
        self.passed = [o for o in passed if not listed[o.case.id]]

    @property
    def failures(self):
        """All that fails the run: new failures, and listed cases that pass."""
        return len(self.failed) + len(self.stale)


def print_report(tally, summary=False):
    _print_suites(tally)
    if tally.skipped:
        print("\nskipped, as this server cannot load the files:")
        for reason, count in Counter(_generic(o.note) for o in tally.skipped).most_common(12):
            print(f"  {count:5}  {reason}")
    if summary:
        print_summary(tally)
    for outcome in tally.failed:
        print(f"FAILED {outcome.case.id}: " + "; ".join(f"{c}: {m}" for c, m in outcome.failures))
    for outcome in tally.stale:
        print(f"FAILED {outcome.case.id}: passes on {tally.major}, but is listed as a known failure; remove its line")
    print()
    if tally.known:
        print(f"{len(tally.known)} known failures, which still fail ({tally.listed_in})")
    print(f"{len(tally.passed)} passed, {tally.failures} failed, {len(tally.skipped)} skipped")


def _print_suites(tally):
    suites = defaultdict(Counter)
    for outcome in tally.outcomes:
        suites[outcome.case.suite][outcome.verdict] += 1
    total = sum(suites.values(), Counter())
    print(f"\nPostgreSQL {tally.major}\n{'suite':<18}{'passed':>8}{'failed':>8}{'skipped':>9}{'rate':>9}")
    for name, counts in [*sorted(suites.items()), ("all", total)]:
        run = counts[judge.PASSED] + counts[judge.FAILED]
        rate = f"{100 * counts[judge.PASSED] / run:.1f} %" if run else "-"
        print(f"{name:<18}{counts[judge.PASSED]:>8}{counts[judge.FAILED]:>8}{counts[judge.SKIPPED]:>9}{rate:>9}")


def print_summary(tally):
    """Groups failures, known ones too, by class and by what the message says apart from names."""
    groups = defaultdict(list)
    for outcome in [*tally.failed, *(o for o, _ in tally.known)]:
        for name, message in outcome.failures[:1]:
            groups[name, _generic(message)].append(outcome.case.id)
    print("\nfailures by class:")
    for name, count in Counter(name for name, _ in groups for _ in groups[name, _]).most_common():
        print(f"  {count:5}  {name}")
    print("\nfailures by cause:")
    for (name, message), cases in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"  {len(cases):5}  {name}: {message[:180]}")
        print(f"         {', '.join(cases[:3])}{', ...' if len(cases) > 3 else ''}")


def _generic(message):
    """The message without what differs from case to case: file positions, names, numbers."""
    message = re.sub(r"\S*/(?:a|b|seed)\.sql(?::\d+)*:?", "FILE", message)
    message = re.sub(r"`[^`]*`", "`...`", message)
    message = re.sub(r'"[^"]*"', '"..."', message)
    message = re.sub(r"'[^']*'", "'...'", message)
    return re.sub(r"\d+", "N", message)


def write_failures(path, tally):
    """One JSON object a line for each case that failed, known or not."""
    reasons = {o.case.id: entry.reason for o, entry in tally.known}
    with open(path, "w", encoding="utf-8") as out:
        for outcome in sorted([*tally.failed, *(o for o, _ in tally.known)], key=lambda o: o.case.id):
            record = {
                "case": outcome.case.id,
                "major": tally.major,
                "class": outcome.failures[0][0],
                "message": outcome.failures[0][1],
                "failures": [{"class": c, "message": m} for c, m in outcome.failures],
                "known": reasons.get(outcome.case.id),
                "seconds": round(outcome.seconds, 2),
                **outcome.details,
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
