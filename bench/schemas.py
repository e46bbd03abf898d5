"""Schemas of N tables: 9 columns of mixed types, an identity key, two indexes, a foreign key to the previous table."""

# Tables are spread over schemas as large applications do; names sort in the order of the foreign keys.
TABLES_PER_SCHEMA = 500


def schema_of(number):
    return f"app{number // TABLES_PER_SCHEMA:03}"


def table_name(number):
    return f"{schema_of(number)}.t{number:05}"


def table(number, changed=False):
    """The DDL of one table; changed: with a column more, another default and another check."""
    name, short = table_name(number), f"t{number:05}"
    previous = table_name(number - 1) if number else name
    extra = "    added       text,\n" if changed else ""
    state, limit = ("'open'", 200) if changed else ("'new'", 100)
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
        f"    CONSTRAINT {short}_amount_check CHECK (amount >= 0 AND length(code) < {limit}),\n"
        f"    CONSTRAINT {short}_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES {previous} (id)\n"
        ");\n"
        f"CREATE INDEX {short}_code_idx ON {name} (code, created_at DESC);\n"
        f"CREATE INDEX {short}_open_idx ON {name} (previous_id) WHERE valid AND state IN ('new', 'open');\n"
    )


def schemas(count):
    return [schema_of(number) for number in range(0, count, TABLES_PER_SCHEMA)]


def whole(count):
    """One script that loads into an empty database."""
    return "".join(f"CREATE SCHEMA {s};\n" for s in schemas(count)) + "".join(table(n) for n in range(count))


def write_folder(folder, count, changed=False):
    """One file a table, as a repository holds them."""
    folder.mkdir(parents=True)
    for name in schemas(count):
        (folder / name).mkdir()
        (folder / name / "schema.sql").write_text(f"CREATE SCHEMA {name};\n")
    for number in range(count):
        (folder / schema_of(number) / f"t{number:05}.sql").write_text(table(number, changed))
    return folder
