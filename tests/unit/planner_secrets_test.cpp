#include "planner/secrets.h"

#include <doctest/doctest.h>

namespace schemadiff::test::planner_secrets {

TEST_CASE("a statement shows no secret and is run with all") {
  SecretSql sql("A ");
  sql.AddSecret("it's");
  sql += " B";
  CHECK(sql.shown() == "A '***' B");
  Secrets secrets;
  secrets.Keep(0, "plain");
  CHECK(secrets.empty());
  secrets.Keep(1, sql);
  CHECK(secrets.Reveal({"plain", sql.shown()}) == std::vector<std::string>{"plain", "A 'it''s' B"});
}

TEST_CASE("messages lose secrets and the parts of a connection string, and keep words that only contain them") {
  SecretSql sql;
  sql.AddSecret("host=far.example user=bob password='pa ss'");
  sql.AddSecret("on");
  Secrets secrets;
  secrets.Keep(0, sql);
  CHECK(secrets.Mask("connection to \"far.example\", user \"bob\": pa ss") ==
        "connection to \"***\", user \"***\": *** ***");
  CHECK(secrets.Mask("missing host on the option") == "missing host *** the option");
  CHECK(Secrets().Mask("all of it") == "all of it");
}

}  // namespace schemadiff::test::planner_secrets
