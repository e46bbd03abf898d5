CREATE TABLE foo (id int, keep text, drop_me text);
CREATE VIEW v AS SELECT id, keep, drop_me FROM foo;
