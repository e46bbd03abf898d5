#include "planner/rules/column_type.h"
#include "planner_rules_support.h"

namespace schemadiff::test::planner_hazards {
namespace {

const ObjectId kTable = ObjectId::Of(ObjectKind::kTable, "app", "t");
const ObjectId kColumn = ObjectId::Member(ObjectKind::kColumn, kTable, "c");
const ObjectId kNew = ObjectId::Member(ObjectKind::kColumn, kTable, "d");
const ObjectId kPolicy = ObjectId::Member(ObjectKind::kPolicy, kTable, "p");
const ObjectId kView = ObjectId::Of(ObjectKind::kView, "app", "v");

Schema WithColumn(const std::string& type) {
  return SchemaOf({Fact(kTable, Table{}), Fact(kColumn, Column{.type = {type}})});
}

const Step* DropOf(const std::vector<Step>& steps, std::string_view sql) {
  for (const Step& step : steps) {
    if (step.sql.front().starts_with(sql)) return &step;
  }
  return nullptr;
}

TEST_CASE("a policy that is made anew in a later transaction is announced as a gap") {
  const Policy before{.permissive = false, .using_expression = {"c > 0"}};
  Schema live = WithColumn("integer");
  live.Add(Fact(kPolicy, before, {kColumn}));
  Schema desired = WithColumn("bigint");
  Policy after = before;
  SUBCASE("in the same transaction nobody sees it") {
    desired.Add(Fact(kPolicy, after, {kColumn}));
    const auto steps = StepsBetween(live, desired);
    const Step* drop = DropOf(steps, "DROP POLICY");
    REQUIRE(drop != nullptr);
    CHECK_FALSE(HasHazard(*drop, HazardKind::kUnprotected));
  }
  SUBCASE("after a backfill") {
    after.using_expression = {"c > d"};
    desired.Add(Fact(kNew, Column{.type = {"integer"}})).annotations =
        std::make_shared<Annotations>(Annotations{.backfill = "1"});
    desired.Add(Fact(kPolicy, after, {kColumn, kNew}));
    const auto steps = StepsBetween(live, desired);
    const Step* drop = DropOf(steps, "DROP POLICY");
    REQUIRE(drop != nullptr);
    CHECK(HasHazard(*drop, HazardKind::kUnprotected));
  }
}

TEST_CASE("what clients use by its name, and what is made anew later, breaks them meanwhile") {
  Schema live = WithColumn("integer");
  live.Add(Fact(kView, View{.query = {"SELECT c FROM app.t"}}, {kColumn}));
  Schema desired = WithColumn("bigint");
  desired.Add(Fact(kNew, Column{.type = {"integer"}})).annotations =
      std::make_shared<Annotations>(Annotations{.backfill = "1"});
  desired.Add(Fact(kView, View{.query = {"SELECT c, d FROM app.t"}}, {kColumn, kNew}));
  const auto steps = StepsBetween(live, desired);
  const Step* drop = DropOf(steps, "DROP VIEW");
  REQUIRE(drop != nullptr);
  CHECK(HasHazard(*drop, HazardKind::kBreaksClients));
  CHECK_FALSE(HasHazard(*drop, HazardKind::kUnprotected));
}

TEST_CASE("what the files do not hold is lost with its drop") {
  Schema live = WithColumn("integer");
  live.Add(Fact(kView, View{.query = {"SELECT 1"}}));
  live.Add(Fact(ObjectId::Member(ObjectKind::kColumnDefault, kColumn, ""), ColumnDefault{.expression = {"7"}}));
  live.Add(Fact(ObjectId::Member(ObjectKind::kNotNull, kColumn, ""), NotNull{}));
  live.Add(Fact(ObjectId::Member(ObjectKind::kComment, kTable, ""), Comment{.text = "why"}));
  const auto steps = StepsBetween(live, WithColumn("integer"));
  REQUIRE(steps.size() == 4);
  for (const Step& step : steps) {
    CHECK(HasHazard(step, HazardKind::kDataLoss) == !step.sql.front().ends_with("DROP NOT NULL"));
  }
}

TEST_CASE("a type that keeps less is announced as a loss") {
  const auto loses = [](const std::string& from, const std::string& to) {
    for (const Step& step : StepsBetween(WithColumn(from), WithColumn(to))) {
      if (HasHazard(step, HazardKind::kDataLoss)) return HasHazard(step, HazardKind::kIrreversible);
    }
    return false;
  };
  CHECK(loses("numeric(10,4)", "numeric(10,2)"));
  CHECK(loses("numeric", "integer"));
  CHECK(loses("integer", "numeric(10,-2)"));
  CHECK(loses("integer", "boolean"));
  CHECK(loses("double precision", "real"));
  CHECK(loses("double precision", "numeric"));
  CHECK(loses("bigint", "double precision"));
  CHECK(loses("timestamp with time zone", "date"));
  CHECK(loses("timestamp without time zone", "timestamp(0) without time zone"));
  CHECK(loses("time(6) without time zone", "time(3) without time zone"));
  CHECK(loses("interval", "interval(0)"));
  CHECK(loses("text", "name"));
  CHECK(loses("text[]", "character varying(3)[]"));
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"numeric(10,2)", "numeric(12,2)"},
                                                                                 {"numeric(10,2)", "numeric(8,2)"},
                                                                                 {"numeric(10,2)", "double precision"},
                                                                                 {"integer", "bigint"},
                                                                                 {"bigint", "integer"},
                                                                                 {"real", "double precision"},
                                                                                 {"integer", "numeric"},
                                                                                 {"date", "timestamp with time zone"},
                                                                                 {"text", "character varying(3)"}}) {
    CHECK_MESSAGE(!loses(from, to), from, " to ", to);
  }
  CHECK(WhatIsLost("text", "character varying(3)", true) == "what is longer than 3 is cut off");
}

