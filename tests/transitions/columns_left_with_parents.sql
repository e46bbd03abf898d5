-- state
CREATE TABLE p (k integer NOT NULL, a text) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX i ON p1 (k, a);
CREATE TABLE t (a integer, c text);
CREATE TABLE q () INHERITS (t);
CREATE INDEX j ON q (a);
-- state: what leaves loses a column, and its index is on another
CREATE TABLE p (k integer NOT NULL, a text) PARTITION BY LIST (k);
CREATE TABLE p1 (k integer NOT NULL, b text);
CREATE INDEX i ON p1 (k, b);
CREATE TABLE t (a integer, c text);
CREATE TABLE q (z integer, c text);
CREATE INDEX j ON q (z);
