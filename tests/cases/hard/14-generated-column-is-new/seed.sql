INSERT INTO t VALUES ('a title');
