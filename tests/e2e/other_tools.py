"""Folders of other tools as history: read for `diff`, `revision` and `squash`, and never written."""

import re

from harness import check, expect, same_schema, test
from ledger import applied, call, upgrade, without_ledger

CREATE, ALTER, UPDATE = "CREATE TABLE a (id integer PRIMARY KEY);", "ALTER TABLE a ADD COLUMN n integer;", "UPDATE a SET n = 1;"
REACHED = "CREATE TABLE a (id integer PRIMARY KEY, n integer);\n"
WANTED = REACHED + "CREATE TABLE b (id integer PRIMARY KEY);\n"
FOLDERS = {
    "flyway": {"V1__a.sql": CREATE, "V1_1__b.sql": ALTER, "U1_1__b.sql": "ALTER TABLE a DROP COLUMN n;"},
    "golang-migrate": {"1_a.up.sql": CREATE, "1_a.down.sql": "DROP TABLE a;", "2_b.up.sql": ALTER},
    "dbmate": {"1_a.sql": f"-- migrate:up\n{CREATE}\n-- migrate:down\nDROP TABLE a;\n",
               "2_b.sql": f"-- migrate:up\n{ALTER}\n-- migrate:down\nALTER TABLE a DROP COLUMN n;\n"},
    "goose": {"1_a.sql": f"-- +goose Up\n{CREATE}\n-- +goose Down\nDROP TABLE a;\n",
              "2_b.sql": f"-- +goose Up\n-- +goose StatementBegin\n{ALTER}\n-- +goose StatementEnd\n"},
    "atlas": {"1_a.sql": CREATE, "2_b.sql": ALTER, "atlas.sum": "h1:0000\n"},
    "plain": {"01-first.sql": CREATE, "02-second.sql": ALTER},
}  # fmt: skip


def write_folder(world, form, more=None):
    """Its files in the folder `theirs`, and what options name it."""
    for name, text in {**FOLDERS[form], **(more or {})}.items():
        world.file(f"theirs/{name}", text)
    return "--revisions", "theirs", "--revisions-format", form


def theirs(world):
    return {path.name: path.read_bytes() for path in (world.folder / "theirs").iterdir()}


@test
def diff_from_the_folder_of_another_tool(world):
    """each of them; nothing is left to do from there, one table is, and its folder stays as it is"""
    world.file("reached/all.sql", REACHED)
    world.file("wanted/all.sql", WANTED)
    for form in FOLDERS:
        options = write_folder(world, form)
        before = theirs(world)
        expect(world.run("diff", "--from", "head", "--to", "reached", *options, "--exit-code"), 0, out=("no changes",))
        result = expect(world.run("diff", "--from", "head", "--to", "wanted", *options, "--exit-code"), 2)
        check("create table public.b" in result.out and "in 1 step" in result.out, f"not what {form} lacks", result)
        check(len(expect(world.run("history", *options), 0).out.splitlines()) == 2, f"history of {form}")
        first = expect(world.run("history", *options), 0).out.split()[-3]
        expect(world.run("diff", "--from", first, "--to", "head", *options), 0, out=("create column n",))
        database = world.database(REACHED)
        expect(world.run("diff", "--from", world.url(database), "--to", "head", *options, "--exit-code"), 0)
        check(theirs(world) == before, f"the folder of {form} was changed")
        for name in before:
            (world.folder / "theirs" / name).unlink()


@test
def revision_for_another_tool(world):
    """is printed, or written where --out says; --check is for CI"""
    options = write_folder(world, "flyway")
    world.file("schema/all.sql", WANTED)
    before = theirs(world)
    expect(world.run("revision", "--check", *options), 2, "a revision is missing", "1_1")
    result = expect(world.run("revision", "-m", "b", *options), 0, out=("CREATE TABLE public.b",))
    check("CREATE TABLE public.a" not in result.out, "what is there already", result)
    check(theirs(world) == before and not (world.folder / "revisions").exists(), "something was written")
    expect(world.run("revision", "-m", "b", *options, "--out", "theirs/V2__b.sql"), 0)
    check(sorted(theirs(world)) == sorted([*before, "V2__b.sql"]), "not the file that was named", theirs(world))
    expect(world.run("revision", "--check", *options), 0, "nothing to do")
    database = world.database(REACHED)
    code, errors = world.server.load(database, world.folder / "theirs/V2__b.sql")
    check(code == 0, errors)
    same_schema(world, database, WANTED)


