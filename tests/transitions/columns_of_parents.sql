-- state
CREATE TABLE k (id integer CONSTRAINT k_pkey PRIMARY KEY);
CREATE DOMAIN d AS integer;
CREATE TABLE a (x integer, y text, z d);
CREATE TABLE c () INHERITS (a);
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE f (k_id integer, CONSTRAINT f_k_id_fkey FOREIGN KEY (k_id) REFERENCES k);
-- state
CREATE TABLE k (id bigint CONSTRAINT k_pkey PRIMARY KEY);
CREATE DOMAIN d AS integer CONSTRAINT d_check CHECK (VALUE > 0);
CREATE TABLE a (x bigint, y text, z d);
ALTER TABLE a ALTER COLUMN y SET STORAGE EXTERNAL;
CREATE TABLE c () INHERITS (a);
ALTER TABLE a ALTER COLUMN x SET (n_distinct = 5);
CREATE TABLE p (a integer NOT NULL GENERATED ALWAYS AS IDENTITY, b text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE f (k_id bigint, CONSTRAINT f_k_id_fkey FOREIGN KEY (k_id) REFERENCES k);
CREATE TABLE e () INHERITS (a);
-- state: a column that the child declares as well, with an index and a view over it
CREATE TABLE parent (x integer, y text);
CREATE TABLE child (y text, z integer) INHERITS (parent);
CREATE TABLE grandchild (x integer) INHERITS (child);
CREATE INDEX child_y ON child (y);
CREATE VIEW seen AS SELECT y, x FROM child;
-- state
CREATE TABLE parent (x bigint, y varchar(40) COLLATE "C");
CREATE TABLE child (y varchar(40) COLLATE "C", z integer) INHERITS (parent);
CREATE TABLE grandchild (x bigint) INHERITS (child);
CREATE INDEX child_y ON child (y);
CREATE VIEW seen AS SELECT y, x FROM child;
