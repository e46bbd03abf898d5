CREATE TABLE t (title text, tsv tsvector GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED);
