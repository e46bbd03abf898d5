CREATE TABLE t (id integer, n integer, UNIQUE NULLS NOT DISTINCT (n), PRIMARY KEY (id));
CREATE TABLE u (a integer, b integer, FOREIGN KEY (a) REFERENCES t ON DELETE SET NULL (a));
CREATE VIEW v WITH (security_invoker=true) AS SELECT id FROM t;
CREATE UNLOGGED SEQUENCE fast;
CREATE SCHEMA published;
CREATE TABLE published.x (id integer PRIMARY KEY, secret text);
CREATE PUBLICATION schemas FOR TABLES IN SCHEMA published;
CREATE PUBLICATION filtered FOR TABLE t (id) WHERE (id > 10), published.x;
CREATE UNIQUE INDEX i ON t (n, id) NULLS NOT DISTINCT;
