"""Roles, owners and privileges: what the files say of them, and what they leave alone."""

from contextlib import contextmanager

from harness import check, expect, same_schema, test

TABLE = "CREATE TABLE t (id integer);\n"


@contextmanager
def roles(world, *names):
    """Roles of the server with names of their own, gone afterwards."""
    created = [f"{name}_{world.number}" for name in names]
    for role in created:
        world.must(world.server.sql("postgres", f"CREATE ROLE {role}"))
    try:
        yield created
    finally:
        for database in world.databases:
            for role in created:
                world.query(database, f"DROP OWNED BY {role};")
        for role in created:
            world.must(world.server.sql("postgres", f"DROP ROLE {role}"))


def settles(world, database, *arguments):
    expect(world.plan(database, "--exit-code", *arguments), 0)


@test
def what_the_files_do_not_speak_of_is_left_alone(world):
    """owners, privileges and default privileges, also where an object is made anew"""
    with roles(world, "owner", "reader") as (owner, reader):
        live = TABLE + (
            f"ALTER TABLE t OWNER TO {owner}; GRANT SELECT ON t TO {reader};"
            f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {reader};"
            f"CREATE VIEW v AS SELECT id FROM t; ALTER VIEW v OWNER TO {owner};"
            f"REVOKE ALL ON v FROM {reader}; GRANT INSERT ON v TO {reader};"
        )
        database = world.database(live)
        world.file("schema/t.sql", TABLE + "CREATE VIEW v AS SELECT id FROM t;\n")
        settles(world, database)
        world.file("schema/t.sql", TABLE + "CREATE VIEW v AS SELECT id::text AS id FROM t;\n")
        expect(world.apply(database, "--allow", "all"), 0)
        same_schema(world, database, live.replace("VIEW v AS SELECT id FROM", "VIEW v AS SELECT id::text AS id FROM"))
        settles(world, database)


@test
def a_renamed_table_keeps_what_is_left_alone(world):
    with roles(world, "owner", "reader") as (owner, reader):
        access = "ALTER TABLE {0} OWNER TO {1}; GRANT SELECT ON {0} TO {2}; GRANT UPDATE (id) ON {0} TO {2};"
        database = world.database(TABLE + access.format("t", owner, reader))
        desired = "-- schemadiff:renamed-from t\nCREATE TABLE u (id integer);\n"
        world.file("schema/t.sql", desired)
        expect(world.apply(database, "--allow", "all"), 0)
        same_schema(world, database, desired + access.format("u", owner, reader))
        settles(world, database)


@test
def default_privileges_and_a_revoke(world):
    """a new table takes back what default privileges gave it; one apply converges (hard case 29)"""
    with roles(world, "app") as (app,):
        defaults = f"ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {app};\n"
        database = world.database(defaults)
        desired = defaults + TABLE + f"REVOKE ALL ON t FROM {app}; GRANT SELECT ON t TO {app};\n"
        world.file("schema/t.sql", desired)
        expect(world.apply(database, "--allow", "all", "--manage", "all"), 0)
        same_schema(world, database, desired)
        settles(world, database, "--manage", "all")


@test
def execute_is_taken_from_public(world):
    """REVOKE EXECUTE ... FROM PUBLIC comes out (hard case 30)"""
    database = world.database()
    desired = "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1;\nREVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;\n"
    world.file("schema/f.sql", desired)
    expect(world.plan(database), 0, out=("REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC",))
    expect(world.apply(database, "--allow", "all"), 0)
    same_schema(world, database, desired)
    settles(world, database)


@test
def roles_are_declared_and_never_dropped(world):
    """options, memberships and settings; the password is set and not shown"""
    app, admin = f"app_{world.number}", f"admin_{world.number}"
    database = world.database()
    try:
        world.file(
            "schema/roles.sql",
            f"DO $$ BEGIN CREATE ROLE {app} LOGIN PASSWORD 'hunter2'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
            f"CREATE ROLE {admin} CREATEROLE; GRANT {admin} TO {app} WITH ADMIN OPTION;\n"
            f"ALTER ROLE {app} SET search_path TO app, public; ALTER ROLE {app} IN DATABASE {database} SET work_mem = '8MB';\n",
        )
        result = expect(world.apply(database, "--allow", "all", "--manage", "all"), 0)
        check("hunter2" not in result.out + result.errors, "the password is shown", result)
        settles(world, database, "--manage", "all")
        stored = world.query(database, f"SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = '{app}'")
        check(stored == "t", "the password was not set")
        world.file("schema/roles.sql", f"CREATE ROLE {app} LOGIN CONNECTION LIMIT 5; CREATE ROLE {admin};\n")
        expect(world.apply(database, "--allow", "all", "--manage", "all"), 0)
        settles(world, database, "--manage", "all")
        left = world.query(database, f"SELECT count(*) FROM pg_auth_members WHERE roleid = '{admin}'::regrole")
        check(left == "0", "the membership is still there")
        world.file("schema/roles.sql", "")
        settles(world, database, "--manage", "all")
    finally:
        for role in (app, admin):
            world.server.sql(database, f"DROP ROLE IF EXISTS {role}")


@test
def comments_on_the_database(world):
    """are set and changed, and one that the files do not speak of is left alone"""
    database = world.database("CREATE TABLE t (a integer);")
    for said in ("one", "another"):
        world.file("schema/t.sql", f"CREATE TABLE t (a integer);\nCOMMENT ON DATABASE {database} IS '{said}';\n")
        expect(world.apply(database), 0, out=(f"COMMENT ON DATABASE {database} IS '{said}'",))
        expect(world.plan(database, "--exit-code"), 0)
    world.file("schema/t.sql", "CREATE TABLE t (a integer);\n")
    expect(world.plan(database, "--exit-code"), 0)
    expect(world.run("dump", "--database-url", world.url(database), "--out", "dumped"), 0)
