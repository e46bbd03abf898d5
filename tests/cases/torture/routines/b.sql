CREATE FUNCTION plus(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 3 AS 'SELECT a + b';
CREATE FUNCTION plus(a text, VARIADIC more text[] DEFAULT ARRAY['x', 'y']) RETURNS text LANGUAGE sql STABLE AS $$SELECT a || array_to_string(more, ';')$$;
COMMENT ON FUNCTION plus(integer, integer) IS 'adds';
CREATE FUNCTION atomic(n integer) RETURNS TABLE (i integer, double bigint) LANGUAGE sql ROWS 7 BEGIN ATOMIC SELECT x, x * 2::bigint FROM generate_series(1, n) AS x; END;
CREATE FUNCTION direct(n integer) RETURNS integer LANGUAGE sql RETURN n + 1;
CREATE FUNCTION guarded() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET work_mem = '8MB' AS $body$
BEGIN
  RETURN $$nested$$;
END
$body$;
CREATE FUNCTION swap(IN a integer, INOUT b integer, OUT c text) LANGUAGE sql AS $$SELECT a, 'x'$$;
CREATE PROCEDURE work(n integer, INOUT done boolean DEFAULT false) LANGUAGE plpgsql AS 'BEGIN done := true; END';
COMMENT ON PROCEDURE work(integer, boolean) IS 'does it';
CREATE FUNCTION planned(text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT textlike_support AS 'textlike';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0');
COMMENT ON AGGREGATE total(integer) IS 'sums up';
CREATE AGGREGATE largest(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
CREATE AGGREGATE middle(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE FUNCTION same(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION same(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = text, FUNCTION = same, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = integer, FUNCTION = same, COMMUTATOR = ===);
COMMENT ON OPERATOR ===(integer, text) IS 'equal as text';
CREATE OPERATOR FAMILY backwards USING btree;
CREATE FUNCTION back(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($2, $1)';
CREATE OPERATOR CLASS back_ops FOR TYPE integer USING btree FAMILY backwards AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 back(integer, integer);
COMMENT ON OPERATOR CLASS back_ops USING btree IS 'the other way round';
CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION to_pair(integer) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::pair';
CREATE CAST (integer AS pair) WITH FUNCTION to_pair(integer) AS ASSIGNMENT;
COMMENT ON CAST (integer AS pair) IS 'twice the same';
CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION noticed();
ALTER EVENT TRIGGER watch DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'asleep';
