CREATE TABLE async_jobs (id int, "concurrently" int, "CREATE INDEX CONCURRENTLY" int);
CREATE VIEW concurrently_v AS SELECT id FROM async_jobs;
