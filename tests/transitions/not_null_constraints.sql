-- from 18
-- state
CREATE TABLE t (a integer CONSTRAINT a_given NOT NULL, b integer NOT NULL, c integer, CONSTRAINT c_given NOT NULL c NO INHERIT);
COMMENT ON CONSTRAINT a_given ON t IS 'given';
COMMENT ON CONSTRAINT t_b_not_null ON t IS 'made';
-- state
CREATE TABLE t (a integer CONSTRAINT a_other NOT NULL, b integer CONSTRAINT b_given NOT NULL NO INHERIT, c integer, CONSTRAINT c_given NOT NULL c);
-- state
CREATE TABLE t (a integer, b integer, c integer CONSTRAINT c_given NOT NULL);
ALTER TABLE t ADD CONSTRAINT a_late NOT NULL a NOT VALID;
ALTER TABLE t ADD CONSTRAINT b_given NOT NULL b;
ALTER TABLE t ADD CONSTRAINT b_key PRIMARY KEY (b);
-- state
CREATE TABLE t (a integer, b integer, c integer);
ALTER TABLE t ADD CONSTRAINT a_late NOT NULL a;
CREATE TABLE child (c integer CONSTRAINT mine NOT NULL) INHERITS (t);
CREATE TABLE child2 () INHERITS (t);
