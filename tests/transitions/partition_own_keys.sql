-- state: the key is taken for the part of an index that is none
CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p (PRIMARY KEY (a, b)) FOR VALUES IN (1);
CREATE UNIQUE INDEX p_idx ON p (a, b);
