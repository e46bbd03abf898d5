INSERT INTO p SELECT generate_series(0, 9);
