CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE log (status text);
CREATE TABLE t (status state);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (status = 'open');
CREATE RULE r AS ON UPDATE TO t WHERE new.status <> old.status DO ALSO INSERT INTO log VALUES (new.status::text);
