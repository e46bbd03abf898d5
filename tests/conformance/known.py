"""The list of known failures: `suite/case  majors-or-*  reason`, a line each."""

from dataclasses import dataclass


class KnownError(Exception):
    """A line that cannot be read."""


@dataclass(frozen=True)
class Known:
    case: str
    majors: frozenset | None  # None: all
    reason: str

    def holds_on(self, major):
        return self.majors is None or major in self.majors


def parse(text):
    """Gives {case: [entries]}; empty lines and lines that begin with # are passed over."""
    result = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(None, 2)
        if len(parts) < 3:
            raise KnownError(f"known_failures.txt:{number}: expected `suite/case majors reason`, found `{line}`")
        try:
            majors = None if parts[1] == "*" else frozenset(int(m) for m in parts[1].split(","))
        except ValueError:
            raise KnownError(f"known_failures.txt:{number}: `{parts[1]}` is neither `*` nor majors such as `14,15`") from None
        result.setdefault(parts[0], []).append(Known(parts[0], majors, parts[2]))
    return result


def find(known, case, major):
    """The entry that excuses a case on a major, or None."""
    return next((entry for entry in known.get(case, []) if entry.holds_on(major)), None)
