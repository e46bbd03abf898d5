"""The cases of the corpus: what each folder holds, and which cases touch objects of the whole server."""

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

# Roles, subscriptions, tablespaces and settings belong to the server: two cases with the same name would meet there.
_SERVER_WIDE = re.compile(
    r"\b(?:create|alter|drop|comment\s+on)\s+(?:role|user(?!\s+mapping)|group|subscription|tablespace|database)\b"
    r"|\balter\s+system\b|\bon\s+parameter\b|\b(?:drop|reassign)\s+owned\b", re.IGNORECASE)  # fmt: skip


PAIRINGS = ("given", "swapped", "neighbours")


@dataclass(frozen=True)
class Case:
    suite: str
    name: str
    a: Path
    b: Path
    seed: list = field(compare=False, hash=False)  #: Files with rows for state a: one or none.
    meta: dict = field(compare=False, hash=False)

    @property
    def id(self):
        return f"{self.suite}/{self.name}"

    @property
    def roles(self):
        """Names as they stand in SQL, quoted where they need it. PUBLIC is not a role."""
        return [role for role in self.meta.get("roles", []) if role.upper() != "PUBLIC"]

    def min_version(self):
        return int(float(self.meta.get("min_version", 0)))

    def is_server_wide(self):
        return bool(self.roles) or any(map(is_server_wide, [self.a, self.b, *self.seed]))


def is_server_wide(file):
    """Whether a file of SQL touches what belongs to the whole server."""
    return bool(_SERVER_WIDE.search(file.read_text(errors="replace")))


def _load(folder):
    meta, seed = folder / "meta.json", folder / "seed.sql"
    return Case(folder.parent.name, folder.name, folder / "a.sql", folder / "b.sql", [seed] if seed.exists() else [],
                json.loads(meta.read_text()) if meta.exists() else {})  # fmt: skip


def _with_states(case, first, last):
    """The case from the one's state a to the other's b, without rows: what is true of the pair alone goes."""
    roles = sorted({role for one in (first, last) for role in one.meta.get("roles", [])})
    version = max((one.meta.get("min_version", "0") for one in (first, last)), key=float)
    return replace(case, a=first.a, b=last.b, seed=[], meta={"roles": roles, "min_version": version})


def _paired(cases, pairing):
    if pairing == "swapped":
        return [_with_states(case, replace(case, a=case.b), replace(case, b=case.a)) for case in cases]
    if pairing == "neighbours":
        following = dict(zip(cases, [*cases[1:], *cases[:1]], strict=True))
        return [_with_states(case, case, following[case]) for case in cases if following[case].suite == case.suite]
    return cases


def read_cases(root, suites=(), names=(), sample=1, pairing="given"):
    """All cases, or those of the suites, or those named `suite/case`; of these every one whose hash is 0 modulo sample.
    pairing: also from each state b to a, or to state b of the suite's next case, which mostly is about the same kind of
    object and has another schema."""
    folders = sorted(path.parent for path in Path(root).resolve().glob("*/*/b.sql"))
    cases = _paired([_load(folder) for folder in folders], pairing)
    if suites:
        cases = [case for case in cases if case.suite in suites]
    if names:
        cases = [case for case in cases if case.id in names]
    return [case for case in cases if _stable_hash(case.id) % sample == 0]


def _stable_hash(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
