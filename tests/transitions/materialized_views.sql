-- state
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW v WITH (fillfactor = 80) AS SELECT a FROM t WITH NO DATA;
CREATE INDEX v_a ON v (a);
-- state
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW v AS SELECT a FROM t;
CREATE INDEX v_a ON v (a);
-- state
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW v AS SELECT a, b FROM t WITH NO DATA;
CREATE UNIQUE INDEX v_a ON v (a);
