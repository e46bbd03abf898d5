"""Random expressions over the columns of a table, typed, as people write them: not as PostgreSQL stores them.

Not every one is valid: the server judges that. All that is used is immutable, so that an expression may stand anywhere.
"""

import re

# What every table has, and constants of the same type in the spellings that people use.
COLUMNS = {
    "n": "integer", "m": "bigint", "q": "numeric(10,2)", "f": "double precision", "s": "text", "v": "varchar(20)",
    "b": "boolean", "d": "date", "ts": "timestamp", "tz": "timestamptz", "iv": "interval", "a": "integer[]",
    "w": "text[]", "j": "jsonb", "r": "int4range", "u": "uuid", "e": "mood", "c": "char(3)",
}  # fmt: skip
FAMILY = {
    "integer": "int", "bigint": "int", "numeric(10,2)": "num", "double precision": "num", "text": "str",
    "varchar(20)": "str", "char(3)": "str", "boolean": "bool", "date": "date", "timestamp": "time", "timestamptz": "zoned",
    "interval": "span", "integer[]": "ints", "text[]": "strs", "jsonb": "json", "int4range": "range", "uuid": "uuid",
    "mood": "mood",
}  # fmt: skip
BY_FAMILY = {}
for _name, _type in COLUMNS.items():
    BY_FAMILY.setdefault(FAMILY[_type], []).append(_name)

CONSTANTS = {
    "int": ["0", "1", "42", "-7", "1000000", "3::bigint", "CAST(5 AS integer)", "'8'::int", "int '9'", "+3"],
    "num": ["1.5", "0.0", "-2.25", "3", "1e3", "2.50::numeric(10,2)", "'4.5'::float8", "CAST(7 AS numeric)"],
    "str": ["'a'", "'new'", "'it''s'", "''", "'x'::text", "'y'::varchar(5)", "CAST('z' AS text)", "text 'k'", "E'a\\nb'", "'%b_'"],
    "bool": ["true", "false", "'t'::boolean", "TRUE"],
    "date": ["'2024-01-31'", "date '2020-02-29'", "'2021-05-06'::date", "CAST('1999-12-31' AS date)"],
    "time": ["'2024-01-31 10:00'::timestamp", "timestamp '2020-02-29 23:59:59'", "timestamp without time zone '2001-01-01'"],
    "zoned": ["'2024-01-31 10:00+00'::timestamptz", "timestamptz '2020-02-29 12:00+02'"],
    "span": ["interval '1 day'", "'2 hours'::interval", "interval '90' minute", "interval '1-2' year to month"],
    "ints": ["'{1,2}'", "ARRAY[1, 2, 3]", "'{}'::int[]", "ARRAY[]::integer[]", "ARRAY[4::bigint, 5]::int[]"],
    "strs": ["ARRAY['a', 'b']", "'{x,y}'::text[]", "ARRAY['k'::varchar, 'l']", "ARRAY[]::text[]"],
    "json": ["'{\"k\": 1}'", "'[1, 2]'::jsonb", "jsonb '{}'", "CAST('null' AS jsonb)"],
    "range": ["'[1,5)'", "int4range(1, 10)", "'(,3]'::int4range", "int4range(2, 4, '[]')"],
    "uuid": ["'00000000-0000-0000-0000-000000000001'::uuid", "uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"],
    "mood": ["'ok'", "'sad'::mood", "CAST('happy' AS mood)"],
}  # fmt: skip

