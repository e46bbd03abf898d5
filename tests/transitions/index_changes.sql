-- state: all that an index has besides its definition
CREATE TABLE t (a integer NOT NULL, b text, s tsvector);
CREATE UNIQUE INDEX t_a ON t (a);
CREATE TABLE r (a integer REFERENCES t (a));
CREATE INDEX t_b ON t (lower(b), a);
CREATE INDEX t_s ON t USING gist (s tsvector_ops (siglen = 100));
ALTER INDEX t_b ALTER COLUMN 1 SET STATISTICS 400;
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a;
ALTER TABLE t CLUSTER ON t_b;
COMMENT ON INDEX t_a IS 'a';
COMMENT ON INDEX t_b IS 'b';
-- state: other keys and options
CREATE TABLE t (a integer NOT NULL, b text, s tsvector);
CREATE UNIQUE INDEX t_a ON t (a DESC);
CREATE TABLE r (a integer REFERENCES t (a));
CREATE INDEX t_b ON t (upper(b), a) WITH (fillfactor = 50);
CREATE INDEX t_s ON t USING gist (s tsvector_ops (siglen = 200));
ALTER INDEX t_b ALTER COLUMN 1 SET STATISTICS 400;
ALTER TABLE t REPLICA IDENTITY USING INDEX t_a;
ALTER TABLE t CLUSTER ON t_b;
COMMENT ON INDEX t_a IS 'a';
COMMENT ON INDEX t_b IS 'b';
-- state: the same with another target, and without options
CREATE TABLE t (a integer NOT NULL, b text, s tsvector);
CREATE UNIQUE INDEX t_a ON t (a DESC) INCLUDE (b);
CREATE TABLE r (a integer);
CREATE INDEX t_b ON t (lower(b), a);
CREATE INDEX t_s ON t USING gist (s);
ALTER INDEX t_b ALTER COLUMN 1 SET STATISTICS 300;
ALTER TABLE t REPLICA IDENTITY FULL;
COMMENT ON INDEX t_b IS 'other';
