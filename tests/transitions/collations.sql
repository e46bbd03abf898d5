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
