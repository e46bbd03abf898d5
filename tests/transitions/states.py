"""The states of the small schemas in this folder.

A file holds the states of one schema, each after a line `-- state`. In its head, `-- from 15` is the first version that
knows what it is about, and `-- without locks: REASON` says why the locks of its plans are not compared.
"""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class States:
    """Of one schema, the empty one first."""

    name: str
    parts: list
    version: int
    compares_locks: bool


def read(name, text):
    head, *parts = re.split(r"^-- state\b.*$", text, flags=re.MULTILINE)
    version = re.search(r"^-- from (\d+)", head, flags=re.MULTILINE)
    without_locks = re.search(r"^-- without locks: ", head, flags=re.MULTILINE)
    return States(name, ["", *parts], int(version[1]) if version else 0, not without_locks)


def read_all():
    return [read(path.stem, path.read_text()) for path in sorted(HERE.glob("*.sql"))]
