-- without locks: what opens the circle is dropped while its tables are partitions, and that is decided after locks are told
-- state
CREATE TABLE a (x integer, y integer, UNIQUE (x)) PARTITION BY LIST (x);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);
CREATE TABLE b (x integer, y integer, UNIQUE (x)) PARTITION BY LIST (x);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN (1);
ALTER TABLE a ADD CONSTRAINT a_to_b FOREIGN KEY (x) REFERENCES b (x);
ALTER TABLE b ADD CONSTRAINT b_to_a FOREIGN KEY (x) REFERENCES a (x);
-- state: the partitions stay, as tables of their own
CREATE TABLE a (x integer, y integer, UNIQUE (x));
CREATE TABLE a1 (x integer, y integer);
CREATE TABLE b (x integer, y integer, UNIQUE (x));
CREATE TABLE b1 (x integer, y integer);
ALTER TABLE a ADD CONSTRAINT a_to_b FOREIGN KEY (x) REFERENCES b (x);
ALTER TABLE b ADD CONSTRAINT b_to_a FOREIGN KEY (x) REFERENCES a (x);
