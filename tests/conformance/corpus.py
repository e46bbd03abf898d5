"""The cases of the corpus: what each folder holds, and which cases touch objects of the whole server."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

# Roles, subscriptions, tablespaces and settings belong to the server: two cases with the same name would meet there.
_SERVER_WIDE = re.compile(
    r"\b(?:create|alter|drop|comment\s+on)\s+(?:role|user(?!\s+mapping)|group|subscription|tablespace|database)\b"
    r"|\balter\s+system\b|\bon\s+parameter\b|\b(?:drop|reassign)\s+owned\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Case:
    suite: str
    name: str
    folder: Path
    meta: dict = field(compare=False, hash=False)

    @property
    def id(self):
        return f"{self.suite}/{self.name}"

    @property
    def a(self):
        return self.folder / "a.sql"

    @property
    def b(self):
        return self.folder / "b.sql"

    @property
    def seed(self):
        """Files with rows for state a: one or none."""
        path = self.folder / "seed.sql"
        return [path] if path.exists() else []

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
    meta = folder / "meta.json"
    return Case(folder.parent.name, folder.name, folder, json.loads(meta.read_text()) if meta.exists() else {})


def read_cases(root, suites=(), names=(), sample=1):
    """All cases, or those of the suites, or those named `suite/case`; of these every one whose hash is 0 modulo sample."""
    folders = sorted(path.parent for path in Path(root).resolve().glob("*/*/b.sql"))
    cases = [_load(folder) for folder in folders]
    if suites:
        cases = [case for case in cases if case.suite in suites]
    if names:
        cases = [case for case in cases if case.id in names]
    return [case for case in cases if _stable_hash(case.id) % sample == 0]


def _stable_hash(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
