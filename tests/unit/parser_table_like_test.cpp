#include "parser_support.h"

namespace schemadiff::test::parser_table_like {
namespace {

TEST_CASE("copied keys and indexes have the names that PostgreSQL makes of their columns, included ones too") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a int, b int, c int, CONSTRAINT one PRIMARY KEY (b), CONSTRAINT two UNIQUE (a) INCLUDE (b));"
      "CREATE INDEX three ON t (a) INCLUDE (c); CREATE TABLE u (LIKE t INCLUDING INDEXES);");
  const ObjectId table = Public(ObjectKind::kTable, "u");
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kKey, table, "u_pkey")));
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kKey, table, "u_a_b_key")));
  CHECK(state.schema.Contains(ObjectId::Member(ObjectKind::kIndex, table, "u_a_c_idx")));
}

}  // namespace
}  // namespace schemadiff::test::parser_table_like
