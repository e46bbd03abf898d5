#include "dump/dump.h"

#include "parser_support.h"

namespace schemadiff::test::dump {
namespace {

std::vector<DumpFile> FilesOf(const std::string& sql, DumpLayout layout) {
  const DesiredState state = StateOf(sql);
  const Result<std::vector<Creation>> creations = Creations(StateOf("").schema, state.schema, {.version = 170000});
  REQUIRE(creations.has_value());
  return DumpFiles(*creations, state.schema, layout);
}

std::string PathsOf(const std::string& sql, DumpLayout layout = DumpLayout::kByObject) {
  std::string paths;
  for (const DumpFile& file : FilesOf(sql, layout)) paths += file.path + " ";
  return paths;
}

TEST_CASE("a file's path says what is in it") {
  CHECK(PathsOf("CREATE TABLE t (a int);") == "public/tables/t.sql ");
  CHECK(PathsOf("CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;") == "public/materialized_views/m.sql ");
  CHECK(PathsOf("CREATE FOREIGN DATA WRAPPER w;") == "foreign_data_wrappers/w.sql ");
  CHECK(PathsOf("CREATE SCHEMA app;") == "app/schema.sql ");
  CHECK(PathsOf("CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE FOREIGN DATA WRAPPER w;",
                DumpLayout::kBySchema) == "app.sql database.sql ");
}

TEST_CASE("no two paths are one to a file system, and none leads out of its folder") {
  CHECK(PathsOf("CREATE TABLE \"T\" (a int); CREATE TABLE t (a int);") == "public/tables/T.sql ");
  CHECK(PathsOf("CREATE TABLE \"../x\" (a int);") == "public/tables/%2E.%2Fx.sql ");
  CHECK(PathsOf("CREATE TABLE \"größe:1%\" (a int);") == "public/tables/größe%3A1%25.sql ");
}

TEST_CASE("what belongs to a table is in its file, lines of a kind together") {
  const std::vector<DumpFile> files = FilesOf(
      "CREATE TABLE t (a int, b int); CREATE SEQUENCE s OWNED BY t.a; CREATE INDEX i ON t (a); CREATE INDEX j ON t (b);"
      "COMMENT ON COLUMN t.a IS 'x';",
      DumpLayout::kByObject);
  REQUIRE(files.size() == 1);
  CHECK(files[0].text.contains("CREATE SEQUENCE public.s"));
  CHECK(files[0].text.contains("ON public.t USING btree (a);\nCREATE INDEX j"));
  CHECK(files[0].text.contains(");\n\n"));
}

TEST_CASE("a secret is left out and its place marked") {
  const std::vector<DumpFile> files =
      FilesOf("CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'inner');",
              DumpLayout::kSingle);
  REQUIRE(files.size() == 1);
  CHECK(files[0].text.contains("is left out: it stays as the database has it\nCREATE SERVER s"));
  CHECK(files[0].text.contains("OPTIONS (host '***')"));
  CHECK(!files[0].text.contains("inner"));
}

}  // namespace
}  // namespace schemadiff::test::dump
