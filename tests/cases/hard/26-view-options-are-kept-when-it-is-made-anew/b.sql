CREATE TABLE t (a bigint, b int);
CREATE VIEW v WITH (security_invoker=true) AS SELECT a FROM t;
CREATE VIEW w WITH (security_barrier=true) AS SELECT b, a FROM t;
CREATE VIEW x WITH (security_invoker=true) AS SELECT b FROM t;
