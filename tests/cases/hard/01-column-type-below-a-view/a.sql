CREATE TABLE t (id int, val text);
CREATE VIEW v AS SELECT id, val FROM t;
