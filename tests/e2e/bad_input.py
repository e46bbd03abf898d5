"""Bad input: the exit code and the message that the manual promises, and a database that is untouched."""

from harness import check, expect, test

LIVE = "CREATE TABLE keep (id integer PRIMARY KEY, v text);\nINSERT INTO keep SELECT n, 'x' FROM generate_series(1, 5) n;\n"
KEEP = "CREATE TABLE keep (id integer PRIMARY KEY, v text);\n"


def refused(world, code, *words, files, arguments=(), live=LIVE):
    """Both plan and apply fail with the code and the words, and change nothing."""
    for name, text in files.items():
        world.file(name, text)
    database = world.database(live)
    before = world.state(database)
    expect(world.plan(database, *arguments), code, *words)
    result = expect(world.apply(database, "--allow", "all", *arguments), code, *words)
    check(world.state(database) == before, "the database was touched", result)
    return result


@test
def syntax_error(world):
    """with file, line, column and the line itself under a caret"""
    bad = KEEP + "CREATE TABLE broken (\n    id integer,\n    oops oops oops\n);\n"
    result = refused(world, 65, "t.sql:4:", "    oops oops oops", "^", files={"schema/t.sql": bad})
    lines = result.errors.splitlines()
    caret = next(i for i, line in enumerate(lines) if line.strip(" |").rstrip("~") == "^")
    at = lines[caret].index("^")
    check(lines[caret - 1][at:].startswith("oops"), "the caret points beside the error", result)


@test
def unterminated_string(world):
    refused(world, 65, "t.sql:2:", files={"schema/t.sql": KEEP + "COMMENT ON TABLE keep IS 'never ends;\n"})


@test
def expression_that_nests_too_deep(world):
    """is refused, as PostgreSQL would; no walk over it runs out of stack"""
    text = KEEP + "CREATE TABLE t (a integer,\n  CHECK (" + " + ".join(["a"] * 30000) + " > 0));\n"
    refused(world, 65, "t.sql:3:3:", "operators deep", files={"schema/t.sql": text})


@test
def several_errors_at_once(world):
    """errors are gathered, not thrown at the first"""
    files = {"schema/a.sql": "CREATE TABLE a (x no_such_a);\n", "schema/b.sql": "CREATE TABLE b (x no_such_b);\n"}
    refused(world, 65, "no_such_a", "no_such_b", "a.sql:1:", "b.sql:1:", files=files)


@test
def unknown_type(world):
    refused(world, 65, "t.sql:2:", "no_such_type", files={"schema/t.sql": KEEP + "CREATE TABLE t (a no_such_type);\n"})


@test
def reference_to_missing_table(world):
    text = KEEP + "CREATE TABLE t (a integer REFERENCES nowhere (id));\n"
    refused(world, 65, "t.sql:2:", "nowhere", files={"schema/t.sql": text})


@test
def view_on_missing_table(world):
    refused(world, 65, "v.sql:1:", "nowhere", files={"schema/v.sql": "CREATE VIEW v AS SELECT * FROM nowhere;\n"})


@test
def text_search_without_what_it_is_made_of(world):
    """a template whose functions, a dictionary whose template and a configuration whose parser do not exist"""
    text = ("CREATE TEXT SEARCH TEMPLATE t (LEXIZE = no_function);\n"
            "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = no_template);\n"
            "CREATE TEXT SEARCH CONFIGURATION c (PARSER = no_parser);\n")
    refused(world, 65, "t.sql:1:", "no_function", "t.sql:2:", "no_template", "t.sql:3:", "no_parser",
            files={"schema/t.sql": KEEP.replace("\n", " ") + text})


@test
def type_of_a_partition_key(world):
    """PostgreSQL knows no way to change it: said before anything is done, with the place and the way out"""
    text = "CREATE TABLE p (\n    a {},\n    b text\n) PARTITION BY RANGE (a);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);\n"
    refused(world, 65, "t.sql:2:5", "`public.p.a`", "partition key of `public.p`", "copy the rows",
            files={"schema/t.sql": text.format("bigint")}, live=text.format("integer"))


