#include "parser/do_block.h"

#include "parser_support.h"

namespace schemadiff::test::parser_do_block {
namespace {

std::string Holds(const std::string& sql) {
  const auto guarded = ReadDoBlock(sql, 0, sql.size());
  if (!guarded) return "refused: " + guarded.error();
  std::string out;
  for (const GuardedStatement& statement : *guarded) {
    constexpr std::string_view kGuards[] = {"", "unless exists: ", "if exists: "};
    out += (out.empty() ? "" : "; ") + std::string(kGuards[static_cast<int>(statement.guard)]) +
           sql.substr(statement.begin, statement.end - statement.begin);
  }
  return out;
}

}  // namespace

TEST_CASE("a do block that is guarded by existence is what it holds") {
  CHECK(Holds("DO $$ BEGIN CREATE ROLE a; EXCEPTION WHEN duplicate_object THEN NULL; END $$") ==
        "unless exists: CREATE ROLE a");
  CHECK(Holds("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'a') THEN CREATE ROLE a; END IF;"
              " IF EXISTS (SELECT 1 FROM pg_catalog.pg_type) THEN DROP TYPE t; RAISE NOTICE 'gone'; END IF; END $$") ==
        "unless exists: CREATE ROLE a; if exists: DROP TYPE t");
  CHECK(Holds("DO $body$ BEGIN EXECUTE $q$CREATE TYPE e AS ENUM ('a')$q$; BEGIN CREATE ROLE b; EXCEPTION"
              " WHEN duplicate_object OR unique_violation THEN RAISE NOTICE 'there'; END; END $body$") ==
        "CREATE TYPE e AS ENUM ('a'); unless exists: CREATE ROLE b");
  CHECK(Holds("DO 'BEGIN CREATE ROLE a; END'") == "CREATE ROLE a");
  CHECK(Holds("DO $$ BEGIN IF to_regtype('mood') IS NULL THEN CREATE TYPE mood AS ENUM (); END IF; END $$") ==
        "unless exists: CREATE TYPE mood AS ENUM ()");
}

TEST_CASE("any other do block is refused with what stands in the way") {
  CHECK(Holds("DO $$ BEGIN FOR i IN 1..2 LOOP CREATE ROLE a; END LOOP; END $$").starts_with("refused: it holds more"));
  CHECK(Holds("DO $$ BEGIN IF EXISTS (SELECT FROM accounts) THEN CREATE ROLE a; END IF; END $$")
            .starts_with("refused: its condition"));
  CHECK(Holds("DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles) THEN CREATE ROLE a; ELSE CREATE ROLE b; END IF; END $$")
            .starts_with("refused: which way"));
  CHECK(Holds("DO $$ BEGIN CREATE ROLE a; EXCEPTION WHEN others THEN NULL; END $$").starts_with("refused: it catches"));
  CHECK(Holds("DO $$ BEGIN EXECUTE format('CREATE ROLE %I', current_user); END $$")
            .starts_with("refused: it puts a statement together"));
  CHECK(Holds("DO 'BEGIN CREATE TYPE e AS ENUM (''a''); END'").starts_with("refused: its quotes are doubled"));
}

TEST_CASE("what a do block holds is declared at its place") {
  const DesiredState state = StateOf(
      "DO $$ BEGIN\n  CREATE TYPE mood AS ENUM ('sad');\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $$;\n"
      "CREATE TABLE t (m mood);");
  CHECK(Get(state, Public(ObjectKind::kEnum, "mood")).source.ToString() == "test.sql:2:3");
  CHECK(HasEdge(Get(state, ObjectId::Member(ObjectKind::kColumn, Public(ObjectKind::kTable, "t"), "m")),
                Public(ObjectKind::kEnum, "mood")));
  CHECK(StateOf("CREATE TYPE e AS ENUM ('a'); DO $$ BEGIN CREATE TYPE e AS ENUM ('b'); EXCEPTION WHEN"
                " duplicate_object THEN NULL; END $$")
            .schema.Find(Public(ObjectKind::kEnum, "e"))
            ->As<Enum>()
            .labels == std::vector<std::string>{"a"});
  CHECK(StateOf("DO $$ BEGIN IF EXISTS (SELECT FROM pg_type) THEN DROP TYPE nothing; END IF; END $$").warnings.empty());
  CHECK(ErrorsOf("DO $$ BEGIN\n  CREATE TABEL t (); END $$") ==
        "test.sql:1:1: what this `DO` block does cannot be known without running it: syntax error at or near"
        " \"TABEL\"\n");
}

TEST_CASE("passwords in a do block are not shown") {
  const std::string errors = ErrorsOf("DO $$ BEGIN CREATE ROLE a PASSWORD 'hunter2'; PERFORM 1; LOOP END LOOP; END $$");
  CHECK(errors.find("hunter2") == std::string::npos);
  CHECK_FALSE(errors.empty());
}

}  // namespace schemadiff::test::parser_do_block
