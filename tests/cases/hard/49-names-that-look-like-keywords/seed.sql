INSERT INTO async_jobs VALUES (1, 2);
