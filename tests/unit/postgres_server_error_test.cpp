#include <doctest/doctest.h>

#include "postgres/rows.h"
#include "postgres/server_error.h"

namespace schemadiff::test::postgres_server_error {
namespace {

TEST_CASE("a server error keeps statement, words, SQLSTATE, position and hint") {
  const Diagnostic d =
      ServerDiagnostic("ERROR:  column \"x\" does not exist\nLINE 2:   from x\n               ^\nHINT:  Perhaps y.\n",
                       "42703", "select 1\n  from   x;");
  CHECK(d.message == "`select 1 from x` failed: column \"x\" does not exist (SQLSTATE 42703)");
  CHECK(d.hint == "LINE 2:   from x\n                 ^\n  Perhaps y.");
  CHECK(d.sqlstate == "42703");
  CHECK(d.code == ErrorCode::kFailed);
}

TEST_CASE("detail and context of several lines") {
  const ServerError e =
      ParseServerError("ERROR:  two\nlines\nDETAIL:  Key (a)=(1)\nis there.\nCONTEXT:  SQL function\n");
  CHECK(e.message == "two\nlines");
  CHECK(e.detail == "Key (a)=(1)\nis there.");
  CHECK(e.context == "SQL function");
  CHECK(e.position.empty());
  CHECK(ServerDiagnostic("ERROR:  a\nb\nDETAIL:  c.", "23505", "x").message == "`x` failed: a b: c (SQLSTATE 23505)");
}

TEST_CASE("SQLSTATE decides the error code") {
  const auto code = [](std::string_view sqlstate) { return ServerDiagnostic("ERROR:  x", sqlstate, "y").code; };
  CHECK(code("55P03") == ErrorCode::kTryAgain);
  CHECK(code("42501") == ErrorCode::kUnavailable);
  CHECK(code("57P01") == ErrorCode::kUnavailable);
  CHECK(code("08006") == ErrorCode::kUnavailable);
  CHECK(code("40P01") == ErrorCode::kFailed);
}

TEST_CASE("Shorten collapses space and cuts between characters") {
  CHECK(Shorten("  a \n\t b ; ") == "a b");
  CHECK(Shorten("aäb", 2) == "a...");
  CHECK(Shorten("abcd", 4) == "abcd");
}

TEST_CASE("ParseArray") {
  using Elements = std::vector<std::string>;
  CHECK(ParseArray("{}").empty());
  CHECK(ParseArray("").empty());
  CHECK(ParseArray("{a,NULL,\"NULL\",\"x,\\\"y\\\\\"}") == Elements{"a", "", "NULL", "x,\"y\\"});
  CHECK(ParseArray("[0:1]={1,2}") == Elements{"1", "2"});
  CHECK(ParseArray("{\"\"}") == Elements{""});
}

}  // namespace
}  // namespace schemadiff::test::postgres_server_error
