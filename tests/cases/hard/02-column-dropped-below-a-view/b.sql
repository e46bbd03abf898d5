CREATE TABLE foo (id int, keep text);
CREATE VIEW v AS SELECT id, keep FROM foo;
