-- state
CREATE TABLE t (id integer PRIMARY KEY, body text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
-- state
CREATE TABLE t (id integer PRIMARY KEY, body text) WITH (autovacuum_vacuum_scale_factor = 0.05, fillfactor = 80);
ALTER TABLE t ALTER COLUMN body SET (n_distinct = -0.5);
ALTER TABLE t ALTER COLUMN body SET STATISTICS 500;
ALTER TABLE t ALTER COLUMN body SET STORAGE EXTERNAL;
-- state
CREATE TABLE t (id integer, body text COMPRESSION pglz, CONSTRAINT t_pkey PRIMARY KEY (id) WITH (fillfactor = 60));
ALTER TABLE t SET (toast.autovacuum_vacuum_threshold = 100);
CREATE INDEX t_body ON t USING gin (to_tsvector('simple'::regconfig, body)) WITH (fastupdate = off);
CREATE INDEX t_id ON t (id) WITH (deduplicate_items = off);
CREATE INDEX t_expr ON t ((id + 1));
ALTER INDEX t_expr ALTER COLUMN 1 SET STATISTICS 300;
-- state
CREATE TABLE t (id integer, body text, CONSTRAINT t_pkey PRIMARY KEY (id) WITH (fillfactor = 50));
CREATE INDEX t_body ON t USING gin (to_tsvector('simple'::regconfig, body));
CREATE INDEX t_id ON t (id) WITH (fillfactor = 90);
CREATE INDEX t_expr ON t ((id + 1));