# Templates: $int is an expression of that family.
OPERATIONS = {
    "int": [
        "$int + $int", "$int - $int", "$int * $int", "$int / ($int + 1)", "$int % 7", "-$int", "abs($int)",
        "length($str)", "char_length($str)", "position('a' in $str)", "coalesce($int, $int)", "nullif($int, $int)",
        "greatest($int, $int, 0)", "CASE WHEN $bool THEN $int ELSE $int END", "CASE $int WHEN 1 THEN 2 WHEN 3 THEN $int END",
        "array_length($ints, 1)", "cardinality($strs)", "($ints)[1]", "lower($range)", "$num::integer", "($int & 3) | 4",
        "$int << 2", "~$int", "@ $int", "extract(year from $date)::int", "($json->>'k')::int", "mod($int, 10)",
        "$date - $date", "strpos($str, $str)", "ascii($str)",
    ],
    "num": [
        "$num + $num", "$num - $int", "$num * 2", "round($num::numeric, 2)", "$num / 3.0", "$int::numeric", "ceil($num)",
        "extract(epoch from $span)", "date_part('month', $date)", "greatest($num, $num)", "coalesce($num, 0)",
        "CASE WHEN $bool THEN $num END", "$num ^ 2", "sqrt(abs($num))", "($json->'k')::numeric", "-$num", "trunc($num::numeric)",
    ],
    "str": [
        "$str || $str", "lower($str)", "upper($str)", "trim($str)", "trim(both 'x' from $str)", "ltrim($str, 'a')",
        "substring($str from 2 for 3)", "substring($str from '[a-z]+')", "substr($str, 1, 2)", "left($str, 3)", "replace($str, 'a', 'b')",
        "coalesce($str, 'none')", "nullif($str, '')", "CASE WHEN $bool THEN $str ELSE 'no' END", "$int::text", "$json->>'k'",
        "$json#>>'{a,b}'", "split_part($str, ',', 1)", "$str COLLATE \"C\"", "overlay($str placing 'z' from 1 for 1)",
        "md5($str)", "($strs)[2]", "$bool::text", "lpad($str, 5, '0')", "$str || $int", "regexp_replace($str, '^a', 'b')",
        "btrim($str)", "reverse($str)", "$str::varchar(10)", "$str::char(4)", "rtrim($str)",
    ],
    "bool": [
        "$int = $int", "$int <> $int", "$int != 3", "$int < $num", "$int >= $int", "$num > $num", "$str = $str", "$str < $str",
        "$bool AND $bool", "$bool OR $bool", "NOT $bool", "($bool) AND ($bool OR $bool)", "$str IS NULL", "$int IS NOT NULL",
        "$str IS DISTINCT FROM $str", "$int IS NOT DISTINCT FROM $int", "$int BETWEEN 1 AND 10", "$num NOT BETWEEN $num AND $num",
        "$int BETWEEN SYMMETRIC 5 AND $int", "$int IN (1, 2, 3)", "$str IN ('a', 'b')", "$str NOT IN ('x', 'y', 'z')", "$num IN (1, 2.5)",
        "$int IN ($int, $int)", "$str IN ('one')", "$mood IN ('ok', 'sad')", "$mood = 'happy'", "$mood > $mood", "$date IN ('2024-01-01', '2024-02-01')",
        "$str LIKE 'a%'", "$str NOT LIKE '%b'", "$str ILIKE $str", "$str SIMILAR TO '(a|b)%'", "$str ~ '^[a-z]+$'", "$str !~* 'x'",
        "$str LIKE 'a!%' ESCAPE '!'", "$int = ANY ($ints)", "$str = ANY (ARRAY['a', 'b'])", "$str <> ALL ($strs)", "$int > SOME ($ints)",
        "$bool IS TRUE", "$bool IS NOT FALSE", "$bool IS UNKNOWN", "$bool = true", "$date > $date", "$date >= '2020-01-01'", "$time < $time",
        "$date < $time", "$date + $int > $date", "$time + $span > $time", "$span > interval '1 hour'", "$zoned > $zoned",
        "$ints @> $ints", "$ints && ARRAY[1, 2]", "$strs <@ $strs", "$range @> $int", "$range && $range", "isempty($range)",
        "$json ? 'k'", "$json ?| ARRAY['a', 'b']", "$json @> '{\"a\": 1}'", "($json->>'k') = 'v'", "jsonb_typeof($json) = 'object'",
        "$json->'a' IS NOT NULL", "($int, $str) = (1, 'a')", "($int, $int) < ($int, 5)", "ROW($int, $str) IS NOT NULL", "($int, $str) IN ((1, 'a'), (2, 'b'))",
        "coalesce($bool, false)", "CASE WHEN $bool THEN $bool ELSE false END", "$uuid = $uuid", "starts_with($str, 'a')",
        "($date, $date) OVERLAPS ($date, $date)", "$num::int = $int", "$str::int > 0", "length($str) > 3", "num_nonnulls($int, $str) = 1",
        "$int = 1 OR $int = 2 OR $int = 3", "$bool <> $bool", "($bool)", "((($int = 1)))", "$str = '5'", "$char = 'ab'", "$int = '7'", "'x' = $str",
            ],
    "date": ["$date + $int", "$date - 7", "$time::date", "greatest($date, $date)", "coalesce($date, '2000-01-01')", "make_date(2020, 1, 2)"],
    "time": ["$time + $span", "$date + $span", "$date::timestamp", "date_trunc('month', $time)", "$zoned AT TIME ZONE 'UTC'", "coalesce($time, $time)"],
    "zoned": ["$time AT TIME ZONE 'UTC'", "coalesce($zoned, $zoned)", "least($zoned, $zoned)"],
    "span": ["$span + $span", "$span * 2", "$time - $time", "make_interval(days => 3)", "coalesce($span, '1 day')"],
    "ints": ["$ints || $int", "array_append($ints, $int)", "$ints || $ints", "($ints)[1:2]", "ARRAY[$int, $int]", "coalesce($ints, '{}')"],
    "strs": ["$strs || $str", "string_to_array($str, ',')", "ARRAY[$str, 'x']", "array_remove($strs, 'a')"],
    "json": ["$json || $json", "$json - 'a'", "$json->'k'", "$json #> '{a,b}'", "coalesce($json, '{}')", "jsonb_set($json, '{a}', '1')"],
    "range": ["$range * $range", "$range + $range", "int4range($int, $int)", "coalesce($range, 'empty')"],
    "uuid": ["coalesce($uuid, $uuid)"],
    "mood": ["coalesce($mood, 'ok')", "CASE WHEN $bool THEN 'sad'::mood ELSE $mood END", "greatest($mood, $mood)"],
}  # fmt: skip
_HOLE = re.compile(r"\$([a-z]+)")


