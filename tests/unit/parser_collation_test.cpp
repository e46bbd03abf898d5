#include "parser_support.h"

namespace schemadiff::test::parser_collation {
namespace {

const Collation& CollationOf(const DesiredState& state, std::string_view name) {
  return Get(state, Public(ObjectKind::kCollation, name)).As<Collation>();
}

TEST_CASE("what LOCALE says depends on the provider") {
  const DesiredState state = StateOf(
      "CREATE COLLATION a (LOCALE = 'de_DE.utf8');"
      "CREATE COLLATION b (PROVIDER = icu, LOCALE = 'de', DETERMINISTIC = false, VERSION = '153');"
      "CREATE COLLATION c (LC_COLLATE = 'C', LC_CTYPE = 'de_DE.utf8');");
  CHECK(CollationOf(state, "a") == Collation{.lc_collate = "de_DE.utf8", .lc_ctype = "de_DE.utf8"});
  CHECK(CollationOf(state, "b") ==
        Collation{.provider = Collation::Provider::kIcu, .locale = "de", .deterministic = false});
  CHECK(CollationOf(state, "c") == Collation{.lc_collate = "C", .lc_ctype = "de_DE.utf8"});
}

TEST_CASE("a copy is what it copies, or waits for the server to say what that is") {
  const DesiredState state = StateOf(
      "CREATE COLLATION b FROM a; CREATE COLLATION a (LOCALE = 'fr_FR');"
      "CREATE COLLATION c FROM pg_catalog.\"C\"; CREATE COLLATION d FROM \"de-x-icu\";");
  CHECK(CollationOf(state, "b").lc_collate == "fr_FR");
  CHECK(CollationOf(state, "c") == Collation{.lc_collate = "C", .lc_ctype = "C"});
  CHECK(CollationOf(state, "d").copied_from == "\"de-x-icu\"");
}

TEST_CASE("columns, domains, attributes and indexes depend on the collations that they name") {
  const DesiredState state = StateOf(
      "CREATE TABLE t (a text COLLATE own, b text); CREATE INDEX i ON t (b COLLATE own);"
      "CREATE DOMAIN d AS text COLLATE own; CREATE TYPE k AS (x text COLLATE own);"
      "CREATE COLLATION own (LOCALE = 'C');");
  const ObjectId own = Public(ObjectKind::kCollation, "own");
  const ObjectId table = Public(ObjectKind::kTable, "t");
  const Object& column = Get(state, ObjectId::Member(ObjectKind::kColumn, table, "a"));
  CHECK(column.As<Column>().collation == "public.own");
  CHECK(HasEdge(column, own));
  CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kIndex, table, "i")), own));
  CHECK(HasEdge(Get(state, Public(ObjectKind::kDomain, "d")), own));
  CHECK(HasEdge(Get(state, Public(ObjectKind::kCompositeType, "k")), own));
}

TEST_CASE("an unknown provider is reported") {
  CHECK(ErrorsOf("CREATE COLLATION a (PROVIDER = nls, LOCALE = 'C')").contains("collation provider `nls` is unknown"));
}

TEST_CASE("comments, renames, moves and drops find a collation") {
  const DesiredState state = StateOf(
      "CREATE SCHEMA app; CREATE COLLATION a FROM \"C\"; COMMENT ON COLLATION a IS 'x';"
      "ALTER COLLATION a RENAME TO b; ALTER COLLATION b SET SCHEMA app; ALTER COLLATION app.b REFRESH VERSION;"
      "CREATE COLLATION c FROM \"C\"; DROP COLLATION c;");
  const ObjectId moved = ObjectId::Of(ObjectKind::kCollation, "app", "b");
  CHECK(Get(state, ObjectId::Member(ObjectKind::kComment, moved, "")).As<Comment>().text == "x");
  CHECK_FALSE(state.schema.Contains(Public(ObjectKind::kCollation, "c")));
}

}  // namespace
}  // namespace schemadiff::test::parser_collation
