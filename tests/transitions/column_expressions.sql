-- state: defaults, and what columns are generated from
CREATE TABLE t (
    a integer DEFAULT 1, b text DEFAULT '{VAR 1}', c integer GENERATED ALWAYS AS (a * 2) STORED,
    d text GENERATED ALWAYS AS ('{VAR ') STORED, e integer GENERATED ALWAYS AS (7) STORED,
    f text GENERATED ALWAYS AS (b || '!') STORED, g timestamptz DEFAULT now());
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER COLUMN b SET DEFAULT '{VAR 2}';
CREATE TABLE wide (
    c1 integer, c2 integer, c3 integer, c4 integer, c5 integer, c6 integer, c7 integer, c8 integer, c9 integer,
    "rolname" integer, seqmax integer, "rol Name" text, CHECK (c9 > c1), CHECK (rolname > 0 AND seqmax > c2),
    CHECK ("rol Name" <> 'rolname'));
CREATE INDEX wide_partial ON wide (c1) WHERE rolname > 3 AND seqmax > 1 AND "rol Name" <> 'seqmin';
CREATE INDEX rows_of_wide ON wide (c1) WHERE wide IS NOT NULL;
CREATE TABLE "Few" (a integer, pg_sequence integer);
CREATE INDEX rows_of_few ON "Few" (a) WHERE "Few" IS NOT NULL AND pg_sequence > 0;
-- state
CREATE TABLE t (
    a integer DEFAULT 2, b text, c integer DEFAULT 3, d text GENERATED ALWAYS AS ('{VAR 2') STORED, e integer,
    f text GENERATED ALWAYS AS (b || '?') STORED, g timestamptz DEFAULT '2020-01-01 00:00+00');
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 5;
CREATE TABLE wide (
    c1 integer, c2 integer, c3 integer, c4 integer, c5 integer, c6 integer, c7 integer, c8 integer, c9 integer,
    "rolname" integer, seqmax integer, "rol Name" text, c13 integer, CHECK (c9 > c13), CHECK (seqmax > 0 AND rolname > c2),
    CHECK ("rol Name" <> 'c13'));
CREATE INDEX wide_partial ON wide (c1) WHERE seqmax > 3 AND rolname > 1 AND c13 > 0;
CREATE INDEX rows_of_wide ON wide (c1) WHERE (wide).c2 > 1;
CREATE TABLE "Few" (a integer, pg_sequence integer);
CREATE INDEX rows_of_few ON "Few" (a) WHERE "Few" IS NOT NULL OR pg_sequence > 0;
