CREATE TABLE log (status text);
CREATE TABLE t (status text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (status = 'open');
CREATE RULE r AS ON UPDATE TO t WHERE new.status <> old.status DO ALSO INSERT INTO log VALUES (new.status::text);
