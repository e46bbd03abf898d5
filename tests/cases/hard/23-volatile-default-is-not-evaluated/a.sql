CREATE TABLE t (a text DEFAULT ('Story-' || gen_random_uuid()));
