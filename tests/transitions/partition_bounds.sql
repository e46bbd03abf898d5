-- The bound of a partition changes together with what its parent has.
-- state
CREATE TABLE p (a integer NOT NULL, b text, d integer) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX p_b ON p (b);
-- state: columns' types, and an index less
CREATE TABLE p (a integer NOT NULL, b varchar(40), d bigint) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
-- state: an index that changes, a default, a check, and a bound that goes from one to the other
CREATE TABLE p (a integer NOT NULL, b varchar(40) DEFAULT 'x' CHECK (b <> ''), d bigint) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (15);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (15) TO (20);
CREATE INDEX p_b ON p (b, a);
-- state: only an index goes; a partition between the two is new
CREATE TABLE p (a integer NOT NULL, b varchar(40) DEFAULT 'x' CHECK (b <> ''), d bigint) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (12);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (15) TO (20);
CREATE TABLE p12 PARTITION OF p FOR VALUES FROM (12) TO (15);
-- state: a key and a column more
CREATE TABLE p (a integer NOT NULL, b varchar(40), c integer NOT NULL DEFAULT 0, d bigint, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (15);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (15) TO (20);
CREATE TABLE f (a integer REFERENCES p);
-- state: the key goes, a column's type changes; one partition instead of two
CREATE TABLE p (a integer NOT NULL, b varchar(40), c bigint, d bigint) PARTITION BY RANGE (a);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (0) TO (20);
CREATE TABLE f (a integer);
-- state: the key is another one
CREATE TABLE p (a integer NOT NULL, b varchar(40), c bigint, d bigint, CONSTRAINT p_key UNIQUE (a)) PARTITION BY RANGE (a);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE TABLE f (a integer CONSTRAINT f_a_fkey REFERENCES p (a));
-- state: bounds while a foreign key stays
CREATE TABLE p (a integer NOT NULL, b varchar(40), c integer, d bigint, CONSTRAINT p_key UNIQUE (a)) PARTITION BY RANGE (a);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (0) TO (5);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (5) TO (20) PARTITION BY RANGE (a);
CREATE TABLE p41 PARTITION OF p4 FOR VALUES FROM (5) TO (20);
CREATE TABLE f (a integer CONSTRAINT f_a_fkey REFERENCES p (a));
-- state: triggers, with states of their own
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE p (a integer NOT NULL, b varchar(40), c integer) PARTITION BY RANGE (a);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (5) TO (20) PARTITION BY RANGE (a);
CREATE TABLE p41 PARTITION OF p4 FOR VALUES FROM (5) TO (20);
CREATE TRIGGER u AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION t();
ALTER TABLE p41 DISABLE TRIGGER u;
-- state
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE p (a integer NOT NULL, b text, c bigint) PARTITION BY RANGE (a);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (0) TO (30) PARTITION BY RANGE (a);
CREATE TABLE p41 PARTITION OF p4 FOR VALUES FROM (5) TO (25);
CREATE TRIGGER u AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION t();
ALTER TABLE p41 DISABLE TRIGGER u;
