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
-- state: keys that say what their columns are by themselves
CREATE TABLE t (a integer, b text COLLATE "C");
CREATE MATERIALIZED VIEW v AS SELECT a + 1 AS a, b, lower(b) AS l FROM t WHERE a IN (1, 2);
CREATE INDEX v_a ON v (a int4_ops, b COLLATE "C" text_ops);
CREATE INDEX v_l ON v ((l || 'x') COLLATE "C") WHERE b IN ('y', 'z');
CREATE INDEX v_q ON v ((v.a + 1), ((v.b || v.l)));
