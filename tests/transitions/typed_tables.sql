-- state
CREATE TYPE point3 AS (x integer, y integer, z text);
CREATE TABLE t OF point3;
-- state
CREATE TYPE point3 AS (x integer, y integer, z text, more integer);
CREATE TABLE t OF point3;
-- state
CREATE TYPE point3 AS (x integer, y integer, z text);
CREATE TABLE t OF point3 (x WITH OPTIONS NOT NULL, y WITH OPTIONS DEFAULT 7, PRIMARY KEY (x), CHECK (y > 0));
CREATE INDEX t_z ON t (z);
COMMENT ON COLUMN t.z IS 'third';
-- state
CREATE TYPE point3 AS (x integer, y integer, z text);
CREATE TABLE t (x integer NOT NULL, y integer DEFAULT 7, z text);
-- state: attributes get other types, in tables that are partitioned as well
CREATE TYPE point3 AS (x integer, y integer, z text);
CREATE TABLE t OF point3;
CREATE TABLE u OF point3 PARTITION BY RANGE (y);
CREATE TABLE u1 PARTITION OF u FOR VALUES FROM (0) TO (10);
-- state
CREATE TYPE point3 AS (x bigint, y integer, z varchar(20));
CREATE TABLE t OF point3;
CREATE TABLE u OF point3 PARTITION BY RANGE (y);
CREATE TABLE u1 PARTITION OF u FOR VALUES FROM (0) TO (10);
