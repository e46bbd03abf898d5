-- state: what types have of their own, said once more, and the default where they have another
CREATE DOMAIN c_text AS text COLLATE "C";
CREATE DOMAIN plain AS text;
CREATE DOMAIN like_c AS c_text;
CREATE DOMAIN like_default AS c_text COLLATE "default";
CREATE DOMAIN name_default AS name COLLATE "default";
CREATE DOMAIN name_c AS name COLLATE "C";
CREATE TYPE pair AS (x text COLLATE "default", y c_text COLLATE "C", z c_text COLLATE "default", n name COLLATE "C");
CREATE TABLE t (
    a c_text, b c_text COLLATE "C", c c_text COLLATE "default", d plain COLLATE "default", e plain COLLATE "POSIX",
    f name, g name COLLATE "C", h name COLLATE "default", i text COLLATE pg_catalog."default", j like_c COLLATE "default",
    k like_default COLLATE "C", l name[] COLLATE "C", m name[] COLLATE "default", n c_text[] COLLATE "C", o c_text[]);
CREATE INDEX own ON t (a COLLATE "C");
CREATE INDEX default_of_own ON t (a COLLATE "default", i COLLATE "default");
CREATE INDEX own_of_default ON t (c COLLATE "C", c COLLATE "default");
CREATE INDEX of_names ON t (g COLLATE "default", h COLLATE "C");
CREATE TABLE said (d text COLLATE "C", e text COLLATE "POSIX");
CREATE INDEX said_default ON said (d COLLATE "default", e COLLATE "default" text_pattern_ops);
CREATE INDEX said_own ON said (d COLLATE "C", e);
ALTER TABLE said ADD CONSTRAINT said_excl EXCLUDE USING btree (d COLLATE "default" WITH =);
CREATE TYPE over_plain AS RANGE (subtype = plain, collation = "default");
CREATE TYPE over_c AS RANGE (subtype = c_text, collation = "C");
CREATE TYPE over_name AS RANGE (subtype = name, collation = "default");
CREATE TABLE par (id integer, c c_text) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF par FOR VALUES FROM (0) TO (10);
CREATE INDEX part_idx ON part (c COLLATE "default");
CREATE TABLE heir () INHERITS (said);
CREATE INDEX heir_idx ON heir (d COLLATE "default", e COLLATE "C");
CREATE TYPE steady AS (y c_text, z c_text COLLATE "default", n name);
CREATE TABLE typed OF steady;
CREATE INDEX typed_idx ON typed (z COLLATE "default", y COLLATE "default", n COLLATE "C");
CREATE MATERIALIZED VIEW seen AS SELECT s.d, s.e, t.a FROM said s, t;
CREATE INDEX seen_idx ON seen (d, e, a COLLATE "POSIX");
-- state: what was said is not, and the other way round
CREATE DOMAIN c_text AS text COLLATE "C";
CREATE DOMAIN plain AS text;
CREATE DOMAIN like_c AS c_text;
CREATE DOMAIN like_default AS c_text;
CREATE DOMAIN name_default AS name;
CREATE DOMAIN name_c AS name COLLATE "default";
CREATE TYPE pair AS (x text, y c_text, z c_text, n name COLLATE "default");
CREATE TABLE t (
    a c_text COLLATE "default", b c_text COLLATE "default", c c_text, d plain COLLATE "C", e plain COLLATE "default",
    f name COLLATE "default", g name, h name COLLATE "C", i text COLLATE "C", j like_c, k like_default COLLATE "POSIX",
    l name[] COLLATE "default", m name[], n c_text[] COLLATE "default", o c_text[] COLLATE "C");
CREATE INDEX own ON t (a);
CREATE INDEX default_of_own ON t (a, i);
CREATE INDEX own_of_default ON t (c, c COLLATE "default");
CREATE INDEX of_names ON t (g, h COLLATE "default");
CREATE TABLE said (d text COLLATE "C", e text COLLATE "default");
CREATE INDEX said_default ON said (d, e);
CREATE INDEX said_own ON said (d COLLATE "default", e COLLATE "default");
ALTER TABLE said ADD CONSTRAINT said_excl EXCLUDE USING btree (d WITH =);
CREATE TYPE over_plain AS RANGE (subtype = plain);
CREATE TYPE over_c AS RANGE (subtype = c_text, collation = "default");
CREATE TYPE over_name AS RANGE (subtype = name, collation = "C");
CREATE TABLE par (id integer, c c_text) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF par FOR VALUES FROM (0) TO (10);
CREATE INDEX part_idx ON part (c COLLATE "C");
CREATE TABLE heir () INHERITS (said);
CREATE INDEX heir_idx ON heir (d, e COLLATE "default");
CREATE TYPE steady AS (y c_text, z c_text COLLATE "default", n name);
CREATE TABLE typed OF steady;
CREATE INDEX typed_idx ON typed (z COLLATE "C", y, n COLLATE "default");
CREATE MATERIALIZED VIEW seen AS SELECT s.d, s.e, t.a FROM said s, t;
CREATE INDEX seen_idx ON seen (d, e COLLATE "C", a);
