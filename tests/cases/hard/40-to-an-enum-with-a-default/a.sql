CREATE TYPE small AS ENUM ('a', 'b');
CREATE TABLE t (s text DEFAULT 'a', e small DEFAULT 'b', n int);