@test
def revision_beside_repeatable_files(world):
    """which flyway runs behind all versions: what they make is changed in them, and a revision that does it is refused"""
    view = "CREATE OR REPLACE VIEW v AS SELECT id FROM a;\n"
    options = write_folder(world, "flyway", {"R__v.sql": view})
    out = ("-m", "b", *options, "--out", "theirs/V2__b.sql")
    before = theirs(world)
    for wanted, what in ((REACHED + "CREATE VIEW v AS SELECT id, n FROM a;\n", "view public.v"),
                         (REACHED + view + "COMMENT ON VIEW v IS 'x';\n", "public.v"),
                         (REACHED.replace("id integer", "id bigint") + view, "view")):  # fmt: skip
        world.file("schema/all.sql", wanted)
        expect(world.run("revision", *out), 3, "repeatable", what)
        expect(world.run("revision", "--check", *options), 2)
        check(theirs(world) == before, "something was written")
    world.file("theirs/R__v.sql", view.replace("id FROM", "id, n FROM"))
    world.file("schema/all.sql", WANTED + "CREATE VIEW v AS SELECT id, n FROM a;\n")
    expect(world.run("revision", *out), 0)
    database = world.database("".join(theirs(world)[name].decode() for name in ("V1__a.sql", "V1_1__b.sql", "V2__b.sql", "R__v.sql")))
    expect(world.plan(database), 0, out=("no changes",))


@test
def squash_of_another_tools_folder(world):
    """moves over: one revision of our own, data kept; databases are stamped, new ones run it"""
    options = write_folder(world, "flyway", {"V2__data.sql": f"INSERT INTO a VALUES (1, NULL);\n{UPDATE}\n"})
    world.file("schema/all.sql", REACHED)
    before = theirs(world)
    result = expect(world.run("squash", *options, "-m", "from flyway"), 0, "stands for 3 revisions", "schemadiff stamp")
    kept = re.findall(r"kept as it is: (\S+)", result.errors)
    check(kept == ["theirs/V2__data.sql:1", "theirs/V2__data.sql:2"], "not what was kept", result)
    name = re.search(r"revisions/(\d{14}_[a-z0-9]{4})_from_flyway\.sql", result.out)[1]
    check(theirs(world) == before, "their folder was changed")
    expect(world.run("history"), 0, out=(f"{name}  from flyway (head) (base)",))
    expect(world.run("revision", "--check"), 0)
    has_it, is_new = world.database(REACHED), world.database()
    expect(call(world, "stamp", has_it, name), 0)
    for database, rows in ((has_it, ""), (is_new, "1\t1")):
        expect(upgrade(world, database), 0)
        check(applied(world, database) == [(name, "applied")], "not recorded")
        check(world.query(database, "SELECT * FROM a;") == rows, "not the rows")
        without_ledger(world, database, REACHED)
    world.file("schema/all.sql", WANTED)
    result = expect(world.run("revision", "-m", "the first of our own"), 0)
    check(f'-- parents = ["{name}"]' in (world.folder / result.out.split()[0]).read_text(), "rests on nothing", result)


@test
def squash_to_a_folder(world):
    """the one that --out names"""
    options = write_folder(world, "dbmate")
    expect(world.run("squash", *options, "--out", "ours", "--to", "1"), 0, out=("ours/20",))
    expect(world.run("history", "--revisions", "ours"), 0, out=("squash of 1 revision",))
    check(not (world.folder / "revisions").exists(), "another folder was made")


@test
def folder_of_another_tool_that_is_wrong(world):
    """what its tool refuses is refused, with the file; and what is asked of it that it has not"""
    options = write_folder(world, "flyway", {"V1.1__c.sql": ALTER})
    for command in (("history",), ("diff", "--from", "head", "--to", "head"), ("revision", "-m", "x"), ("squash",)):
        expect(world.run(*command, *options), 65, "theirs/V1")
    expect(world.run("history", "--revisions", "theirs", "--revisions-format", "flywya"), 64, "did you mean `flyway`")
    expect(world.run("history", "--revisions", "theirs", "--revisions-format", "x"), 64, "flyway, golang-migrate, dbmate")
    expect(world.run("history", "--revisions", "nowhere", "--revisions-format", "flyway"), 65, "nowhere")
    (world.folder / "theirs/V1.1__c.sql").unlink()
    expect(world.run("merge", *options), 64, "no option `--revisions-format`", "--revisions-format")
    world.file("goose/1_a.sql", CREATE)
    expect(world.run("history", "--revisions", "goose", "--revisions-format", "goose"), 65, "goose/1_a.sql:1:1")
