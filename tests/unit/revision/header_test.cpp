#include "revision/header.h"

#include "sample.h"

namespace schemadiff::test::revision_header {
namespace {

std::string Read(const std::string& text, bool down = false) {
  const Result<Revision> read = ParseHeader(std::make_shared<SourceFile>("r.sql", text), down);
  if (!read) return Told(read.error());
  return HeaderText(*read, down);
}

constexpr std::string_view kTitle = "-- schemadiff revision\n";

TEST_CASE("revision header: what is written is read") {
  Revision revision = RevisionOf("20260101000000_abcd", {"1", "2"});
  revision.message = "a \"quoted\" one\\\nof two lines";
  revision.created = "2026-01-01T00:00:00Z";
  revision.tool = "1.0";
  revision.postgres_version = 17;
  revision.before = "aa";
  revision.after = "bb";
  revision.replaces = {{"1", "sum"}, {"20260101000000_abcd", "other"}};
  const std::string text = HeaderText(revision, false);
  CHECK(Read(text + "\nSELECT 1;\n") == text);
  CHECK(text.find("before = \"aa\"") != std::string::npos);
  const std::string down = HeaderText(revision, true);
  CHECK(down.find("before = \"bb\"") != std::string::npos);
  CHECK(down.find("parents") == std::string::npos);
}

TEST_CASE("revision header: what is wrong is shown in its place") {
  CHECK(Read("SELECT 1;\n").starts_with("65\nr.sql:1:1: the file does not begin with `-- schemadiff revision`"));
  CHECK(Read(std::string(kTitle) + "-- id = \"1\"\n-- massage = \"m\"\n") ==
        "65\nr.sql:3:4: unknown key `massage`; did you mean `message`?");
  CHECK(Read(std::string(kTitle) + "-- id = 1\n").starts_with("65\nr.sql:"));
  CHECK(Read(std::string(kTitle) + "-- id = 1\n").find("2:9: `id` must be a string") != std::string::npos);
  CHECK(Read(std::string(kTitle) + "-- id = \"1\"\n-- parents = [\"1\"]\n")
            .find("r.sql:3:15: `1` cannot be its own parent") != std::string::npos);
  CHECK(Read(std::string(kTitle) + "-- id = \"1\n").starts_with("65\nr.sql:2:"));
  CHECK(Read(std::string(kTitle) + "-- message = \"m\"\n").find("the header has no `id`") != std::string::npos);
}

TEST_CASE("revision header: a comment of TOML and line endings of another system are fine") {
  CHECK(Read("-- schemadiff revision\r\n-- # why\r\n-- id = \"1\"\r\n-- parents = []\r\n-- message = \"m\"\r\n") ==
        "-- schemadiff revision\n-- id = \"1\"\n-- parents = []\n-- message = \"m\"\n");
}

}  // namespace
}  // namespace schemadiff::test::revision_header
