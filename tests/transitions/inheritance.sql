-- state
CREATE TABLE a (x integer NOT NULL, y integer DEFAULT 1, CONSTRAINT x_positive CHECK (x > 0));
CREATE TABLE b (z text);
CREATE TABLE c (own integer) INHERITS (a, b);
-- state
CREATE TABLE a (x integer, y integer DEFAULT 2, more text);
CREATE TABLE b (z text NOT NULL);
CREATE TABLE c (own integer) INHERITS (a, b);
ALTER TABLE c ALTER COLUMN more SET NOT NULL;
ALTER TABLE c ALTER COLUMN y SET DEFAULT 3;
