CREATE TABLE t (id int, val varchar(100));
CREATE VIEW v AS SELECT id, val FROM t;
