#include "planner_rules_support.h"

namespace schemadiff::test::planner_range {
namespace {

const ObjectId kSpan = ObjectId::Of(ObjectKind::kRange, "app", "span");

Range Span() { return {.subtype = {"integer"}, .multirange = "app.span_multirange"}; }

TEST_CASE("a range type is made anew beside the old one, whose constructors give up their names") {
  Range after = Span();
  after.subtype_diff = "app.diff";
  CHECK(SqlBetween(SchemaOf({Fact(kSpan, Span())}), SchemaOf({Fact(kSpan, after)})) ==
        Sql{"ALTER TYPE app.span RENAME TO span__old", "ALTER FUNCTION app.span(integer, integer) RENAME TO span__old",
            "ALTER FUNCTION app.span(integer, integer, text) RENAME TO span__old",
            "ALTER TYPE app.span_multirange RENAME TO span_multirange__old",
            "ALTER FUNCTION app.span_multirange() RENAME TO span_multirange__old",
            "CREATE TYPE app.span AS RANGE (subtype = integer, subtype_diff = app.diff,"
            " multirange_type_name = app.span_multirange)",
            "DROP TYPE app.span__old"});
}

TEST_CASE("columns move over to the new type, and may not fit another subtype") {
  const ObjectId table = ObjectId::Of(ObjectKind::kTable, "app", "t");
  const auto state = [&](const Range& range) {
    return SchemaOf({Fact(kSpan, range), Fact(table, Table{}),
                     Fact(ObjectId::Member(ObjectKind::kColumn, table, "a"), Column{.type = {"app.span"}}, {kSpan})});
  };
  Range after = Span();
  after.subtype = {"smallint"};
  const auto steps = StepsBetween(state(Span()), state(after));
  REQUIRE(steps.size() == 3);
  CHECK(HasHazard(steps[0], HazardKind::kMayFail));
  CHECK(steps[1].sql == Sql{"ALTER TABLE app.t ALTER COLUMN a TYPE app.span USING a::text::app.span"});
  CHECK(steps[2].sql == Sql{"DROP TYPE app.span__old"});
}

TEST_CASE("the multirange type is renamed and moved in place") {
  Range after = Span();
  after.multirange = "public.\"Spans\"";
  CHECK(SqlBetween(SchemaOf({Fact(kSpan, Span())}), SchemaOf({Fact(kSpan, after)})) ==
        Sql{"ALTER TYPE app.span_multirange RENAME TO \"Spans\"", "ALTER TYPE app.\"Spans\" SET SCHEMA public"});
}

}  // namespace
}  // namespace schemadiff::test::planner_range
