"""Compares two outputs of `pg_dump --schema-only`, up to the order of statements and of the columns in a table.

Knows nothing of schemadiff: the text is split by a scanner of its own, so that an error in schemadiff's parser cannot
hide itself. All else is compared to the letter.
"""

import difflib
import re

_SCANNER = re.compile(
    r"""
    (?P<comment>--[^\n]*(?:\n|\Z))
  | (?P<block>/\*)
  | (?P<estring>(?<![\w$])[eE]'(?:[^'\\]|\\.|'')*')
  | (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<dollar>(?<![\w$])\$(?P<tag>(?:[A-Za-z_\x80-\uffff][\w]*)?)\$.*?\$(?P=tag)\$)
  | (?P<word>[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*)
  | (?P<meta>(?:(?<=\n)|\A)\\[^\n]*(?:\n|\Z))
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

# Statements that set up the session that reads the dump. Two of them are part of what follows: see _Session.
_PREAMBLE = re.compile(r"(?:SET|RESET)\s|SELECT pg_catalog\.set_config\('search_path'", re.IGNORECASE)
_STORAGE = re.compile(r"SET (default_tablespace|default_table_access_method) = (.*)\Z", re.DOTALL)
_CREATE_TABLE = re.compile(r"CREATE (?:UNLOGGED |FOREIGN )?TABLE ")
_HAS_STORAGE = re.compile(
    r"CREATE (?:UNLOGGED )?TABLE |CREATE MATERIALIZED VIEW |CREATE (?:UNIQUE )?INDEX |ALTER TABLE .* ADD CONSTRAINT ", re.DOTALL)


def tokens(text):
    """Yields (kind, text) for the whole text; the pieces joined give the text again."""
    position = 0
    while position < len(text):
        match = _SCANNER.match(text, position)
        kind = match.lastgroup if match.lastgroup != "tag" else "dollar"
        end = _block_comment_end(text, position) if kind == "block" else match.end()
        yield kind, text[position:end]
        position = end


def _block_comment_end(text, start):
    depth, position = 0, start
    for match in re.finditer(r"/\*|\*/", text[start:]):
        depth += 1 if match.group() == "/*" else -1
        position = start + match.end()
        if depth == 0:
            return position
    return len(text)


def split_statements(text):
    """The statements of a dump, without comments, psql's own commands and the final semicolon."""
    statements, current = [], []
    parens, block = 0, 0  # open parentheses; open BEGIN ATOMIC and CASE, whose statements end in semicolons too
    previous = ""
    for kind, piece in tokens(text):
        if kind in ("comment", "block") or (kind == "meta" and not "".join(current).strip()):
            continue
        if kind == "word":
            word = piece.upper()
            if word == "ATOMIC" and previous == "BEGIN":
                block += 1
            elif word == "CASE" and block:
                block += 1
            elif word == "END" and block:
                block -= 1
            previous = word
        elif kind == "other":
            parens += (piece == "(") - (piece == ")")
            previous = piece
            if piece == ";" and parens <= 0 and block == 0:
                statements.append("".join(current).strip())
                current, parens = [], 0
                continue
        elif kind != "space":
            previous = ""
        current.append(piece)
    rest = "".join(current).strip()
    return [s for s in statements + [rest] if s]


class _Session:
    """Settings of a dump that decide where the next relation is stored; pg_dump writes them only when they change."""

    def __init__(self):
        self.values = {"default_tablespace": "''", "default_table_access_method": "heap"}

    def absorb(self, statement):
        storage = _STORAGE.match(statement)
        if storage:
            self.values[storage.group(1)] = storage.group(2)

    def prefix(self, statement):
        if not _HAS_STORAGE.match(statement):
            return ""
        parts = []
        if self.values["default_tablespace"] != "''":
            parts.append(f"/* tablespace {self.values['default_tablespace']} */ ")
        method = self.values["default_table_access_method"]
        # Written for tables and materialized views alone; a partitioned table keeps whatever came before.
        has_method = _CREATE_TABLE.match(statement) and "PARTITION BY" not in statement or "MATERIALIZED" in statement
        if has_method and method not in ("heap", "''"):
            parts.append(f"/* access method {method} */ ")
        return "".join(parts)


def _sort_columns(statement):
    """CREATE TABLE with what stands between its outer parentheses sorted, one item a line."""
    head, items, tail, current = [], [], [], []
    depth, state = 0, "head"
    for kind, piece in tokens(statement):
        opens, closes = kind == "other" and piece in "([", kind == "other" and piece in ")]"
        if state == "tail":
            tail.append(piece)
        elif state == "head":
            head.append(piece)
            if opens and piece == "(":
                depth, state = 1, "items"
            elif kind == "word" and piece in ("AS", "OF"):  # a typed table has no columns of its own
                return statement
        elif closes and depth == 1:
            state = "tail"
            tail.append(piece)
        elif kind == "other" and piece == "," and depth == 1:
            items.append("".join(current).strip())
            current = []
        else:
            depth += opens - closes
            current.append(piece)
    items.append("".join(current).strip())
    if state != "tail":
        return statement
    body = "".join(f"\n    {item}," for item in sorted(i for i in items if i))
    return "".join(head) + body + "\n" + "".join(tail)


def normalise(text):
    """The dump's statements in their comparable form, sorted; duplicates are kept."""
    session, result = _Session(), []
    for statement in split_statements(text):
        if _PREAMBLE.match(statement):
            session.absorb(statement)
            continue
        prefix = session.prefix(statement)
        if _CREATE_TABLE.match(statement):
            statement = _sort_columns(statement)
        result.append(prefix + statement)
    return sorted(result)


def difference(actual, desired):
    """A unified diff of two dumps, empty when they describe the same schema."""
    left, right = normalise(actual), normalise(desired)
    if left == right:
        return ""
    lines = [[line for s in side for line in (s + ";").split("\n")] for side in (left, right)]
    diff = difflib.unified_diff(*lines, "after apply", "desired", n=2, lineterm="")
    return "\n".join(diff) or "the dumps differ in nothing but their line structure"


def signature(actual, desired):
    """One line that says what kinds of statements differ, to group failures by."""
    left, right = normalise(actual), normalise(desired)
    extra, missing = _without(left, right), _without(right, left)
    changed = sorted({_kind(s) for s in extra} & {_kind(s) for s in missing})
    if any(not kind.endswith("OWNER TO") for kind in map(_kind, extra + missing)):  # an owner comes with its object
        extra, missing = ([s for s in side if not _kind(s).endswith("OWNER TO")] for side in (extra, missing))
        changed = [kind for kind in changed if not kind.endswith("OWNER TO")]
    groups = (
        ("changed", changed),
        ("extra", sorted({_kind(s) for s in extra} - set(changed))),
        ("missing", sorted({_kind(s) for s in missing} - set(changed))),
    )
    return "; ".join(f"{word} {', '.join(kinds)}" for word, kinds in groups if kinds)


def _without(left, right):
    rest, result = list(right), []
    for statement in left:
        if statement in rest:
            rest.remove(statement)
        else:
            result.append(statement)
    return result


def _kind(statement):
    """The words in capitals: `ALTER TABLE ONLY public.t ADD CONSTRAINT x` gives `ALTER TABLE ONLY ADD CONSTRAINT`."""
    words = [p for k, p in tokens(statement[:400]) if k == "word"]
    capitals = [w for w in words if w.isupper() and len(w) > 1]
    return " ".join(capitals[: 2 if capitals[:1] == ["CREATE"] else 5]) or statement[:40]