def taken_back(world, text, *words):
    """What only the server can know fails there; what was done before is taken back."""
    world.file("schema/t.sql", text)
    database = world.database(LIVE)
    before = world.state(database)
    result = expect(world.apply(database, "--allow", "all"), 1, *words)
    check(world.state(database) == before, "something was left half done", result)


@test
def text_search_template_without_its_library(world):
    """is found by the server, which takes back what was done before"""
    text = KEEP + ("CREATE TABLE first (id integer);\n"
                   "CREATE FUNCTION f(internal, internal, internal, internal) RETURNS internal\n"
                   "    LANGUAGE c AS 'no_such_library';\n"
                   "CREATE TEXT SEARCH TEMPLATE t (LEXIZE = f);\n")
    taken_back(world, text, "t.sql:3", "no_such_library", "rolled back")


@test
def extension_version_that_is_not_there(world):
    """is named with its file and line"""
    taken_back(world, KEEP + "CREATE TABLE first (id integer);\nCREATE EXTENSION hstore VERSION '99.9';\n",
               "t.sql:3", "hstore", "99.9", "rolled back")


@test
def server_option_that_the_wrapper_refuses(world):
    """is named with its file and line"""
    taken_back(world, KEEP + ("CREATE EXTENSION postgres_fdw;\n"
                              "CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (no_such_option 'x');\n"),
               "t.sql:3", "no_such_option", "rolled back")


@test
def security_label_of_no_provider(world):
    """is found by the server, as only that knows what it has loaded"""
    taken_back(world, KEEP + "SECURITY LABEL FOR no_such_provider ON TABLE keep IS 'x';\n",
               "t.sql:2", "no_such_provider", "is not loaded")


@test
def index_on_missing_column(world):
    refused(world, 65, "t.sql:2:", "absent", files={"schema/t.sql": KEEP + "CREATE INDEX i ON keep (absent);\n"})


@test
def column_names_that_are_wrong(world):
    """in keys, foreign keys, checks and triggers; with the name that was meant"""
    files = {"schema/a.sql": "CREATE TABLE a (id integer PRIMARY KEY, amount integer,\n CHECK (amout > 0),\n UNIQUE (nope));\n",
             "schema/b.sql": "CREATE TABLE b (x integer REFERENCES a (ident));\n"}
    refused(world, 65, "a.sql:2:", "amout", "`amount`", "a.sql:3:", "nope", "b.sql:1:", "ident", files=files)


@test
def file_that_holds_nul_bytes(world):
    """what follows them is not passed over"""
    refused(world, 65, "t.sql:2:1:", files={"schema/t.sql": b"CREATE TABLE a ();\n\x00CREATE TABLE b ();\n"})


@test
def files_that_include_each_other(world):
    """the include that closes the circle is named, whoever is read first"""
    files = {"schema/a.sql": KEEP + "\\ir b.sql\n", "schema/b.sql": "\\ir a.sql\n"}
    refused(world, 65, "b.sql:1:1", "includes itself", files=files)


@test
def included_file_that_is_not_there(world):
    """is named where it is included"""
    refused(world, 65, "t.sql:2:1", "absent.sql", files={"schema/t.sql": KEEP + "\\ir absent.sql\n"})


@test
def ignore_rule_of_no_kind(world):
    """would ignore nothing, and drop what it was meant for"""
    toml = '[manage]\nignore = ["tabel:audit.*"]\n'
    refused(world, 65, "schemadiff.toml:2:11", "tabel", "`table`", files={"schemadiff.toml": toml, "schema/t.sql": KEEP})


