#include "revision/other_formats.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "sample.h"

namespace schemadiff::test::revision_other_formats {
namespace {

namespace fs = std::filesystem;

using Files = std::vector<std::pair<std::string, std::string>>;

/// A folder with files, gone at the end.
class Migrations {
 public:
  explicit Migrations(const Files& files) {
    std::string name = (fs::temp_directory_path() / "schemadiff_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    for (const auto& [file, text] : files) {
      fs::create_directories((path_ / file).parent_path());
      std::ofstream(path_ / file, std::ios::binary) << text;
    }
  }
  ~Migrations() { fs::remove_all(path_); }
  Migrations(const Migrations&) = delete;
  Migrations& operator=(const Migrations&) = delete;

  Result<std::vector<Revision>> Read(std::string_view format, Diagnostics* warnings = nullptr) const {
    return ReadOtherRevisions(path_.string(), format, warnings);
  }
  /// `id<-parent message [down];` of each, or what went wrong; the folder's name left out.
  std::string Told(std::string_view format) const {
    Diagnostics warnings;
    const Result<std::vector<Revision>> revisions = Read(format, &warnings);
    if (!revisions) return Relative(schemadiff::Told(revisions.error()));
    std::string out;
    for (const Revision& revision : *revisions) {
      out += revision.id;
      for (const std::string& parent : revision.parents) out += "<-" + parent;
      out += " " + revision.message + (revision.down ? " [down]" : "");
      for (const ReplacedRevision& each : revision.replaces) out += " for " + each.id;
      out += ";";
    }
    if (!warnings.empty()) out += Relative(schemadiff::Told(warnings));
    return out;
  }

 private:
  std::string Relative(std::string text) const {
    const std::string folder = path_.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
      text.erase(at, folder.size());
    }
    return text;
  }

  fs::path path_;
};

std::string Told(const Files& files, std::string_view format) { return Migrations(files).Told(format); }

}  // namespace

TEST_CASE("a format that there is not, and a folder that there is not") {
  CHECK(Told({}, "flway") == "64\n`--revisions-format` cannot be `flway`; did you mean `flyway`?");
  CHECK(Told({}, "x") ==
        "64\n`--revisions-format` cannot be `x`; choose one of flyway, golang-migrate, dbmate, goose, atlas, plain");
  const Result<std::vector<Revision>> none = ReadOtherRevisions("/nowhere/at/all", "goose");
  REQUIRE_FALSE(none);
  CHECK(schemadiff::Told(none.error()) ==
        "65\ncannot read folder `/nowhere/at/all`: No such file or directory; check the path and its permissions");
  for (const char* format : {"flyway", "golang-migrate", "dbmate", "goose", "atlas", "plain"}) {
    CHECK(Told({}, format).empty());
  }
}

TEST_CASE("flyway's versions are numbers, and repeatable ones come last") {
  CHECK(Told({{"V10__tenth.sql", "x"},
              {"V2__second_table.sql", "x"},
              {"sub/V2_1__in_between.sql", "x"},
              {"V1.0__first.sql", "x"},
              {"U2__second.sql", "y"},
              {"R__views.sql", "x"},
              {"R__functions.sql", "x"},
              {"V20261129040028123456789__late.sql", "x"},
              {"V10__tenth.sql.conf", "executeInTransaction=false"}},
             "flyway") ==
        "1.0 first;2<-1.0 second table [down];2_1<-2 in between;10<-2_1 tenth;20261129040028123456789<-10 "
        "late;R__functions<-20261129040028123456789 functions;R__views<-R__functions views;");
}

TEST_CASE("flyway's last baseline stands for what is up to it") {
  CHECK(Told({{"V1__a.sql", "x"},
              {"V2__b.sql", "x"},
              {"V3__c.sql", "x"},
              {"U1__a.sql", "x"},
              {"B1__old.sql", "x"},
              {"B2__sum.sql", "x"}},
             "flyway") == "2 sum for 1 for 2;3<-2 c;");
  CHECK(Told({{"B5__sum.sql", "x"}, {"U3__gone.sql", "x"}, {"V6__next.sql", "x"}}, "flyway") == "5 sum;6<-5 next;");
}

