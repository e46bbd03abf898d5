#include "planner_rules_support.h"

namespace schemadiff::test::planner_collation {
namespace {

const ObjectId kOwn = ObjectId::Of(ObjectKind::kCollation, "app", "own");

std::string Creation(const Collation& collation) { return SqlBetween({}, SchemaOf({Fact(kOwn, collation)})).front(); }

TEST_CASE("a collation is created as its provider has it") {
  CHECK(Creation({.lc_collate = "C", .lc_ctype = "C"}) == "CREATE COLLATION app.own (locale = 'C')");
  CHECK(Creation({.lc_collate = "C", .lc_ctype = "POSIX"}) ==
        "CREATE COLLATION app.own (lc_collate = 'C', lc_ctype = 'POSIX')");
  CHECK(Creation({.provider = Collation::Provider::kIcu, .locale = "de", .deterministic = false, .rules = "&a < b"}) ==
        "CREATE COLLATION app.own (provider = icu, locale = 'de', deterministic = false, rules = '&a < b')");
  CHECK(Creation({.copied_from = "\"de-x-icu\""}) == "CREATE COLLATION app.own FROM \"de-x-icu\"");
}

TEST_CASE("columns keep their rows when a collation is made anew") {
  const ObjectId table = ObjectId::Of(ObjectKind::kTable, "app", "t");
  const auto state = [&](const std::string& locale) {
    return SchemaOf({Fact(kOwn, Collation{.lc_collate = locale, .lc_ctype = locale}), Fact(table, Table{}),
                     Fact(ObjectId::Member(ObjectKind::kColumn, table, "a"),
                          Column{.type = {"character varying(20)"}, .collation = "app.own"}, {kOwn})});
  };
  CHECK(SqlBetween(state("C"), state("POSIX")) ==
        Sql{"ALTER COLLATION app.own RENAME TO own__old", "CREATE COLLATION app.own (locale = 'POSIX')",
            "ALTER TABLE app.t ALTER COLUMN a TYPE character varying(20) COLLATE app.own",
            "DROP COLLATION app.own__old"});
}

}  // namespace
}  // namespace schemadiff::test::planner_collation
