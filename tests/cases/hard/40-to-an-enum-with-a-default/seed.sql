INSERT INTO t VALUES ('a', 'b', 1), ('b', 'a', 2);
