CREATE TABLE t (source int, target int, alternate_name text, PRIMARY KEY (source, alternate_name));
