#include "parser_support.h"

namespace schemadiff::test::parser_publication {
namespace {

const ObjectId kPublication = ObjectId::Of(ObjectKind::kPublication, "", "p");

ObjectId Published(std::string_view table) {
  return ObjectId::Member(ObjectKind::kPublicationTable, kPublication, table);
}

}  // namespace

TEST_CASE("publication: tables with columns and filters are members") {
  const DesiredState state = StateOf(
      "CREATE TABLE a (x integer, y text); CREATE TABLE b (z integer);"
      "CREATE PUBLICATION p FOR TABLE ONLY a (y, x) WHERE (x > 1), b WITH (publish = 'insert, delete')");
  const Publication& publication = Get(state, kPublication).As<Publication>();
  CHECK(publication.publishes_insert);
  CHECK_FALSE(publication.publishes_update);
  CHECK(publication.publishes_delete);
  const Object& a = Get(state, Published("public.a"));
  CHECK(a.As<PublicationTable>().columns == std::vector<std::string>{"x", "y"});
  CHECK(a.As<PublicationTable>().filter.sql == "x > 1");
  CHECK(HasEdge(a, ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, "a"), "x")));
  CHECK(state.schema.Contains(Published("public.b")));
}

TEST_CASE("publication: added, dropped, set") {
  const DesiredState state = StateOf(
      "CREATE SCHEMA s; CREATE SCHEMA r; CREATE TABLE a (x integer); CREATE TABLE b (x integer);"
      "CREATE TABLE c (x integer); CREATE PUBLICATION p FOR TABLE a, TABLES IN SCHEMA r;"
      "ALTER PUBLICATION p SET TABLE b, c; ALTER PUBLICATION p ADD TABLES IN SCHEMA s, CURRENT_SCHEMA;"
      "ALTER PUBLICATION p DROP TABLE c; ALTER PUBLICATION p SET (publish_via_partition_root)");
  const Object& publication = Get(state, kPublication);
  CHECK(publication.As<Publication>().schemas ==
        std::vector{ObjectId::Of(ObjectKind::kNamespace, "", "public"), ObjectId::Of(ObjectKind::kNamespace, "", "s")});
  CHECK(publication.As<Publication>().via_partition_root);
  CHECK(HasEdge(publication, ObjectId::Of(ObjectKind::kNamespace, "", "s")));
  CHECK(state.schema.Contains(Published("public.b")));
  CHECK(state.schema.Members(kPublication).size() == 1);
}

TEST_CASE("publication: a table brings those that inherit along, and takes itself away") {
  const DesiredState state = StateOf(
      "CREATE TABLE a (x integer); CREATE TABLE b () INHERITS (a); CREATE TABLE c () INHERITS (b);"
      "CREATE TABLE d (x integer); CREATE PUBLICATION p FOR TABLE a, d; DROP TABLE d");
  CHECK(state.schema.Contains(Published("public.c")));
  CHECK(state.schema.Members(kPublication).size() == 3);
  CHECK(StateOf("CREATE TABLE a (x integer); CREATE TABLE b () INHERITS (a); CREATE PUBLICATION p FOR TABLE ONLY a")
            .schema.Members(kPublication)
            .size() == 1);
}

TEST_CASE("publication: a renamed table stays published under its new name") {
  const DesiredState state =
      StateOf("CREATE TABLE a (x integer); CREATE PUBLICATION p FOR TABLE a; ALTER TABLE a RENAME TO b");
  CHECK(Get(state, Published("public.b")).As<PublicationTable>().table == Public(ObjectKind::kTable, "b"));
  CHECK(state.schema.Members(kPublication).size() == 1);
}

TEST_CASE("publication: what cannot be") {
  CHECK(ErrorsOf("CREATE PUBLICATION p FOR TABLE a") == "test.sql:1:32: table `a` does not exist\n");
  CHECK(ErrorsOf("CREATE PUBLICATION p WITH (publish = 'drop')").contains("`drop` cannot be published"));
  CHECK(ErrorsOf("CREATE PUBLICATION p FOR TABLES IN SCHEMA s").contains("schema `s` does not exist"));
}

}  // namespace schemadiff::test::parser_publication
