#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cli/allow.h"
#include "cli/app.h"
#include "cli/files.h"
#include "cli/manage.h"
#include "cli/settings.h"

namespace schemadiff::test::cli_options {
namespace {

namespace fs = std::filesystem;

/// An empty folder that is the current one while it lives.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "schemadiff_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    fs::current_path(path_);
  }
  ~Folder() {
    fs::current_path(before_);
    fs::remove_all(path_);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path before_ = fs::current_path();
  fs::path path_;
};

void Write(const fs::path& path, std::string_view text) { std::ofstream(path) << text; }

int Run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "schemadiff");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  return RunSchemadiff(static_cast<int>(arguments.size()), argv.data());
}

std::optional<std::string> NoVariables(const std::string&) { return std::nullopt; }

TEST_CASE("wrong usage is 64, help and version are 0") {
  const Folder folder;
  using Arguments = std::vector<std::string>;
  for (const Arguments& good : {Arguments{"--help"},
                                {"--version"},
                                {"plan", "--help"},
                                {"diff", "--help"},
                                {"apply", "-h"},
                                {"init", "--help"}}) {
    CAPTURE(good.front());
    CHECK(Run(good) == 0);
  }
  for (const Arguments& wrong : {Arguments{},
                                 {"aply"},
                                 {"--nope"},
                                 {"plan", "--exitcode"},
                                 {"plan", "extra"},
                                 {"plan", "--env"},
                                 {"plan", "--env", "a", "--env", "b"},
                                 {"plan", "--format", "sarif"},
                                 {"plan", "--format", "html"},
                                 {"apply", "--until", "contrat"},
                                 {"apply", "--allow", "dataloss"},
                                 {"apply", "--allow", "data-loss,"},
                                 {"plan", "--database-url", ""},
                                 {"plan", "--database-url", "x", "--manage", "everything"},
                                 {"plan", "--env", "production"},
                                 {"dump"},
                                 {"diff"},
                                 {"diff", "--from", "a.sql"},
                                 {"diff", "--from", "git:main", "--to", "a.sql"},
                                 {"diff", "--from", "a.sql", "--to", "a.sql", "--postgres-version", "13"},
                                 {"drift"}}) {
    CAPTURE(wrong.empty() ? "" : wrong.back());
    CHECK(Run(wrong) == 64);
  }
}

TEST_CASE("bad input is 65, an absent server 69") {
  const Folder folder;
  CHECK(Run({"plan", "--config", "absent.toml", "--database-url", "x"}) == 65);
  CHECK(Run({"apply", "--plan", "absent.json", "--database-url", "x"}) == 65);
  Write("plan.json", "{\"format\"");
  CHECK(Run({"apply", "--plan", "plan.json", "--database-url", "x"}) == 65);
  CHECK(Run({"plan", "--database-url", "host=" + folder.path().string() + " dbname=x"}) == 69);
  Write("schemadiff.toml", "[env.local]\nurl = \"${SCHEMADIFF_TEST_UNSET}\"\n");
  CHECK(Run({"plan"}) == 65);
  Write("schemadiff.toml", "shcema = []\n");
  CHECK(Run({"plan"}) == 65);
}

TEST_CASE("init writes a configuration that is valid, and never overwrites") {
  const Folder folder;
  CHECK(Run({"init"}) == 0);
  CHECK(fs::is_directory("schema"));
  const Result<Config> config = LoadConfig(std::nullopt, NoVariables);
  REQUIRE(config.has_value());
  CHECK(config->schema == std::vector<std::string>{"schema"});
  CHECK(config->environments.at("local").url.text == "embedded");
  Write("schemadiff.toml", "# mine\n");
  CHECK(Run({"init"}) == 1);
  CHECK(ReadFile("schemadiff.toml").value() == "# mine\n");
  CHECK(Run({"init", "other/place"}) == 0);
  CHECK(fs::exists("other/place/schemadiff.toml"));
  CHECK(fs::is_directory("other/place/schema"));
}

TEST_CASE("the commented lines of the written configuration are valid too") {
  const Folder folder;
  REQUIRE(Run({"init"}) == 0);
  std::string text = ReadFile("schemadiff.toml").value();
  for (const std::string_view line :
       {"# [manage]", "# privileges", "# ignore", "# [env.production]", "# url", "# lock_timeout", "# allow"}) {
    const std::size_t at = text.find(line);
    REQUIRE(at != std::string::npos);
    text.erase(at, 2);
  }
  const Result<Config> config = ParseConfig(text, "schemadiff.toml", NoVariables);
  REQUIRE(config.has_value());
  CHECK(config->environments.contains("production"));
}

