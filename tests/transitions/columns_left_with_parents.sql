-- state
CREATE TABLE p (k integer NOT NULL, a text) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX i ON p1 (k, a);
-- state: what leaves loses a column, and its index is on another
CREATE TABLE p (k integer NOT NULL, a text) PARTITION BY LIST (k);
CREATE TABLE p1 (k integer CONSTRAINT p_k_not_null NOT NULL, b text);
CREATE INDEX i ON p1 (k, b);
