CREATE TABLE t (a int);
CREATE UNIQUE INDEX t_a ON t (a);
UPDATE pg_index SET indisvalid = false, indisready = false WHERE indexrelid = 't_a'::regclass;
