CREATE TABLE t (c varchar(100));
CREATE VIEW v AS SELECT CAST(c AS varchar(100)) AS same, CAST(c AS varchar(50)) AS shorter FROM t;