@test
def linked_files_are_read(world):
    """and hidden ones, such as the locks of editors, are not"""
    world.file("elsewhere/keep.sql", KEEP)
    (world.folder / "schema").mkdir()
    (world.folder / "schema/linked").symlink_to(world.folder / "elsewhere")
    (world.folder / "schema/.#keep.sql").symlink_to("someone@nowhere")
    expect(world.plan(world.database(LIVE), "--exit-code"), 0)


@test
def duplicate_object(world):
    """both places are named"""
    files = {"schema/one.sql": KEEP, "schema/two.sql": "\nCREATE TABLE keep (other integer);\n"}
    refused(world, 65, "keep", "one.sql:1", "two.sql:2", files=files)


@test
def duplicate_column(world):
    refused(world, 65, "t.sql:1:", files={"schema/t.sql": "CREATE TABLE t (a integer, a text);\n"})


@test
def cyclic_views(world):
    files = {"schema/v.sql": KEEP + "CREATE VIEW a AS SELECT * FROM b;\nCREATE VIEW b AS SELECT * FROM a;\n"}
    refused(world, 65, "v.sql:", "circle", "public.a", "public.b", files=files)


@test
def statement_that_cannot_be_known(world):
    """DO blocks and rows are named, with the way out"""
    files = {"schema/t.sql": KEEP + "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'x ()'; END $$;\nINSERT INTO keep VALUES (9);\n"}
    refused(world, 65, "t.sql:2:", "t.sql:3:", files=files)


@test
def unknown_role(world):
    """neither the files nor the server know it"""
    for statement in ("GRANT SELECT ON keep TO nobody_here;", "ALTER TABLE keep OWNER TO nobody_here;"):
        refused(world, 65, "t.sql:2:", "nobody_here", files={"schema/t.sql": KEEP + statement + "\n"})


@test
def unknown_annotation(world):
    files = {"schema/t.sql": "-- schemadiff:renamed-form old\n" + KEEP}
    refused(world, 65, "t.sql:1:", "renamed-form", "renamed-from", files=files)


@test
def annotation_of_the_wrong_thing(world):
    """one that is meant for a column and stands on the line of its table would say nothing"""
    text = "CREATE TABLE keep (id integer PRIMARY KEY, v text NOT NULL); -- schemadiff:backfill 'x'\n"
    refused(world, 65, "t.sql:1:1", "table `public.keep`", "line of its own", files={"schema/t.sql": text})


@test
def annotation_without_an_expression(world):
    """what ends its statement, or hides in a comment what follows, would do something else when the plan runs"""
    for text in ("lower(", "", "1, 2; SELECT 3", "1); DROP TABLE keep; SELECT (1", "1 -- as before"):
        sql = f"CREATE TABLE keep (id integer PRIMARY KEY,\n  v text NOT NULL -- schemadiff:backfill {text}\n);\n"
        refused(world, 65, "t.sql:2:", "`schemadiff:backfill` needs an expression", files={"schema/t.sql": sql})


@test
def annotation_that_allows_what_is_no_hazard(world):
    refused(world, 65, "t.sql:2:1", "data-los", "data-loss", files={"schema/t.sql": "-- schemadiff:allow data-los x\n" + KEEP})
    refused(world, 65, "t.sql:2:1", "reason", files={"schema/t.sql": "-- schemadiff:allow data-loss\n" + KEEP})


@test
def missing_file(world):
    refused(world, 65, "absent.sql", files={}, arguments=("--schema", "absent.sql"))


@test
def unreadable_file(world):
    """a link to nothing, in a folder whose other files are fine"""
    world.file("schema/t.sql", KEEP)
    (world.folder / "schema/dangling.sql").symlink_to(world.folder / "gone.sql")
    refused(world, 65, "dangling.sql", files={})


@test
def file_that_is_not_utf8(world):
    refused(world, 65, "t.sql", files={"schema/t.sql": KEEP.encode() + b"COMMENT ON TABLE keep IS '\xff\xfe';\n"})


