#include "planner_rules_support.h"

namespace schemadiff::test::planner_enum {
namespace {

const ObjectId kMood = ObjectId::Of(ObjectKind::kEnum, "app", "mood");
const ObjectId kPerson = ObjectId::Of(ObjectKind::kTable, "app", "person");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kPerson, "mood");

Schema WithLabels(std::vector<std::string> labels) { return SchemaOf({Fact(kMood, Enum{std::move(labels)})}); }

// A table with a column of the type and a default, a function that takes one, a domain over it, and a comment on it.
Schema InUse(std::vector<std::string> labels) {
  const ObjectId routine = ObjectId::Of(ObjectKind::kRoutine, "app", "rate", "app.mood");
  const ObjectId domain = ObjectId::Of(ObjectKind::kDomain, "app", "calm");
  return SchemaOf({
      Fact(kMood, Enum{std::move(labels)}),
      Fact(ObjectId::Member(ObjectKind::kComment, kMood, ""), Comment{"how it feels"}),
      Fact(kPerson, Table{}),
      Fact(kColumn, Column{.type = {"app.mood"}}, {kMood}),
      Fact(ObjectId::Member(ObjectKind::kColumnDefault, kColumn, ""), ColumnDefault{{"'ok'::app.mood"}}, {kMood}),
      Fact(domain, Domain{.type = {"app.mood"}}, {kMood}),
      Fact(
          routine,
          Routine{.arguments = {{.type = {"app.mood"}}}, .returns = {"integer"}, .language = "sql", .body = "SELECT 1"},
          {kMood}),
  });
}

std::size_t IndexOf(const Sql& sql, std::string_view start) {
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i].starts_with(start)) return i;
  }
  FAIL("no statement starts with ", start);
  return sql.size();
}

TEST_CASE("labels are added in their places, each in a transaction of its own") {
  const auto steps = StepsBetween(WithLabels({"b", "d"}), WithLabels({"a", "a2", "b", "c", "d", "e"}));
  CHECK(SqlOf(steps) == Sql{"ALTER TYPE app.mood ADD VALUE 'a' BEFORE 'b'",
                            "ALTER TYPE app.mood ADD VALUE 'a2' AFTER 'a'",
                            "ALTER TYPE app.mood ADD VALUE 'c' AFTER 'b'", "ALTER TYPE app.mood ADD VALUE 'e'"});
  for (const Step& step : steps) CHECK(step.transaction == TransactionMode::kOwn);
}

TEST_CASE("the first labels of an empty enum need no neighbour") {
  CHECK(SqlBetween(WithLabels({}), WithLabels({"it's", "b"})) ==
        Sql{"ALTER TYPE app.mood ADD VALUE 'it''s'", "ALTER TYPE app.mood ADD VALUE 'b'"});
}

TEST_CASE("a new label is there before a default that is written without the type") {
  const ObjectId default_id = ObjectId::Member(ObjectKind::kColumnDefault, kColumn, "");
  const auto state = [&](std::vector<std::string> labels, std::string value) {
    return SchemaOf({Fact(kMood, Enum{std::move(labels)}), Fact(kPerson, Table{}),
                     Fact(kColumn, Column{.type = {"app.mood"}}, {kMood}),
                     Fact(default_id, ColumnDefault{{std::move(value)}})});
  };
  CHECK(SqlBetween(state({"one"}, "'one'"), state({"one", "four"}, "'four'")) ==
        Sql{"ALTER TYPE app.mood ADD VALUE 'four'", "ALTER TABLE app.person ALTER COLUMN mood SET DEFAULT 'four'"});
}

TEST_CASE("moved labels make the type anew under its own name") {
  CHECK(SqlBetween(WithLabels({"a", "b"}), WithLabels({"b", "a"})) == Sql{"ALTER TYPE app.mood RENAME TO mood__old",
                                                                          "CREATE TYPE app.mood AS ENUM ('b', 'a')",
                                                                          "DROP TYPE app.mood__old"});
}

TEST_CASE("what uses a replaced enum moves over between its making and the end of the old one") {
  const auto steps = StepsBetween(InUse({"ok", "sad"}), InUse({"ok"}));
  const Sql sql = SqlOf(steps);
  const std::size_t aside = IndexOf(sql, "ALTER TYPE app.mood RENAME TO mood__old");
  const std::size_t made = IndexOf(sql, "CREATE TYPE app.mood AS ENUM ('ok')");
  const std::size_t column = IndexOf(sql, "ALTER TABLE app.person ALTER COLUMN mood TYPE app.mood");
  const std::size_t gone = IndexOf(sql, "DROP TYPE app.mood__old");
  CHECK(made == aside + 1);
  CHECK(IndexOf(sql, "ALTER TABLE app.person ALTER COLUMN mood DROP DEFAULT") < column);
  CHECK(IndexOf(sql, "DROP FUNCTION app.rate(app.mood)") < aside);
  CHECK(made < column);
  CHECK(column < IndexOf(sql, "ALTER TABLE app.person ALTER COLUMN mood SET DEFAULT 'ok'::app.mood"));
  CHECK(made < IndexOf(sql, "CREATE FUNCTION app.rate(app.mood)"));
  CHECK(made < IndexOf(sql, "CREATE DOMAIN app.calm AS app.mood"));
  CHECK(made < IndexOf(sql, "COMMENT ON TYPE app.mood IS 'how it feels'"));
  CHECK(column < gone);
  CHECK(IndexOf(sql, "DROP DOMAIN app.calm__old") < gone);
  CHECK(gone == sql.size() - 1);
}

TEST_CASE("removed labels are announced") {
  const Step removed = StepsBetween(WithLabels({"a", "b"}), WithLabels({"b"})).front();
  CHECK(HasHazard(removed, HazardKind::kMayFail));
  const Step moved = StepsBetween(WithLabels({"a", "b"}), WithLabels({"b", "a"})).front();
  CHECK_FALSE(HasHazard(moved, HazardKind::kMayFail));
}

TEST_CASE("the name that an old type is set aside under is free, and no longer than 63 bytes") {
  const ObjectId taken = ObjectId::Of(ObjectKind::kTable, "app", "mood__old");
  Schema live = WithLabels({"a", "b"});
  Schema desired = WithLabels({"b"});
  live.Add(Fact(taken, Table{}));
  desired.Add(Fact(taken, Table{}));
  CHECK(SqlBetween(live, desired).front() == "ALTER TYPE app.mood RENAME TO mood__old2");

  const std::string umlauts = std::string(57, 'x') + "\xc3\xa4zzzz";
  const ObjectId longest = ObjectId::Of(ObjectKind::kEnum, "app", umlauts);
  const Sql sql = SqlBetween(SchemaOf({Fact(longest, Enum{{"a"}})}), SchemaOf({Fact(longest, Enum{{"b"}})}));
  CHECK(sql.back() == "DROP TYPE app." + std::string(57, 'x') + "__old");
}

}  // namespace
}  // namespace schemadiff::test::planner_enum
