CREATE TABLE t (a text, CONSTRAINT c CHECK (a = ANY (ARRAY['X'::varchar::text])));
