-- state: as the types have it
CREATE TYPE pair AS (x integer, y text);
CREATE DOMAIN address AS inet;
CREATE TABLE t (
    a text, b numeric(10, 2), c inet, d cidr, e address, f jsonb, g text[], h numeric[], i pair, j pair[], k int4range,
    l tsquery, m bytea, n varchar(3), o character(3), p name, q integer, r date);
-- state: what few have
CREATE TYPE pair AS (x integer, y text);
CREATE DOMAIN address AS inet;
CREATE TABLE t (
    a text, b numeric(10, 2), c inet, d cidr, e address, f jsonb, g text[], h numeric[], i pair, j pair[], k int4range,
    l tsquery, m bytea, n varchar(3), o character(3), p name, q integer, r date);
ALTER TABLE t
    ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTENDED, ALTER c SET STORAGE EXTENDED, ALTER d SET STORAGE PLAIN,
    ALTER e SET STORAGE EXTENDED, ALTER f SET STORAGE MAIN, ALTER g SET STORAGE MAIN, ALTER h SET STORAGE EXTERNAL,
    ALTER i SET STORAGE PLAIN, ALTER j SET STORAGE EXTERNAL, ALTER k SET STORAGE MAIN, ALTER m SET STORAGE EXTERNAL,
    ALTER n SET STORAGE MAIN, ALTER o SET STORAGE PLAIN;
ALTER TABLE t ALTER a SET STATISTICS 77, ALTER c SET STATISTICS 0, ALTER q SET STATISTICS 1000;
ALTER TABLE t ALTER b SET (n_distinct = 5, n_distinct_inherited = -0.5), ALTER r SET (n_distinct = 100);
-- state: other types, stored as before
CREATE TYPE pair AS (x integer, y text);
CREATE DOMAIN address AS inet;
CREATE TABLE t (
    a varchar(40), b numeric(12, 4), c cidr, d inet, e inet, f json, g varchar(40)[], h numeric(10, 2)[], i pair, j pair[],
    k int4range, l text, m bytea, n text, o varchar(3), p text, q bigint, r timestamp);
ALTER TABLE t
    ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTENDED, ALTER c SET STORAGE EXTENDED, ALTER d SET STORAGE PLAIN,
    ALTER e SET STORAGE EXTENDED, ALTER f SET STORAGE MAIN, ALTER g SET STORAGE MAIN, ALTER h SET STORAGE EXTERNAL,
    ALTER i SET STORAGE PLAIN, ALTER j SET STORAGE EXTERNAL, ALTER k SET STORAGE MAIN, ALTER m SET STORAGE EXTERNAL,
    ALTER n SET STORAGE MAIN, ALTER o SET STORAGE PLAIN;
-- state: of partitions
CREATE TABLE t (a text, b text) PARTITION BY LIST (b);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
-- state
CREATE TABLE t (a varchar(70), b text) PARTITION BY LIST (b);
CREATE TABLE p PARTITION OF t FOR VALUES IN ('x');
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