TEST_CASE("the command line wins over the file") {
  const Folder folder;
  fs::create_directory("sub");
  Write("sub/c.toml",
        "schema = [\"a\", \"/b\"]\n[manage]\nowners = \"off\"\nroles = \"off\"\n[env.local]\nurl = \"host=local\"\n"
        "allow = [\"all\"]\nconfirm = false\n");
  CommonOptions options{.config = "sub/c.toml"};
  Settings settings = ResolveSettings(options, NoVariables).value();
  CHECK(settings.url == "host=local");
  CHECK(settings.pipeline.schema_paths == std::vector<std::string>{"sub/a", "/b"});
  CHECK(settings.environment.allow.size() == AllHazards().size());
  options.schema = {"c"};
  options.manage = {"owners=declared,comments"};
  options.environment = "local";
  options.database_url = "host=other";
  settings = ResolveSettings(options, NoVariables).value();
  CHECK(settings.url == "host=other");
  CHECK(settings.pipeline.schema_paths == std::vector<std::string>{"c"});
  CHECK(settings.pipeline.manage.modes.at("owners") == ManageMode::kDeclared);
  CHECK(settings.pipeline.manage.modes.at("comments") == ManageMode::kExact);
  CHECK(settings.pipeline.manage.modes.at("roles") == ManageMode::kOff);
  CHECK_FALSE(settings.environment.confirm);
}

TEST_CASE("what the local environment allows does not hold for another database") {
  const Folder folder;
  Write("schemadiff.toml", "[env.local]\nallow = [\"all\"]\nconfirm = false\n");
  const Settings settings = ResolveSettings({.database_url = "host=production"}, NoVariables).value();
  CHECK(settings.environment.allow.empty());
  CHECK(settings.environment.confirm);
}

TEST_CASE("without an address, PG variables name the server, and otherwise nothing is guessed") {
  const Folder folder;
  const auto with_host = [](const std::string& name) {
    return name == "PGHOST" ? std::optional<std::string>("h") : std::nullopt;
  };
  CHECK(ResolveSettings({}, with_host).value().url.empty());
  CHECK(ResolveSettings({}, NoVariables).error().ExitCode() == 64);
}

TEST_CASE("manage lists") {
  ManageOptions options;
  REQUIRE(ApplyManageList("all", options).has_value());
  CHECK(options.all_schemas);
  CHECK(options.modes.size() == ManageKeys().size());
  for (const auto& [key, mode] : options.modes) CHECK(mode == ManageMode::kExact);
  REQUIRE(ApplyManageList("privileges=off,partitions=declared", options).has_value());
  CHECK(options.modes.at("privileges") == ManageMode::kOff);
  CHECK(options.modes.at("partitions") == ManageMode::kDeclared);
  CHECK(ApplyManageList("privilege", options).error().items().front().hint == "did you mean `privileges`?");
  CHECK(ApplyManageList("owners=none", options).error().ExitCode() == 64);
  CHECK(ApplyManageList("", options).error().ExitCode() == 64);
}

TEST_CASE("hazard lists") {
  std::set<HazardKind> allowed;
  REQUIRE(AddAllowedList("data-loss,opaque", allowed).has_value());
  CHECK(allowed == std::set{HazardKind::kDataLoss, HazardKind::kOpaque});
  CHECK(AddAllowedList("data_loss", allowed).error().items().front().hint == "did you mean `data-loss`?");
  REQUIRE(AddAllowedList("all", allowed).has_value());
  CHECK(allowed.size() == 10);
}

TEST_CASE("the format is named, or follows the ending of the file") {
  CHECK(ChosenFormat({.out = "plan.json"}).value() == Format::kJson);
  CHECK(ChosenFormat({.out = "a/plan.sql"}).value() == Format::kSql);
  CHECK(ChosenFormat({.out = "plan.md"}).value() == Format::kMarkdown);
  CHECK(ChosenFormat({.out = "plan"}).value() == Format::kText);
  CHECK(ChosenFormat({.format = "text", .out = "plan.json"}).value() == Format::kText);
  CHECK(ChosenFormat({.format = "jsn"}).error().items().front().hint == "did you mean `json`?");
}

TEST_CASE("files are replaced whole, keep their permissions, and links stay links") {
  const Folder folder;
  REQUIRE(WriteFileAtomically("a", "one").has_value());
  fs::permissions("a", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a", "b");
  REQUIRE(WriteFileAtomically("b", "two").has_value());
  CHECK(fs::is_symlink("b"));
  CHECK(ReadFile("a").value() == "two");
  CHECK(fs::status("a").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(std::distance(fs::directory_iterator("."), fs::directory_iterator()) == 2);
  CHECK(WriteFileAtomically("none/a", "x").error().ExitCode() == 1);
  CHECK(WriteFileAtomically(".", "x").error().ExitCode() == 1);
  CHECK(ReadFile("none").error().ExitCode() == 65);
  CHECK(ReadFile(".").error().ExitCode() == 65);
  CHECK(WriteFileAtomically("/dev/null", "x").has_value());
}

}  // namespace
}  // namespace schemadiff::test::cli_options
