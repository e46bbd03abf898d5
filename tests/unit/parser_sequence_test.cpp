#include "parser_support.h"

namespace schemadiff::test::parser_sequence {
namespace {

const ObjectId kS = Public(ObjectKind::kSequence, "s");

Sequence SequenceOf(const std::string& sql) { return Get(StateOf(sql), kS).As<Sequence>(); }

}  // namespace

TEST_CASE("sequence: what is not given comes from the type and the sign of the increment") {
  CHECK(SequenceOf("CREATE SEQUENCE s").parameters == SequenceParameters{});
  const Sequence small = SequenceOf("CREATE SEQUENCE s AS smallint");
  CHECK(small.type.sql == "smallint");
  CHECK(small.parameters == SequenceParameters{.max_value = 32767});
  CHECK(SequenceOf("CREATE SEQUENCE s AS int INCREMENT -2 CYCLE CACHE 5").parameters ==
        SequenceParameters{
            .start = -1, .increment = -2, .min_value = INT32_MIN, .max_value = -1, .cache = 5, .cycle = true});
  CHECK(SequenceOf("CREATE SEQUENCE s MINVALUE 0 NO MAXVALUE NO CYCLE").parameters ==
        SequenceParameters{.start = 0, .min_value = 0});
  CHECK(SequenceOf("CREATE SEQUENCE s MAXVALUE 9223372036854775807 START 7").parameters ==
        SequenceParameters{.start = 7});
}

TEST_CASE("sequence: values that the server would refuse") {
  CHECK(ErrorsOf("CREATE SEQUENCE s INCREMENT 0") == "test.sql:1:19: INCREMENT is zero\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s CACHE 0") == "test.sql:1:19: CACHE is not positive\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s AS smallint MAXVALUE 40000") ==
        "test.sql:1:31: MAXVALUE 40000 is out of range for sequence type smallint\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s MINVALUE 5 MAXVALUE 5") ==
        "test.sql:1:19: MINVALUE 5 is not less than MAXVALUE 5\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s START 0") ==
        "test.sql:1:19: START 0 is not between MINVALUE 1 and MAXVALUE 9223372036854775807\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s MAXVALUE 9223372036854775808") ==
        "test.sql:1:19: value `9223372036854775808` is out of range for type bigint\n");
  CHECK(ErrorsOf("CREATE SEQUENCE s AS text") == "test.sql:1:19: a sequence cannot be of type `text`\n");
  CHECK(ErrorsOf("CREATE TEMP SEQUENCE s") == "test.sql:1:1: a temporary sequence is no part of a schema\n");
}

TEST_CASE("sequence: altered") {
  CHECK(SequenceOf("CREATE SEQUENCE s; ALTER SEQUENCE s AS integer").parameters ==
        SequenceParameters{.max_value = INT32_MAX});
  CHECK(SequenceOf("CREATE SEQUENCE s MAXVALUE 100; ALTER SEQUENCE s AS integer INCREMENT 5").parameters ==
        SequenceParameters{.increment = 5, .max_value = 100});
  CHECK(SequenceOf("CREATE SEQUENCE s MAXVALUE 100; ALTER SEQUENCE s NO MAXVALUE MINVALUE -5").parameters ==
        SequenceParameters{.min_value = -5});
  CHECK(ErrorsOf("ALTER SEQUENCE IF EXISTS s CYCLE") == "");
  CHECK(ErrorsOf("ALTER SEQUENCE s CYCLE") == "test.sql:1:1: sequence `s` does not exist\n");
}

TEST_CASE("sequence: RESTART is no part of a schema, and is said so") {
  const DesiredState state = StateOf("CREATE SEQUENCE s; ALTER SEQUENCE s RESTART WITH 5");
  REQUIRE(state.warnings.items().size() == 1);
  CHECK(state.warnings.items()[0].message.starts_with("`RESTART` sets the next value"));
}

TEST_CASE("sequence: owned by a column, in any order of statements") {
  const DesiredState state = StateOf(
      "CREATE SEQUENCE s OWNED BY t.id; CREATE SEQUENCE free OWNED BY t.id; ALTER SEQUENCE free OWNED BY NONE;"
      "CREATE TABLE t (id int DEFAULT nextval('s'))");
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, "t"), "id");
  CHECK(Get(state, kS).As<Sequence>().owned_by == id);
  CHECK(HasEdge(Get(state, kS), id, EdgeKind::kOwnedBy));
  CHECK(!Get(state, Public(ObjectKind::kSequence, "free")).As<Sequence>().owned_by);
  CHECK(Get(state, Public(ObjectKind::kSequence, "free")).edges.empty());
  CHECK(ErrorsOf("CREATE SEQUENCE s OWNED BY t.id") == "test.sql:1:19: relation `t` does not exist\n");
  CHECK(ErrorsOf("CREATE TABLE t (a int); CREATE SEQUENCE s OWNED BY t.id") ==
        "test.sql:1:43: column `public.t.id` does not exist\n");
}

TEST_CASE("sequence: unlogged") { CHECK(SequenceOf("CREATE UNLOGGED SEQUENCE s").unlogged); }

TEST_CASE("ALTER SEQUENCE reaches the one behind an identity column") {
  const DesiredState state =
      StateOf("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY); ALTER SEQUENCE t_id_seq INCREMENT 10");
  const ObjectId id = ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, "t"), "id");
  CHECK(Get(state, id).As<Column>().identity_parameters.increment == 10);
}

}  // namespace schemadiff::test::parser_sequence
