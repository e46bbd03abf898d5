CREATE TABLE t (status text, s varchar(10), CONSTRAINT two CHECK (status IN ('a', 'b')), CONSTRAINT one CHECK (status IN ('a')));
CREATE INDEX t_s ON t (s) WHERE s IN ('p');
