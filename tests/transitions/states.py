"""The states of the small schemas in this folder.

A file holds the states of one schema, each after a line `-- state`; `-- from 15` in its head is the first version that
knows what it is about.
"""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent


def read(text):
    """The states, after the empty one, and the first version."""
    head, *parts = re.split(r"^-- state\b.*$", text, flags=re.MULTILINE)
    version = re.search(r"^-- from (\d+)", head, flags=re.MULTILINE)
    return [""] + parts, int(version[1]) if version else 0


def read_all():
    """Gives the name, the states and the first version of each schema."""
    for path in sorted(HERE.glob("*.sql")):
        yield path.stem, *read(path.read_text())