TEST_CASE("what flyway refuses is refused, and what it passes over is told") {
  CHECK(
      Told({{"V1__a.sql", "x\n"}, {"V1.0__b.sql", "x\n"}}, "flyway") ==
      "65\nV1__a.sql:1:1: version `1` is in `V1.0__b.sql`, too; flyway takes one file for a version: give one of them "
      "another");
  CHECK(
      Told({{"V1_init.sql", "x"}, {"V__none.sql", "x"}, {"R1__x.sql", "x"}, {"V1..2__x.sql", "x"}}, "flyway") ==
      "65\nR1__x.sql:1:1: flyway does not understand the name `R1__x.sql`; name it as in `V1_2__title.sql`, or "
      "`R__title.sql`\nV1..2__x.sql:1:1: flyway does not understand the name `V1..2__x.sql`; name it as in "
      "`V1_2__title.sql`, or `R__title.sql`\nV1_init.sql:1:1: flyway does not understand the name `V1_init.sql`; name "
      "it as in `V1_2__title.sql`, or `R__title.sql`\nV__none.sql:1:1: flyway does not understand the name "
      "`V__none.sql`; name it as in `V1_2__title.sql`, or `R__title.sql`");
  CHECK(Told({{"U3__x.sql", "x"}}, "flyway") ==
        "65\nU3__x.sql:1:1: there is no version `3` to undo; restore its file, or remove this one");
  CHECK(
      Told({{"V1__a.sql", "x"}, {"afterMigrate.sql", "x"}, {"V2__b.java", ""}}, "flyway") ==
      "1 a;0\n`V2__b.java` is left out: it is a program, and what it does cannot be known; if it changes the schema, "
      "write that as SQL\n`afterMigrate.sql` is left out: it is a callback, or no migration of flyway's; name it as in "
      "`V1_2__title.sql`, or `R__title.sql`");
}

TEST_CASE("golang-migrate pairs files by number") {
  CHECK(
      Told({{"000010_tenth.up.sql", "x"},
            {"9_nine.up.sql", "x"},
            {"09_other_title.down.sql", "x"},
            {"sub/1_x.up.sql", "x"},
            {"notes.sql", "x"},
            {"README.md", "x"}},
           "golang-migrate") ==
      "9 nine [down];000010<-9 tenth;0\n`notes.sql` is left out: golang-migrate takes files named `1_title.up.sql`; ");
  CHECK(
      Told({{"1_a.up.sql", "x"}, {"01_b.up.sql", "x"}, {"2_c.down.sql", "x"}}, "golang-migrate") ==
      "65\n1_a.up.sql:1:1: version `1` is in `01_b.up.sql`, too; golang-migrate takes one file for a version: give one "
      "of them another\n2_c.down.sql:1:1: the way back `2_c.down.sql` has no way there; restore its `.up.sql`, or "
      "remove it");
}

TEST_CASE("dbmate's files have two sections") {
  const Migrations folder({{"20200101_users.sql",
                            "\xEF\xBB\xBF-- about\n-- migrate:up transaction:false\nCREATE TABLE \xC3\xA4 ();\r\n"
                            "--migrate:down\nDROP TABLE \xC3\xA4;"}});
  const Result<std::vector<Revision>> revisions = folder.Read("dbmate");
  REQUIRE(revisions);
  REQUIRE(revisions->size() == 1);
  const std::string up = revisions->front().file->text();
  const std::string down = revisions->front().down->text();
  CHECK(up == std::string(8, ' ') + "\n" + std::string(31, ' ') + "\nCREATE TABLE \xC3\xA4 ();\r\n" +
                  std::string(14, ' ') + "\n" + std::string(14, ' '));
  CHECK(down == std::string(8, ' ') + "\n" + std::string(31, ' ') + "\n" + std::string(19, ' ') + "\r\n" +
                    std::string(14, ' ') + "\nDROP TABLE \xC3\xA4;");
  CHECK(revisions->front().file->Position(up.find("CREATE")).line == 3);
  CHECK(Told({{"2_b.sql", "-- migrate:up\n"}, {"10_a.sql", "-- migrate:up\n-- migrate:down\n"}}, "dbmate") ==
        "10 a [down];2<-10 b;0\n`2_b.sql` has no `-- migrate:down`, and so no way back; ");
}

