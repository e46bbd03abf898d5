CREATE TABLE async_jobs (id int, "concurrently" int);
