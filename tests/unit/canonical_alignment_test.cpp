#include <doctest/doctest.h>

#include "canonical/alignment.h"

namespace schemadiff::test::canonical_alignment {
namespace {

bool Stored(const std::string& written, const std::string& stored) {
  SyntaxCache cache;
  return StoredAs(cache, written, stored, [](const std::string& column) -> std::string {
    if (column == "v") return "character varying(20)";
    if (column == "n") return "integer";
    if (column == "j") return "jsonb";
    if (column == "at") return "timestamp with time zone";
    return column == "t" ? "text" : "";
  });
}

TEST_CASE("what PostgreSQL makes of common expressions is known") {
  CHECK(Stored("t = 'a'", "(t = 'a'::text)"));
  CHECK(Stored("v = 'a'", "((v)::text = 'a'::text)"));
  CHECK(Stored("length(v) < 5", "(length((v)::text) < 5)"));
  CHECK(Stored("amount >= 0", "(amount >= (0)::numeric)"));
  CHECK(Stored("t IN ('a', 'b')", "(t = ANY (ARRAY['a'::text, 'b'::text]))"));
  CHECK(Stored("t NOT IN ('a', 'b')", "(t <> ALL (ARRAY['a'::text, 'b'::text]))"));
  CHECK(
      Stored("v IN ('a', 'b')", "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"));
  CHECK(Stored("n BETWEEN 1 AND 5", "((n >= 1) AND (n <= 5))"));
  CHECK(Stored("t LIKE '%@%'", "(t ~~ '%@%'::text)"));
  CHECK(Stored("n > 0 AND t IS NOT NULL", "((n > 0) AND (t IS NOT NULL))"));
  CHECK(Stored("coalesce(amount, 0) > -1", "(COALESCE(amount, (0)::numeric) > ('-1'::integer)::numeric)"));
  CHECK(Stored("coalesce(amount, 0) > 1", "(COALESCE(amount, (0)::numeric) > (1)::numeric)"));
  CHECK(Stored("greatest(amount, 0) > 1", "(GREATEST(amount, (0)::numeric) > (1)::numeric)"));
  CHECK(Stored("amount IS DISTINCT FROM 3", "(amount IS DISTINCT FROM (3)::numeric)"));
  CHECK(Stored("(j ->> 'n')::int > 0", "(((j ->> 'n'::text))::integer > 0)"));
  CHECK(Stored("CASE WHEN b THEN amount > 0 ELSE true END", "CASE WHEN b THEN (amount > (0)::numeric) ELSE true END"));
  CHECK(Stored("CASE t WHEN 'a' THEN n ELSE 0 END = 1", "(CASE t WHEN 'a'::text THEN n ELSE 0 END = 1)"));
  CHECK(Stored("n > -1", "(n > '-1'::integer)"));
  CHECK(Stored("amount > -1.5", "(amount > '-1.5'::numeric)"));
}

TEST_CASE("what is another expression is not taken for it") {
  CHECK_FALSE(Stored("t = 'a'", "(t = 'b'::text)"));
  CHECK_FALSE(Stored("n = '5'", "((n)::text = '5'::text)"));
  CHECK_FALSE(Stored("t IN ('a', 'b')", "(t = ANY (ARRAY['a'::text, 'c'::text]))"));
  CHECK_FALSE(Stored("t IN ('a', 'b')", "(t <> ALL (ARRAY['a'::text, 'b'::text]))"));
  CHECK_FALSE(Stored("t NOT IN ('a', 'b')", "(t = ANY (ARRAY['a'::text, 'b'::text]))"));
  CHECK_FALSE(Stored("n BETWEEN 1 AND 5", "((n >= 1) AND (n < 5))"));
  CHECK_FALSE(Stored("n > 0 AND n < 9", "((n > 0) OR (n < 9))"));
  CHECK_FALSE(Stored("t NOT LIKE 'a'", "(t ~~ 'a'::text)"));
  CHECK_FALSE(Stored("count(DISTINCT n) > 0", "(count(n) > 0)"));
  CHECK_FALSE(Stored("t", "(t)::character varying"));
  CHECK_FALSE(Stored("greatest(n, 0) > 1", "(LEAST(n, 0) > 1)"));
  CHECK_FALSE(Stored("n > -1", "(n > '-2'::integer)"));
  CHECK_FALSE(Stored("n > -1", "(n > '1'::integer)"));
  CHECK_FALSE(Stored("n > 1", "(n > '1'::integer)"));
  CHECK_FALSE(Stored("coalesce(n, 0) > 1", "(COALESCE(n, 1) > 1)"));
  CHECK_FALSE(Stored("n IS DISTINCT FROM 3", "(n IS NOT DISTINCT FROM 3)"));
  CHECK_FALSE(Stored("(j ->> 'n')::int > 0", "(((j ->> 'n'::text))::bigint > 0)"));
  CHECK_FALSE(Stored("'1'::int8 > n", "(('1'::text)::int8 > n)"));
  CHECK_FALSE(Stored("CASE WHEN b THEN 1 ELSE 2 END > n", "(CASE WHEN b THEN 1 ELSE 3 END > n)"));
  CHECK_FALSE(Stored("CASE WHEN b THEN 1 END > n", "(CASE WHEN b THEN 1 ELSE 3 END > n)"));
  CHECK_FALSE(Stored("CASE n WHEN 1 THEN b END", "CASE WHEN (n = 1) THEN b END"));
}

TEST_CASE("a cast that may be the author's is not taken for the server's") {
  CHECK_FALSE(Stored("amount >= 1/3", "(amount >= ((1)::numeric / (3)::numeric))"));
  CHECK_FALSE(Stored("n > (1/2)::int", "(n > (((1)::numeric / (2)::numeric))::integer)"));
  CHECK_FALSE(Stored("n > 100000*100000", "(n > ((100000)::bigint * 100000))"));
  CHECK_FALSE(Stored("n > n + 1", "(n > (n + (1)::bigint))"));
  CHECK_FALSE(Stored("CASE WHEN n > 5 THEN 7/2 ELSE n END > 0",
                     "(CASE WHEN (n > 5) THEN ((7)::numeric / (2)::numeric) ELSE n END > 0)"));
  CHECK_FALSE(Stored("t = 'x'", "(t = 'x'::name)"));
  CHECK_FALSE(Stored("at IS DISTINCT FROM '2020-01-01'", "(at IS DISTINCT FROM '2020-01-01'::date)"));
  CHECK_FALSE(Stored("coalesce(t, 'x') = 'y'", "(COALESCE(t, 'x'::name) = 'y'::name)"));
  CHECK_FALSE(Stored("app.f(v) > 0", "(app.f((v)::text) > 0)"));
  CHECK_FALSE(Stored("round(1) > n", "(round((1)::numeric) > n)"));
  CHECK_FALSE(Stored("date('2020-01-01') > at", "(date('2020-01-01'::date) > at)"));
}

TEST_CASE("a default is stored with its column's type") {
  SyntaxCache cache;
  CHECK(DefaultStoredAs(cache, "'new'", "'new'::character varying", "character varying(20)"));
  CHECK(DefaultStoredAs(cache, "'{}'", "'{}'::jsonb", "jsonb"));
  CHECK(DefaultStoredAs(cache, "'ok'", "'ok'::app.mood", "app.mood"));
  CHECK_FALSE(DefaultStoredAs(cache, "'new'", "'old'::text", "text"));
  CHECK_FALSE(DefaultStoredAs(cache, "'1'", "'1'::text", "integer"));
}

}  // namespace
}  // namespace schemadiff::test::canonical_alignment
