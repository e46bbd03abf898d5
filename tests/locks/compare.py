"""The locks that a step announces against those that it took.

What a plan announces, of relations that are there before it:

- The strongest mode on every table, view, materialized view, foreign table and sequence that stands on its own. An
  announcement on a table holds for its indexes and for the sequences of its columns as well, which are altered and
  dropped with it; a step on one of these alone may name that one instead.
- ACCESS SHARE may be left out: any query takes it, and so does whatever refers to a relation.
- Nothing on the system's own catalogs.

A step may neither take more than it announces, nor announce more than it takes.
"""

import re

MODES = (
    "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE",
    "ACCESS EXCLUSIVE")  # fmt: skip

# What PostgreSQL refuses in a transaction block gives its locks back before they could be read. Of these the manual has
# the lock ("CREATE INDEX", "Building Indexes Concurrently"; "DROP INDEX"); subscriptions are of no relation.
ALONE = (
    (re.compile(r"CREATE (?:UNIQUE )?INDEX CONCURRENTLY .* ON (?:ONLY )?(?P<relation>.*?) USING ", re.DOTALL), "SHARE UPDATE EXCLUSIVE"),
    (re.compile(r"DROP INDEX CONCURRENTLY (?P<relation>.*)", re.DOTALL), "SHARE UPDATE EXCLUSIVE"),
    (re.compile(r"(?:CREATE|ALTER|DROP) SUBSCRIPTION ", re.DOTALL), None),
)


def mismatches(step, observation):
    """A line for every lock that was announced and not taken so, or the reverse."""
    relations = observation.relations
    announced, faults = {}, []
    for lock in step["locks"]:
        relation = relations.by_name(lock["relation"])
        if relation is None:
            faults.append(f"announces {lock['mode']} on {lock['relation']}, which is not there before the plan")
        else:
            announced[relation] = lock["mode"]
    taken = observation.taken
    if step["transaction"] == "none":
        taken = _by_the_manual(step, relations)
        if taken is None:
            return [f"no lock is known for `{step['sql'][0]}`"]
    for relation in sorted({*announced, *taken}, key=relations.name):
        fault = _fault(relations, relation, announced, taken)
        if fault:
            faults.append(fault)
    return faults


def _fault(relations, relation, announced, taken):
    want, got = announced.get(relation), taken.get(relation)
    if want == got or (want is None and got == "ACCESS SHARE"):
        return None
    whole = relations.whole(relation)
    if want is None and whole != relation and _rank(got) <= _rank(announced.get(whole)):
        return None
    return f"takes {got or 'no lock'} on {relations.name(relation)}, announces {want or 'none'}"


def _rank(mode):
    return MODES.index(mode) if mode else -1


def _by_the_manual(step, relations):
    for pattern, mode in ALONE:
        found = pattern.match(step["sql"][0])
        if not found:
            continue
        relation = relations.by_name(found["relation"]) if mode else None
        return {relations.whole(relation): mode} if relation else {}
    return None
