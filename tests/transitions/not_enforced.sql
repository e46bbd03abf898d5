-- from 18
-- state
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (a integer CHECK (a > 0) NOT ENFORCED, b integer REFERENCES r NOT ENFORCED);
-- state
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (a integer CHECK (a > 0), b integer REFERENCES r);
-- state
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (a integer, b integer);
ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES r NOT VALID;
