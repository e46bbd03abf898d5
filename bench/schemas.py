"""Schemas of N tables: 9 columns of mixed types, an identity key, two indexes, a foreign key to the previous table."""

# Tables are spread over schemas as large applications do; names sort in the order of the foreign keys.
TABLES_PER_SCHEMA = 500

# As people write them: PostgreSQL stores none of these as it stands here.
CHECKS = (
    "state IN ('new', 'open', 'done')",
    "code IN ('a', 'b') OR amount >= 0",
    "amount BETWEEN 0 AND 1000",
    "code ~ '^[a-z]+$'",
    "state LIKE 'n%' AND code <> ''",
    "coalesce(amount, 0) > -1",
    "created_at > '2020-01-01 00:00+00'",
    "created_at < now() + interval '1 day'",
    "lower(code) = code",
    "attributes ? 'a' OR attributes ->> 'b' IS NOT NULL",
    "(attributes ->> 'n')::int > 0",
    "flags @> ARRAY[1] OR cardinality(flags) < 3",
    "CASE WHEN valid THEN amount > 0 ELSE true END",
    "NOT valid OR previous_id IS NOT NULL",
    "num_nonnulls(previous_id, flags) <= 2",
    "extract(year FROM created_at) > 2000",
    "substring(code FROM 1 FOR 2) <> 'zz'",
    "amount IS DISTINCT FROM 3",
    "amount * 2 + 1 > 0.5",
    "position('x' IN code) = 0",
)
PREDICATES = (
    "state IN ('new', 'open') AND valid",
    "amount > 0",
    "code LIKE 'a%'",
    "previous_id > 5 AND NOT valid",
    "created_at >= '2020-01-01 00:00+00'",
    "attributes ->> 'n' = '1'",
    "state <> 'done' OR amount < 10",
    "lower(state) = 'x'",
    "length(code) > 3",
    "amount BETWEEN 1 AND 5",
)


def schema_of(number):
    return f"app{number // TABLES_PER_SCHEMA:03}"


def table_name(number):
    return f"{schema_of(number)}.t{number:05}"


def table(number, changed=False, written=False):
    """The DDL of one table; changed: with a column more, another default and another check; written: with a check and a
    predicate of those above."""
    name, short = table_name(number), f"t{number:05}"
    previous = table_name(number - 1) if number else name
    extra = "    added       text,\n" if changed else ""
    state, limit = ("'open'", 200) if changed else ("'new'", 100)
    check, predicate = f"amount >= 0 AND length(code) < {limit}", "valid AND state IN ('new', 'open')"
    if written:
        check, predicate = CHECKS[number % len(CHECKS)], PREDICATES[number % len(PREDICATES)]
    return (
        f"CREATE TABLE {name} (\n"
        "    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
        "    previous_id bigint,\n"
        "    code        varchar(40) NOT NULL,\n"
        f"    state       text NOT NULL DEFAULT {state},\n"
        "    amount      numeric(12, 2) NOT NULL DEFAULT 0,\n"
        "    flags       integer[],\n"
        "    attributes  jsonb NOT NULL DEFAULT '{}',\n"
        "    valid       boolean NOT NULL DEFAULT true,\n"
        "    created_at  timestamptz NOT NULL DEFAULT now(),\n"
        f"{extra}"
        f"    CONSTRAINT {short}_amount_check CHECK ({check}),\n"
        f"    CONSTRAINT {short}_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES {previous} (id)\n"
        ");\n"
        f"CREATE INDEX {short}_code_idx ON {name} (code, created_at DESC);\n"
        f"CREATE INDEX {short}_open_idx ON {name} (previous_id) WHERE {predicate};\n"
    )


def schemas(count):
    return [schema_of(number) for number in range(0, count, TABLES_PER_SCHEMA)]


def whole(count, **kind):
    """One script that loads into an empty database; `kind` as of table()."""
    return "".join(f"CREATE SCHEMA {s};\n" for s in schemas(count)) + "".join(table(n, **kind) for n in range(count))


def write_folder(folder, count, **kind):
    """One file a table, as a repository holds them."""
    folder.mkdir(parents=True)
    for name in schemas(count):
        (folder / name).mkdir()
        (folder / name / "schema.sql").write_text(f"CREATE SCHEMA {name};\n")
    for number in range(count):
        (folder / schema_of(number) / f"t{number:05}.sql").write_text(table(number, **kind))
    return folder
