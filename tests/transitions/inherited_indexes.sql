-- state: indexes and keys over columns of a parent
CREATE TABLE said (d text, e integer, f text COLLATE "POSIX");
CREATE TABLE heir () INHERITS (said);
CREATE INDEX heir_d_e ON heir (d, e);
CREATE INDEX heir_f ON heir (f);
ALTER TABLE heir ADD CONSTRAINT heir_key UNIQUE (e, d);
CREATE TABLE par (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE part PARTITION OF par FOR VALUES FROM (0) TO (10);
CREATE INDEX part_b ON part (b);
ALTER TABLE part ADD CONSTRAINT part_key UNIQUE (b);
-- state: other types and others over them, at once
CREATE TABLE said (d text, e bigint, f text COLLATE "C");
CREATE TABLE heir () INHERITS (said);
CREATE INDEX heir_d_e ON heir (e);
CREATE INDEX heir_f ON heir (f DESC);
ALTER TABLE heir ADD CONSTRAINT heir_key UNIQUE (e);
CREATE TABLE par (a integer, b bigint) PARTITION BY RANGE (a);
CREATE TABLE part PARTITION OF par FOR VALUES FROM (0) TO (10);
CREATE INDEX part_b ON part (b, a);
ALTER TABLE part ADD CONSTRAINT part_key UNIQUE (b, a);
