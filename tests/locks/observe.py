"""Runs the steps of a plan one after another as `apply` would, and reads the locks that each holds before it commits."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

from compare import MODES

# As `apply` sets its session up.
SESSION = """\
SET search_path = {search_path}; SET check_function_bodies = off; SET client_min_messages = warning;
SELECT max(oid) AS newest FROM pg_class
\\gset
"""

# Relations that were there before the plan, and what they are part of: indexes and the sequences of columns.
RELATIONS = """\
SELECT 'relation', c.oid, coalesce(i.indrelid, d.refobjid, c.oid), format('%I.%I', n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
  AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S'
WHERE c.oid BETWEEN 16384 AND :newest AND n.nspname <> 'pg_toast';
"""

LOCKS = """\
SELECT 'lock', relation, mode FROM pg_locks
WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relation BETWEEN 16384 AND :newest;
"""

MARK = "\x1e"  # Before what is ours: statements of the plan may print too.


class Unplanned(Exception):
    """There is no plan, or one of its steps failed."""


class Relations:
    """The relations that were there before the plan, as they are called before a step."""

    def __init__(self, rows):
        self._names = {oid: name for oid, _, name in rows}
        self._wholes = {oid: whole for oid, whole, _ in rows}
        self._oids = {name: oid for oid, name in self._names.items()}

    def __contains__(self, oid):
        return oid in self._names

    def name(self, oid):
        return self._names[oid]

    def by_name(self, name):
        return self._oids.get(name)

    def whole(self, oid):
        return self._wholes[oid]


@dataclass
class Observation:
    relations: Relations
    taken: dict  # OID and strongest mode


def plan_to(server, schemadiff, database, options):
    """The plan as JSON has it; raises Unplanned."""
    argv = [schemadiff, "plan", "--database-url", server.url(database), "--format", "json", *options]
    code, out, errors = server.client(argv, None, 60)
    if code != 0:
        raise Unplanned(errors.strip())
    return json.loads(out)


def observe(server, database, plan):
    """An observation for each step; raises Unplanned when one fails."""
    script = [SESSION.format(search_path=plan["search_path"])]
    for step in plan["steps"]:
        in_block = step["transaction"] != "none"
        statements = "".join(f"{_runnable(sql)}\n;\n" for sql in step["sql"])
        body = f"BEGIN;\n{statements}{LOCKS}COMMIT;\n" if in_block else statements
        script.append(f"\\echo '{MARK}'\n{RELATIONS}{body}")
    code, out, errors = server.sql(database, script="".join(script))
    observations = [_read(text) for text in out.split(MARK)[1:]]
    if code != 0:
        step = plan["steps"][len(observations) - 1] if observations else None
        raise Unplanned(f"{errors.strip()}\n{'; '.join(step['sql']) if step else ''}")
    return observations


def _runnable(sql):
    """Plans show *** for a secret; where a connection string is wanted, it has to be one."""
    return sql.replace("CONNECTION '***'", "CONNECTION 'dbname=hidden'")


def _read(text):
    rows = [line.split("\t") for line in text.splitlines()]
    relations = Relations([(row[1], row[2], row[3]) for row in rows if row[0] == "relation" and len(row) == 4])
    taken = defaultdict(list)
    for row in rows:
        if row[0] == "lock" and len(row) == 3 and row[1] in relations:
            taken[row[1]].append(_mode(row[2]))
    return Observation(relations, {oid: max(modes, key=MODES.index) for oid, modes in taken.items()})


def _mode(name):
    """`AccessShareLock` as the manual spells it."""
    return " ".join(re.findall("[A-Z][a-z]+", name.removesuffix("Lock"))).upper()
