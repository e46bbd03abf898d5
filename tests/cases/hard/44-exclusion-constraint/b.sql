CREATE TABLE t (during tsrange, CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
