INSERT INTO t SELECT n, 'row ' || n FROM generate_series(1, 50) n;
