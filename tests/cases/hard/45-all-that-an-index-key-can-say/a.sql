CREATE TABLE t (a text, b text, c int);
CREATE INDEX i ON t (a COLLATE "C" DESC NULLS LAST, b text_pattern_ops NULLS FIRST) INCLUDE (c) WITH (fillfactor=70) WHERE c > 0;
CREATE EXTENSION ltree;
CREATE TABLE u (l ltree);
CREATE INDEX u_l ON u USING gist (l gist_ltree_ops (siglen=100));
