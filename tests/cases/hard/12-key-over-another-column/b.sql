CREATE TABLE t (source int, target int, PRIMARY KEY (source, target));
