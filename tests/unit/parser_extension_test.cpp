#include "parser_support.h"

namespace schemadiff::test::parser_extension {
namespace {

const ObjectId kHstore = ObjectId::Of(ObjectKind::kExtension, "", "hstore");

}  // namespace

TEST_CASE("extension: schema and version") {
  const DesiredState state = StateOf("CREATE SCHEMA e; CREATE EXTENSION hstore WITH SCHEMA e VERSION '1.7' CASCADE");
  CHECK(Get(state, kHstore).As<Extension>() == Extension{.schema = "e", .version = "1.7"});
  CHECK(HasEdge(Get(state, kHstore), ObjectId::Of(ObjectKind::kNamespace, "", "e")));
  CHECK(Get(StateOf("CREATE EXTENSION hstore"), kHstore).As<Extension>() == Extension{});
}

TEST_CASE("extension: updated and moved") {
  const DesiredState state = StateOf(
      "ALTER EXTENSION hstore SET SCHEMA e; ALTER EXTENSION hstore UPDATE TO '1.8';"
      "CREATE SCHEMA e; CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public");
  CHECK(Get(state, kHstore).As<Extension>() == Extension{.schema = "e", .version = "1.8"});
  CHECK(Get(state, kHstore).edges.size() == 1);
  CHECK(ErrorsOf("ALTER EXTENSION hstore UPDATE TO '2'") == "test.sql:1:1: extension `hstore` does not exist\n");
}

TEST_CASE("unknown types may come from an extension, wherever it is created") {
  CHECK(ErrorsOf("CREATE DOMAIN d AS hstore") == "test.sql:1:20: type `hstore` does not exist\n");
  const DesiredState state = StateOf("CREATE DOMAIN d AS hstore; CREATE EXTENSION hstore");
  CHECK(HasEdge(Get(state, Public(ObjectKind::kDomain, "d")), kHstore));
}

}  // namespace schemadiff::test::parser_extension
