#include "parser/secrets.h"

#include "parser_support.h"

namespace schemadiff::test::parser_secrets {
namespace {

std::string Masked(const std::string& sql) { return WithoutSecrets(sql, SecretRanges(Tokens(sql))); }

// All that a user sees of what is wrong.
std::string Shown(const std::string& sql) {
  Result<SourceSet> sources = ParseText("test.sql", sql);
  Diagnostics diagnostics;
  if (!sources) {
    diagnostics = sources.error();
  } else if (const Result<DesiredState> state = Interpret(*sources, ExternalNames()); !state) {
    diagnostics = state.error();
  }
  std::string text;
  for (const Diagnostic& item : diagnostics.items()) text += item.ToString() + "\n";
  return text;
}

}  // namespace

TEST_CASE("values of options and connection strings are found by tokens") {
  CHECK(Masked("CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'bob', ADD password 'x')") ==
        "CREATE USER MAPPING FOR u SERVER s OPTIONS (user *****, ADD password ***)");
  CHECK(Masked("ALTER SERVER s OPTIONS (DROP host, SET port $$1$$)") ==
        "ALTER SERVER s OPTIONS (DROP host, SET port *****)");
  CHECK(Masked("ALTER SUBSCRIPTION s CONNECTION 'x y'; SELECT 'z'") ==
        "ALTER SUBSCRIPTION s CONNECTION *****; SELECT 'z'");
  CHECK(Masked("CREATE TABLE options (connection text DEFAULT 'x')") ==
        "CREATE TABLE options (connection text DEFAULT 'x')");
  CHECK(Masked("CREATE FOREIGN DATA WRAPPER w OPTIONS (k 'a\nb')") ==
        "CREATE FOREIGN DATA WRAPPER w OPTIONS (k **\n**)");
}

TEST_CASE("messages show no secret, whatever is wrong") {
  for (const char* sql : {"CREATE USER MAPPING FOR u SERVER nowhere OPTIONS (password 'hunter2')",
                          "CREATE USER MAPPING FOR u SERVER s OPTIONS (password hunter2)",
                          "CREATE USER MAPPING FOR u SERVER s OPTIONS (password = 'hunter2')",
                          "CREATE USER MAPPING FOR u SERVER s OPTIONS (password 'hunter2",
                          "CREATE SUBSCRIPTION s CONNECTION 'host=a password=hunter2' PUBLICATION"}) {
    CAPTURE(sql);
    CHECK_FALSE(Shown(sql).empty());
    CHECK_FALSE(Shown(sql).contains("hunter2"));
  }
}

}  // namespace schemadiff::test::parser_secrets