@test
def unknown_toml_key(world):
    """with line and column, and a suggestion"""
    toml = 'revisions = "revisions"\n  shema = ["schema"]\n'
    refused(world, 65, "schemadiff.toml:2:3", "shema", "schema", "^", files={"schemadiff.toml": toml, "schema/t.sql": KEEP})


@test
def unknown_toml_key_in_a_section(world):
    toml = '[env.local]\nurl = "embedded"\nlock_timout = "1s"\n'
    refused(world, 65, "schemadiff.toml:3:1", "lock_timout", "lock_timeout", files={"schemadiff.toml": toml, "schema/t.sql": KEEP})


@test
def toml_that_cannot_be_parsed(world):
    refused(world, 65, "schemadiff.toml:2:", files={"schemadiff.toml": 'schema = ["schema"]\n[env.local\n', "schema/t.sql": KEEP})


@test
def missing_environment_variable(world):
    """is an error that names it"""
    world.file("schema/t.sql", KEEP)
    world.file("schemadiff.toml", 'schema = ["schema"]\n[env.local]\nurl = "${SD_E2E_UNSET}"\n')
    expect(world.run("plan"), 65, "SD_E2E_UNSET", "schemadiff.toml:3")


@test
def wrong_usage(world):
    world.file("schema/t.sql", KEEP)
    database = world.database(LIVE)
    expect(world.run("plam"), 64, "plam")
    expect(world.run(), 64)
    expect(world.plan(database, "--no-such-option"), 64, "--no-such-option")
    expect(world.plan(database, "--format", "pdf"), 64, "pdf")
    before = world.state(database)
    result = expect(world.apply(database, "--allow", "data-los"), 64, "data-los", "data-loss")
    check(world.state(database) == before, "the database was touched", result)


@test
def server_that_is_not_there(world):
    world.file("schema/t.sql", KEEP)
    url = "postgresql://someone:s3cr3t-word@127.0.0.1:1/nowhere"
    for command in ("plan", "apply"):
        result = expect(world.run(command, "--database-url", url, "--schema", "schema", "--verbose"), 69)
        check("s3cr3t-word" not in result.out + result.errors, "the password is shown", result)


@test
def database_that_is_not_there(world):
    world.file("schema/t.sql", KEEP)
    expect(world.run("plan", "--database-url", world.url("no_such_database"), "--schema", "schema"), 69, "no_such_database")


@test
def url_that_is_none(world):
    world.file("schema/t.sql", KEEP)
    result = world.run("plan", "--database-url", "postgresql://h/d?no_such_parameter=s3cr3t-word", "--schema", "schema")
    expect(result, 64, "no_such_parameter")
    check("s3cr3t-word" not in result.out + result.errors, "the value is shown", result)
    world.file("schemadiff.toml", '[env.local]\nurl = "postgresql://u:s3cr3t-word@[::1]x/d"\n')
    result = expect(world.run("plan"), 65, "schemadiff.toml:2:7", "address")
    check("s3cr3t-word" not in result.out + result.errors, "the password is shown", result)


@test
def missing_privilege(world):
    """is named, and nothing is done"""
    database = world.database(LIVE)
    role = f"weak_{world.number}"
    world.must(world.server.sql("postgres", f"CREATE ROLE {role} LOGIN"))
    try:
        world.query(database, f"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT SELECT ON keep TO {role};")
        world.file("schema/t.sql", KEEP + "CREATE TABLE new (id integer);\n")
        before = world.state(database)
        arguments = ("--schema", "schema", "--allow", "all", "--yes")
        result = expect(world.run("apply", "--database-url", world.url(database, role), *arguments), 69)
        check("public" in result.errors and role in result.errors, "the message names neither privilege nor role", result)
        check(world.state(database) == before, "the database was touched", result)
    finally:
        world.query(database, f"DROP OWNED BY {role};")
        world.must(world.server.sql("postgres", f"DROP ROLE {role}"))
