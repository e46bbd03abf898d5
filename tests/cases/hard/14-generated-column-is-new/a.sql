CREATE TABLE t (title text);
