-- from 18
-- state
CREATE EXTENSION btree_gist;
CREATE TABLE r (id integer, span daterange, PRIMARY KEY (id, span WITHOUT OVERLAPS));
CREATE TABLE t (id integer, r integer, span daterange, UNIQUE (id, span WITHOUT OVERLAPS), FOREIGN KEY (r, PERIOD span) REFERENCES r (id, PERIOD span));
-- state
CREATE EXTENSION btree_gist;
CREATE TABLE r (id integer, span daterange NOT NULL, n integer NOT NULL, CONSTRAINT r_pkey PRIMARY KEY (n, span WITHOUT OVERLAPS));
CREATE TABLE t (id integer, r integer, span daterange, CONSTRAINT t_r_span_fkey FOREIGN KEY (r, PERIOD span) REFERENCES r (n, PERIOD span));
