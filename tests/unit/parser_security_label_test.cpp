#include "parser_support.h"

namespace schemadiff::test::parser_security_label {

TEST_CASE("security labels are of a provider") {
  const ObjectId table = Public(ObjectKind::kTable, "t");
  const ObjectId column = ObjectId::Member(ObjectKind::kColumn, table, "c");
  const DesiredState state = StateOf(
      "SECURITY LABEL FOR dummy ON TABLE t IS 'secret'; SECURITY LABEL FOR \"Other\" ON COLUMN t.c IS 'x';"
      "SECURITY LABEL FOR other ON TABLE t IS 'y'; SECURITY LABEL FOR other ON TABLE t IS NULL;"
      "CREATE TABLE t (c int);");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kSecurityLabel, table, "dummy")).As<SecurityLabel>().label == "secret");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kSecurityLabel, column, "Other")).As<SecurityLabel>().label == "x");
  CHECK(!state.schema.Contains(ObjectId::Member(ObjectKind::kSecurityLabel, table, "other")));
}

TEST_CASE("a security label that speaks of nothing, or without a provider") {
  CHECK(ErrorsOf("SECURITY LABEL FOR dummy ON MATERIALIZED VIEW v IS 'x'") ==
        "test.sql:1:1: materialized view `v` does not exist\n");
  CHECK(ErrorsOf("CREATE TABLE t (); SECURITY LABEL ON TABLE t IS 'x'") ==
        "test.sql:1:20: a security label without a provider depends on what the server has loaded\n");
}

}  // namespace schemadiff::test::parser_security_label
