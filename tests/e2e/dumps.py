"""`dump`: the files that it writes, and what a plan makes of them."""

from harness import check, expect, same_schema, test

SHOP = """
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('low', 'high');
CREATE TABLE app.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE "Orders" (id serial PRIMARY KEY, customer bigint REFERENCES app.customers, state app.mood DEFAULT 'low');
CREATE INDEX orders_by_customer ON "Orders" (customer);
COMMENT ON COLUMN "Orders".state IS 'how it goes';
CREATE TABLE orders (note text);
CREATE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION total(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE VIEW "a/b" AS SELECT id FROM "Orders";
"""


def files_of(world, folder="schema"):
    return sorted(str(path.relative_to(world.folder / folder)) for path in (world.folder / folder).rglob("*.sql"))


@test
def dump_writes_a_file_for_each_object(world):
    """with all that belongs to it; names that a file system would not keep apart share one"""
    database = world.database(SHOP)
    expect(world.run("dump", "--database-url", world.url(database)), 0, "wrote 6 files to schema")
    check(
        [name.lower() for name in files_of(world)]
        == ["app/enums/mood.sql", "app/schema.sql", "app/tables/customers.sql", "public/functions/total.sql",
            "public/tables/orders.sql", "public/views/a%2fb.sql"],
        f"the files are {files_of(world)}",
    )  # fmt: skip
    orders = next((world.folder / "schema/public/tables").iterdir()).read_text()
    for words in ("CREATE SEQUENCE", 'CREATE TABLE public."Orders"', "orders_by_customer", "how it goes", "public.orders ("):
        check(words in orders, f"`{words}` is not in its table's file", orders)
    expect(world.plan(database, "--exit-code"), 0)


@test
def every_layout_declares_the_same(world):
    database = world.database(SHOP)
    for layout, target in (("by-object", "objects"), ("by-schema", "schemas"), ("single", "all.sql")):
        expect(world.run("dump", "--database-url", world.url(database), "--layout", layout, "--out", target), 0)
        expect(world.plan(database, "--exit-code", "--schema", target), 0)
        again = world.database("")
        expect(world.apply(again, "--schema", target), 0)
        same_schema(world, again, SHOP)
    check(files_of(world, "schemas") == ["app.sql", "public.sql"], f"the files are {files_of(world, 'schemas')}")
    same_schema(world, world.database((world.folder / "all.sql").read_text()), SHOP)
    on_output = expect(world.run("dump", "--database-url", world.url(database), "--layout", "single"), 0)
    check(on_output.out == (world.folder / "all.sql").read_text(), "standard output holds something else", on_output)


@test
def dump_overwrites_nothing(world):
    database = world.database(SHOP)
    world.file("schema/mine.sql", "CREATE TABLE mine (id int);\n")
    expect(world.run("dump", "--database-url", world.url(database)), 1, "mine.sql", "--out")
    check(files_of(world) == ["mine.sql"], f"the files are {files_of(world)}")
    single = ("dump", "--database-url", world.url(database), "--layout", "single", "--out", "schema/mine.sql")
    expect(world.run(*single), 1, "mine.sql", "exists already")
    check("mine" in (world.folder / "schema/mine.sql").read_text(), "the file was overwritten")
    expect(world.run("dump", "--database-url", world.url(database), "--layout", "by-objcet"), 64, "by-object")


@test
def a_dump_holds_no_secret(world):
    """and what it leaves out stays as it is, but cannot be made from nothing"""
    database = world.database(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'inner.example');"
        "CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (password 'open sesame');"
    )
    expect(world.run("dump", "--database-url", world.url(database)), 0)
    for name in files_of(world):
        text = (world.folder / "schema" / name).read_text()
        check("sesame" not in text and "inner.example" not in text, f"{name} holds a secret", text)
    expect(world.plan(database, "--exit-code", "--manage", "all"), 0)
    empty = world.database("")
    before = world.state(empty)
    expect(world.apply(empty, "--manage", "all"), 65, "left out", "***", ".sql:")
    check(world.state(empty) == before, "something was created")