TEST_CASE("an identity that goes takes its counter along") {
  Schema live = WithColumn("integer");
  live.Find(kColumn)->As<Column>().identity = Column::Identity::kAlways;
  live.Find(kColumn)->As<Column>().identity_sequence = "app.t_c_seq";
  const auto steps = StepsBetween(live, WithColumn("integer"));
  REQUIRE(steps.size() == 1);
  CHECK(HasHazard(steps.front(), HazardKind::kDataLoss));
}

TEST_CASE("NOT NULL may fail after a backfill too") {
  Schema desired = WithColumn("integer");
  desired.Find(kColumn)->annotations = std::make_shared<Annotations>(Annotations{.backfill = "nullif(1, 1)"});
  desired.Add(Fact(ObjectId::Member(ObjectKind::kNotNull, kColumn, ""), NotNull{}));
  const auto steps = StepsBetween(WithColumn("integer"), desired);
  REQUIRE(steps.size() == 2);
  CHECK(HasHazard(steps.back(), HazardKind::kMayFail));
}

TEST_CASE("a procedure is called one") {
  const ObjectId id = ObjectId::Of(ObjectKind::kRoutine, "app", "f", "integer");
  const Schema desired = SchemaOf({Fact(id, Routine{.procedure = true, .language = "sql"})});
  CHECK(StepsBetween({}, desired).front().object_kind == "procedure");
}

TEST_CASE("a key that changes is replaced by one whose index is there") {
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, kTable, "k");
  const auto with = [&](std::vector<std::string> columns, std::vector<ObjectId> uses) {
    Schema schema = WithColumn("integer");
    schema.Add(Fact(kNew, Column{.type = {"integer"}}));
    schema.Add(Fact(id, Key{.columns = std::move(columns)}, std::move(uses)));
    return schema;
  };
  const auto steps = StepsBetween(with({"c"}, {kColumn}), with({"c", "d"}, {kColumn, kNew}));
  CHECK(SqlOf(steps) == Sql{"CREATE UNIQUE INDEX CONCURRENTLY k__new ON app.t USING btree (c, d)",
                            "ALTER TABLE app.t DROP CONSTRAINT k, ADD CONSTRAINT k UNIQUE USING INDEX k__new"});
  for (const Step& step : steps) CHECK_FALSE(HasHazard(step, HazardKind::kUnprotected));
}

TEST_CASE("the name that an index has meanwhile ends between characters") {
  std::string name = "k";
  for (int i = 0; i < 31; ++i) name += "\u00e4";
  const ObjectId id = ObjectId::Member(ObjectKind::kKey, kTable, name);
  const auto with = [&](bool deferrable) {
    Schema schema = WithColumn("integer");
    schema.Add(Fact(id, Key{.columns = {"c"}, .deferrable = deferrable}, {kColumn}));
    return schema;
  };
  const auto sql = SqlBetween(with(false), with(true));
  REQUIRE(sql.size() == 2);
  CHECK(sql.front() ==
        fmt::format("CREATE UNIQUE INDEX CONCURRENTLY \"{}__new\" ON app.t USING btree (c)", name.substr(0, 57)));
}

}  // namespace
}  // namespace schemadiff::test::planner_hazards