class Expressions:
    def __init__(self, random):
        self.random = random

    def make(self, family, depth=3):
        """An expression of a family of types; constants alone are rare."""
        choice = self.random.random()
        if family == "char":
            return "c"
        if depth <= 0 or choice < 0.15:
            pool = BY_FAMILY[family] if self.random.random() < 0.7 else CONSTANTS[family]
            return self.random.choice(pool)
        template = self.random.choice(OPERATIONS[family])
        return _HOLE.sub(lambda hole: self._operand(hole[1], depth - 1), template)

    def _operand(self, family, depth):
        text = self.make(family, depth)
        return text if re.fullmatch(r"\w+|'[^']*'|\w+\([^()]*\)", text) else f"({text})"


_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\d+(?:\.\d+)?|[A-Za-z_]\w*|<>|!=|<=|>=|\|\||::|[^\sA-Za-z_0-9]")
_SWAPS = {
    "=": "<>", "<>": "=", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "+": "-", "-": "+", "AND": "OR", "OR": "AND", "lower": "upper",
    "upper": "lower", "LIKE": "ILIKE", "ILIKE": "LIKE", "true": "false", "false": "true", "TRUE": "FALSE", "ANY": "ALL", "ALL": "ANY",
    "greatest": "least", "least": "greatest", "ltrim": "rtrim", "rtrim": "ltrim", "integer": "bigint", "int": "smallint", "text": "varchar",
    "numeric": "float8", "ceil": "floor", "1": "2", "day": "hour", "year": "month", "sad": "ok",
}  # fmt: skip


def change_one_token(random, text):
    """The text with one token replaced by another of its sort; it may mean the same, or nothing at all."""
    tokens = list(_TOKEN.finditer(text))
    for token in random.sample(tokens, len(tokens)):
        word = token[0]
        if word in _SWAPS:
            other = _SWAPS[word]
        elif re.fullmatch(r"\d+", word):
            other = str(int(word) + 1)
        elif word in COLUMNS and len(BY_FAMILY[FAMILY[COLUMNS[word]]]) > 1:
            other = random.choice([c for c in BY_FAMILY[FAMILY[COLUMNS[word]]] if c != word])
        elif re.fullmatch(r"'[a-z]+'", word):
            other = f"'{word[1:-1]}k'"
        else:
            continue
        return text[: token.start()] + other + text[token.end() :]
    return None
