-- state
CREATE TABLE t (id integer, CONSTRAINT t_pkey PRIMARY KEY (id) USING INDEX TABLESPACE pg_default) TABLESPACE pg_default;
CREATE INDEX t_i ON t (id) TABLESPACE pg_default;
CREATE TABLE p (a integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) USING heap;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE q (id integer);
-- state
CREATE TABLE t (id integer, CONSTRAINT t_pkey PRIMARY KEY (id));
CREATE INDEX t_i ON t (id);
CREATE TABLE p (a integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE q (id integer);
