INSERT INTO t VALUES ('a'), ('B');
