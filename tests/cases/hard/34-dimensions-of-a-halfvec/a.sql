CREATE EXTENSION vector;
CREATE TABLE t (id int, embedding halfvec(384));
CREATE INDEX t_hnsw ON t USING hnsw (embedding halfvec_cosine_ops) WITH (m=16, ef_construction=64);
