INSERT INTO foo VALUES (1, 'a', 'b');