TEST_CASE("what dbmate refuses is refused") {
  CHECK(
      Told({{"1_a.sql", "CREATE TABLE t ();\n"},
            {"2_b.sql", "-- migrate:upwards\n"},
            {"3_c.sql", "-- migrate:down\n-- migrate:up\n"},
            {"4_d.sql", "\n  SELECT 1;\n-- migrate:up\n-- migrate:down\n"}},
           "dbmate") ==
      "65\n1_a.sql:1:1: a statement stands before `-- migrate:up`; move it below\n2_b.sql:1:1: there is no "
      "`-- migrate:up`; begin the migration with it\n3_c.sql:1:1: `-- migrate:down` stands before `-- migrate:up`; put "
      "the way there before the way back\n4_d.sql:2:1: a statement stands before `-- migrate:up`; move it below");
  CHECK(Told({{"1_a.sql", "-- migrate:up\n"}, {"1_b.sql", "-- migrate:up\n"}}, "dbmate") ==
        "65\n1_b.sql:1:1: version `1` is in `1_a.sql`, too; dbmate takes one file for a version: give one of them "
        "another");
}

TEST_CASE("goose's sections and statements") {
  const Migrations folder({{"00002_b.sql",
                            "-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose StatementBegin\nSELECT ';';\n"
                            "-- +goose StatementEnd\n-- kept\n-- +goose down\nSELECT 2;\n"}});
  const Result<std::vector<Revision>> revisions = folder.Read("goose");
  REQUIRE(revisions);
  const auto blank = [](std::size_t size) { return std::string(size, ' ') + "\n"; };
  CHECK(revisions->front().file->text() == blank(24) + blank(12) + "SELECT 1;\n" + blank(24) + "SELECT ';';\n" +
                                               blank(22) + "-- kept\n" + blank(14) + blank(9));
  CHECK(revisions->front().down->text() ==
        blank(24) + blank(12) + blank(9) + blank(24) + blank(11) + blank(22) + blank(7) + blank(14) + "SELECT 2;\n");
  CHECK(Told({{"10_ten.sql", "-- +goose Up\n"},
              {"9_nine.sql", "\n-- +goose UP\n-- +goose ENVSUB ON\nSELECT '${X}';\n-- +goose Down\n"},
              {"00011_code.go", "package x"},
              {"00011_code_test.go", "package x"},
              {"seed.sql", "x"}},
             "goose") ==
        "9 nine [down];10<-9 ten;0\n`00011_code.go` is left out: it is a program, and what it does cannot be known; if "
        "it "
        "changes the schema, write that as SQL\n9_nine.sql:3:1: variables of the environment that goose fills in are "
        "left as they stand; \n`seed.sql` is left out: goose takes files named `00001_title.sql`; ");
}

TEST_CASE("what goose refuses is refused") {
  const auto wrong = [](const std::string& text) {
    const std::string told = Told({{"1_a.sql", text}}, "goose");
    return told.substr(0, told.find(';'));
  };
  CHECK(wrong("-- nothing\n") == "65\n1_a.sql:1:1: there is no `-- +goose Up`");
  CHECK(wrong("SELECT 1;\n-- +goose Up\n").starts_with("65\n1_a.sql:1:1: a statement stands before `-- +goose Up`"));
  CHECK(wrong("-- +goose Down\n") == "65\n1_a.sql:1:1: `-- +goose Down` stands before `-- +goose Up`");
  CHECK(wrong("-- +goose Up\n-- +goose Up\n") == "65\n1_a.sql:2:1: `-- +goose Up` stands here a second time");
  CHECK(wrong("-- +goose Up\n-- +goose Down\n-- +goose Down\n") ==
        "65\n1_a.sql:3:1: `-- +goose Down` stands here a second time");
  CHECK(wrong("-- +goose Up\n-- +goose StatementBegin\nSELECT 1\n") ==
        "65\n1_a.sql:2:1: `-- +goose StatementBegin` has no `-- +goose StatementEnd`");
  CHECK(wrong("-- +goose Up\n-- +goose StatementEnd\n") ==
        "65\n1_a.sql:2:1: `-- +goose StatementEnd` ends no statement");
  CHECK(wrong("-- +goose Up\n-- +goose Dwon\n") == "65\n1_a.sql:2:1: `-- +goose Dwon` is no annotation of goose");
  CHECK(Told({{"1_a.sql", "-- +goose Up\n"}, {"01_b.sql", "-- +goose Up\n"}}, "goose") ==
        "65\n1_a.sql:1:1: version `1` is in `01_b.sql`, too; goose takes one file for a version: give one of them "
        "another");
}

