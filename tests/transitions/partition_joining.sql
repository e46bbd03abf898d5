-- state
CREATE TABLE p (a integer, b integer DEFAULT 7) PARTITION BY LIST (a);
CREATE TABLE p1 (a integer, b integer DEFAULT 4);
-- state: the columns are the parent's, with their defaults
CREATE TABLE p (a integer, b integer DEFAULT 7) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
