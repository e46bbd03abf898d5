#include "canonical/inheritance.h"

#include "planner_rules_support.h"

namespace schemadiff::test::canonical_inheritance {
namespace {

ObjectId TableId(std::string_view name) { return ObjectId::Of(ObjectKind::kTable, "app", name); }
ObjectId ColumnId(std::string_view table, std::string_view name) {
  return ObjectId::Member(ObjectKind::kColumn, TableId(table), name);
}
ObjectId NotNullId(std::string_view table, std::string_view column) {
  return ObjectId::Member(ObjectKind::kNotNull, ColumnId(table, column), "");
}

Object Inherited(Object object) {
  object.inherited = true;
  return object;
}

Object Partition() {
  return Fact(TableId("p1"), Table{.partition_of = TableId("p"), .partition_bound = {"FOR VALUES IN (1)"}},
              {TableId("p")});
}

// p (a NOT NULL) with its partition p1, as the catalogs have them.
Schema Attached() {
  return SchemaOf({Fact(TableId("p"), Table{.partition_key = {"LIST (a)"}}),
                   Fact(ColumnId("p", "a"), Column{.type = {"integer"}}),
                   Fact(NotNullId("p", "a"), NotNull{.name = "p_a_not_null"}), Partition(),
                   Inherited(Fact(ColumnId("p1", "a"), Column{.type = {"integer"}})),
                   Inherited(Fact(NotNullId("p1", "a"), NotNull{.name = "p_a_not_null"}))});
}

Schema Parent() {
  return SchemaOf({Fact(TableId("p"), Table{.partition_key = {"LIST (a)"}}),
                   Fact(ColumnId("p", "a"), Column{.type = {"integer"}}), Fact(NotNullId("p", "a"), NotNull{})});
}

Schema DeclaredAttached() {
  Schema schema = Parent();
  schema.Add(Partition());
  return schema;
}

Schema DeclaredApart() {
  Schema schema = Parent();
  schema.Add(Fact(TableId("p1"), Table{}));
  schema.Add(Fact(ColumnId("p1", "a"), Column{.type = {"integer"}}));
  schema.Add(Fact(NotNullId("p1", "a"), NotNull{}));
  return schema;
}

// What AdoptKnownForms() does about names.
Sql Plan(Schema live, Schema desired, int version = 180000) {
  FoldInheritance(live, desired, version);
  for (auto [id, object] : desired) {
    const Object* counterpart = live.Find(id);
    auto* not_null = object.If<NotNull>();
    if (not_null != nullptr && counterpart != nullptr) not_null->TakeUnstated(counterpart->As<NotNull>());
  }
  return SqlBetween(live, desired, version);
}

TEST_CASE("what a partition has from its parent is no difference") {
  CHECK(Plan(Attached(), DeclaredAttached()).empty());
}

TEST_CASE("a NOT NULL that the parent gets too merges into the partition's own") {
  Schema live = Attached();
  live.Remove(NotNullId("p", "a"));
  live.Find(NotNullId("p1", "a"))->inherited = false;
  CHECK(Plan(std::move(live), DeclaredAttached(), 170000) == Sql{"ALTER TABLE app.p ALTER COLUMN a SET NOT NULL"});
}

TEST_CASE("a partition that is detached keeps what it had, under its own names") {
  CHECK(Plan(Attached(), DeclaredApart()) == Sql{"ALTER TABLE app.p DETACH PARTITION app.p1",
                                                 "ALTER TABLE app.p1 RENAME CONSTRAINT p_a_not_null TO p1_a_not_null"});
}

TEST_CASE("what it is not to keep is dropped once it is detached, and changes of the parent come later") {
  Schema desired = DeclaredApart();
  desired.Remove(ColumnId("p1", "a"));
  desired.Add(Fact(ColumnId("p1", "b"), Column{.type = {"text"}}));
  desired.Add(Fact(ColumnId("p", "more"), Column{.type = {"text"}}));
  const Sql sql = Plan(Attached(), std::move(desired));
  REQUIRE(sql.size() == 4);
  CHECK(sql[0] == "ALTER TABLE app.p DETACH PARTITION app.p1");
  CHECK(sql[3] == "ALTER TABLE app.p1 DROP COLUMN a");
}

TEST_CASE("a table gets the columns, NOT NULL and checks of its parent before it is attached") {
  Schema live = Parent();
  live.Add(Fact(TableId("p1"), Table{}));
  live.Add(Fact(ColumnId("p1", "extra"), Column{.type = {"text"}}));
  Schema desired = DeclaredAttached();
  desired.Add(Fact(ObjectId::Member(ObjectKind::kCheck, TableId("p"), "positive"), Check{.expression = {"a > 0"}},
                   {ColumnId("p", "a")}));
  const Sql sql = Plan(std::move(live), std::move(desired));
  CHECK(std::ranges::contains(sql, "ALTER TABLE app.p1 ADD COLUMN a integer CONSTRAINT p_a_not_null NOT NULL"));
  CHECK(std::ranges::contains(sql, "ALTER TABLE app.p1 ADD CONSTRAINT positive CHECK (a > 0) NOT VALID"));
  const auto at = [&](std::string_view text) { return std::ranges::find(sql, text) - sql.begin(); };
  CHECK(at("ALTER TABLE app.p1 DROP COLUMN extra") < at("ALTER TABLE app.p ATTACH PARTITION app.p1 FOR VALUES IN (1)"));
  CHECK(at("ALTER TABLE app.p1 VALIDATE CONSTRAINT positive") <
        at("ALTER TABLE app.p ATTACH PARTITION app.p1 FOR VALUES IN (1)"));
}

TEST_CASE("a column that goes with the parent's takes along what the partition has of its own about it") {
  Schema live = Attached();
  live.Add(Fact(ColumnId("p", "b"), Column{.type = {"text"}}));
  live.Add(Inherited(Fact(ColumnId("p1", "b"), Column{.type = {"text"}})));
  live.Add(Fact(NotNullId("p1", "b"), NotNull{.name = "own"}));
  CHECK(Plan(std::move(live), DeclaredAttached()) == Sql{"ALTER TABLE app.p DROP COLUMN b"});
}

TEST_CASE("parents come in their order") {
  const auto child = [](std::vector<ObjectId> parents) {
    Schema schema = SchemaOf({Fact(TableId("a"), Table{}), Fact(TableId("b"), Table{}), Fact(TableId("c"), Table{})});
    schema.Add(Fact(TableId("child"), Table{.inherits = parents}, parents));
    return schema;
  };
  const std::vector<ObjectId> abc = {TableId("a"), TableId("b"), TableId("c")};
  CHECK(Plan(child(abc), child({abc[0], abc[2], abc[1]})) ==
        Sql{"ALTER TABLE app.child NO INHERIT app.b", "ALTER TABLE app.child INHERIT app.b"});
  CHECK(Plan(child({abc[0], abc[1]}), child(abc)) == Sql{"ALTER TABLE app.child INHERIT app.c"});
}

}  // namespace
}  // namespace schemadiff::test::canonical_inheritance
