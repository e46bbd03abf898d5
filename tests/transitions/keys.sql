-- Keys that change while rows, foreign keys and comments hold on to them.
-- state
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, c text, CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT t_k UNIQUE (b));
COMMENT ON CONSTRAINT t_k ON t IS 'one b each';
CREATE TABLE f (b integer CONSTRAINT f_b_fkey REFERENCES t (b));
-- state: more columns, and one that is new
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, c text, d integer DEFAULT 0 NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (a, d), CONSTRAINT t_k UNIQUE (b) INCLUDE (c));
COMMENT ON CONSTRAINT t_k ON t IS 'one b each';
CREATE TABLE f (b integer CONSTRAINT f_b_fkey REFERENCES t (b));
-- state: fewer, deferrable, another type
CREATE TABLE t (a bigint NOT NULL, b integer, c text, CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT t_k UNIQUE (b) DEFERRABLE);
CREATE TABLE f (b integer);
-- state: the replica identity, and the primary key without its name's kind
CREATE TABLE t (a bigint NOT NULL, b integer NOT NULL, c text, CONSTRAINT t_pkey UNIQUE (a), CONSTRAINT t_k PRIMARY KEY (b));
ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey;
-- state
CREATE TABLE t (a bigint NOT NULL, b integer NOT NULL, c text, CONSTRAINT t_pkey UNIQUE (a, b), CONSTRAINT t_k PRIMARY KEY (b) INCLUDE (c));
ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey;
ALTER TABLE t CLUSTER ON t_pkey;
-- state
CREATE TABLE t (a bigint NOT NULL, b integer NOT NULL, c text, CONSTRAINT t_pkey PRIMARY KEY (a, b), CONSTRAINT t_k UNIQUE (b));
ALTER TABLE t REPLICA IDENTITY USING INDEX t_k;
-- state: the same of a plain index
CREATE TABLE t (a bigint NOT NULL, b integer NOT NULL, c text);
CREATE UNIQUE INDEX t_i ON t (b);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_i;
ALTER TABLE t CLUSTER ON t_i;
-- state
CREATE TABLE t (a bigint NOT NULL, b integer NOT NULL, c text);
CREATE UNIQUE INDEX t_i ON t (b, a);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_i;
ALTER TABLE t CLUSTER ON t_i;