TEST_CASE("atlas has checkpoints and archives") {
  const std::string checkpoint = "-- atlas:checkpoint\n\nCREATE TABLE t ();\n";
  CHECK(Told({{"1_a.sql", "x"}, {"2_checkpoint.sql", checkpoint}, {"3_b.sql", "x"}, {"atlas.sum", "h1:"}}, "atlas") ==
        "1 a;3<-1 b;");
  CHECK(Told({{"2_checkpoint.sql", checkpoint}, {"3_b.sql", "x"}}, "atlas") == "2 checkpoint;3<-2 b;");
  // Without the blank line, the comment is the statement's.
  CHECK(Told({{"1_a.sql", "x"}, {"2_b.sql", "-- atlas:checkpoint\nSELECT 1;\n"}}, "atlas") == "1 a;2<-1 b;");
  CHECK(Told({{"20200101.sql", "x"}, {"1_a.sql", "x"}, {"1_b.sql", "x"}, {"_c.sql", "x"}}, "atlas") ==
        "65\n1_b.sql:1:1: version `1` is in `1_a.sql`, too; atlas takes one file for a version: give one of them "
        "another\n_c.sql:1:1: the name `_c.sql` has no version; name it as in `20261129040028_title.sql`");
  const Migrations folder({{"1_a.sql",
                            "-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n-- migration.sql --\nSELECT 2;\n"
                            "-- down.sql --\nSELECT 3;\n"}});
  const Result<std::vector<Revision>> revisions = folder.Read("atlas");
  REQUIRE(revisions);
  const auto blank = [](std::size_t size) { return std::string(size, ' ') + "\n"; };
  const std::string before = blank(14) + blank(0) + blank(16) + blank(9) + blank(19);
  CHECK(revisions->front().file->text() == before + "SELECT 2;\n" + blank(14) + blank(9));
  CHECK(revisions->front().down->text() == before + blank(9) + blank(14) + "SELECT 3;\n");
}

TEST_CASE("plain files run in the order of their names") {
  CHECK(Told({{"2_b.sql", "x"},
              {"10_a.sql", "x"},
              {"10_a.down.sql", "x"},
              {"sub/1.up.sql", "x"},
              {"sub/1.down.sql", "x"},
              {".hidden.sql", "x"}},
             "plain") == "10_a 10 a [down];2_b<-10_a 2 b;sub/1<-2_b sub/1 [down];");
  CHECK(Told({{"1_a.down.sql", "x"}}, "plain") ==
        "65\n1_a.down.sql:1:1: the way back `1_a.down.sql` has no way there; restore its `.sql`, or remove it");
}

TEST_CASE("another tool's folder is a graph with one head") {
  const Migrations folder({{"V1__a.sql", "x"}, {"V2__b.sql", "x"}, {"B2__sum.sql", "x"}, {"V3__c.sql", "x"}});
  Result<std::vector<Revision>> revisions = folder.Read("flyway");
  REQUIRE(revisions);
  const RevisionGraph graph = GraphOf(std::move(*revisions));
  CHECK(SpacedIds(graph.Heads()) == "3");
  CHECK(IdsOrErrors(UpgradePath(graph, "head", {"1", "2"})) == "3");
  CHECK(graph.Find("1")->id == "2");
}

}  // namespace schemadiff::test::revision_other_formats
