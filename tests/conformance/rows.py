"""Counts the rows of every table, to see whether a migration lost any."""

# relkind r: its own rows, without those of tables that inherit from it. relkind p: the rows of all its partitions.
_COUNT = r"""
SELECT format('SELECT %L, %L, %L, count(*) FROM %s %s',
              c.oid::regclass, c.relkind,
              (SELECT string_agg(l.relid::regclass::text, ';') FROM pg_partition_tree(c.oid) l WHERE l.isleaf),
              CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY' END, c.oid::regclass)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
ORDER BY c.oid
\gexec
"""


def count(server, database):
    """Gives {qualified name: (kind, rows, names of the partitions that hold them)}."""
    # Names come out qualified only when nothing is on the search_path.
    code, out, errors = server.sql(database, script="SET search_path = '';\n" + _COUNT)
    if code != 0:
        raise RuntimeError(f"counting rows failed: {errors.strip()}")
    result = {}
    for line in out.splitlines():
        name, kind, leaves, rows = line.split("\t")
        result[name] = (kind, int(rows), frozenset(leaves.split(";")) - {""})
    return result


def losses(before, after):
    """One line for each table that is in both states and has fewer rows in the second."""
    result = []
    for name, (kind, rows, leaves) in sorted(before.items()):
        if name not in after:
            continue
        # What a partition held goes with it when the desired state no longer has that partition.
        gone = sum(before[leaf][1] for leaf in leaves - {name} if leaf in before and leaf not in after) if kind == "p" else 0
        if after[name][1] < rows - gone:
            result.append(f"`{name}` had {rows} rows, now {after[name][1]}")
    return result
