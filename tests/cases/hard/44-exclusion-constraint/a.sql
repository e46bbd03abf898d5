CREATE TABLE t (during tsrange);
