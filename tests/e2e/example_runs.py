"""The worked examples of examples/, run as their READMEs say, and the example database's own change."""

import os
import re
import shutil
import subprocess

from harness import ROOT, Result, check, expect, same_schema, test

EXAMPLES = ROOT / "examples"


def run_example(world, name):
    """Runs examples/NAME/run on a copy, with schemadiff and psql on the PATH and an empty database."""
    folder = world.folder / name
    shutil.copytree(EXAMPLES / name, folder)
    database = world.database()
    path = os.pathsep.join([str(world.binary.parent), str(world.server.psql.parent), os.environ["PATH"]])
    environment = {**world.server.environment, "DATABASE_URL": world.url(database), "PATH": path}
    done = subprocess.run(["bash", "-euo", "pipefail", "./run"], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120)
    result = Result([f"examples/{name}/run"], done.returncode, done.stdout, done.stderr)
    return folder, database, expect(result, 0)


def files_of(folder):
    return [path.read_text() for path in sorted((folder / "schema").rglob("*.sql"))]


@test
def example_from_empty(world):
    folder, database, _ = run_example(world, "from-empty")
    same_schema(world, database, "\n".join(files_of(folder)))


@test
def example_rename_and_backfill(world):
    folder, database, _ = run_example(world, "rename-and-backfill")
    same_schema(world, database, "\n".join(files_of(folder)))
    check(world.query(database, "SELECT count(*) FROM subscribers;") == "10000", "rows were lost")
    check(world.query(database, "SELECT count(*) FROM subscribers WHERE full_name LIKE 'reader %';") == "10000",
          "the renamed column lost its values")
    check(world.query(database, "SELECT count(*) FROM subscribers WHERE locale = 'en';") == "10000", "no backfill")


@test
def example_pull_request_check(world):
    folder, _, _ = run_example(world, "pull-request-check")
    comment = (folder / "comment.md").read_text()
    check("```" in comment and "reading_lists" in comment, "the comment shows no plan", comment)


@test
def example_branch_and_merge(world):
    """on an embedded server; the committed revisions lead to its schema/, by the account of pg_dump as well"""
    folder, database, result = run_example(world, "branch-and-merge")
    written = sorted(path.name for path in (EXAMPLES / "branch-and-merge/revisions").iterdir())
    check(sorted(path.name for path in (folder / "revisions").iterdir()) == written, "the run changed revisions", result)
    check("(head) (merge)" in result.out and "(branch point)" in result.out, "no branch and merge", result)
    url = world.url(database)
    expect(world.run("upgrade", "--config", folder / "schemadiff.toml", "--database-url", url, "--yes", "--allow", "all"), 0)
    world.query(database, "DROP SCHEMA schemadiff CASCADE;")
    same_schema(world, database, "\n".join(sorted(files_of(folder), key=lambda sql: ("REFERENCES" in sql, "fines" in sql))))


@test
def workflow_runs_the_commands_that_the_example_runs(world):
    """the workflow cannot be run here; its schemadiff commands are those of the tested script"""
    workflow = (EXAMPLES / "pull-request-check/schema.yml").read_text()
    script = (EXAMPLES / "pull-request-check/run").read_text()
    commands = [re.sub(r"\s+", " ", line.strip()) for line in workflow.splitlines() if re.match(r"\s*schemadiff ", line)]
    check(commands, "the workflow calls no schemadiff")
    for command in commands:
        check(command in re.sub(r"[ \t]+", " ", script), f"`{command}` is not in the tested script")


@test
def example_database(world):
    """the previous ERP becomes the one that schema/ declares, and keeps its rows"""
    database = world.database()
    previous = EXAMPLES / "erp-previous"
    code, errors = world.server.load(database, previous / "schema.sql", previous / "seed.sql")
    check(code == 0, errors)
    _, before = world.state(database)
    expect(world.plan(database, "--schema", ROOT / "schema", "--exit-code"), 2)
    expect(world.apply(database, "--schema", ROOT / "schema"), 3, "data-loss")
    expect(world.apply(database, "--schema", ROOT / "schema", "--allow", "all"), 0)
    expect(world.plan(database, "--schema", ROOT / "schema", "--exit-code"), 0)
    _, after = world.state(database)
    kept = {name: rows for name, (_, rows, _) in before.items()}
    now = {name: rows for name, (_, rows, _) in after.items() if name in kept}
    check(kept == now, f"rows before {kept}, after {now}")
    check(world.query(database, "SELECT display_name FROM sales.customers WHERE id = 7;") == "customer 7", "rename lost values")
