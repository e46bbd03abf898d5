#include <doctest/doctest.h>

#include <fmt/format.h>

#include "cli/config.h"

namespace schemadiff::test::cli_config {
namespace {

std::optional<std::string> Lookup(const std::string& name) {
  if (name == "DATABASE_URL") return "postgres://u:pw@host/db";
  if (name == "EMPTY") return "";
  if (name == "DIR") return "sql";
  return std::nullopt;
}

Config Parsed(std::string_view text) {
  const Result<Config> config = ParseConfig(text, "schemadiff.toml", Lookup);
  if (!config) {
    for (const Diagnostic& problem : config.error().items()) MESSAGE(problem.ToString());
  }
  REQUIRE(config.has_value());
  return *config;
}

std::vector<std::string> Problems(std::string_view text) {
  const Result<Config> config = ParseConfig(text, "schemadiff.toml", Lookup);
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().ExitCode() == 65);
  std::vector<std::string> out;
  for (const Diagnostic& problem : config.error().items()) out.push_back(problem.ToString());
  return out;
}

std::string Problem(std::string_view text) {
  const std::vector<std::string> problems = Problems(text);
  REQUIRE(problems.size() == 1);
  return problems.front();
}

TEST_CASE("the configuration of the documentation") {
  const Config config = Parsed(R"(
schema = ["schema", "${DIR}/more"]
revisions = "revs"
[manage]
privileges = "exact"
partitions = "declared"
roles = "off"
ignore = ["table:audit.*", "extension:postgis"]
[env.local]
url = "embedded"
[env.production]
url = "${DATABASE_URL}"
allow = ["data-loss", "opaque"]
lock_timeout = "500ms"
confirm = false
)");
  CHECK(config.schema == std::vector<std::string>{"schema", "sql/more"});
  CHECK(config.revisions == "revs");
  CHECK(config.manage.modes.at("privileges") == ManageMode::kExact);
  CHECK(config.manage.modes.at("partitions") == ManageMode::kDeclared);
  CHECK(config.manage.modes.at("roles") == ManageMode::kOff);
  CHECK_FALSE(config.manage.modes.contains("owners"));
  CHECK(config.manage.ignore == std::vector<std::string>{"table:audit.*", "extension:postgis"});
  CHECK(config.environments.at("local").url.text == "embedded");
  CHECK(config.environments.at("local").confirm);
  CHECK(config.environments.at("local").lock_timeout == std::chrono::seconds(2));
  const Environment& production = config.environments.at("production");
  CHECK(production.allow == std::set{HazardKind::kDataLoss, HazardKind::kOpaque});
  CHECK(production.lock_timeout == std::chrono::milliseconds(500));
  CHECK_FALSE(production.confirm);
  CHECK(ExpandVariables(production.url, Lookup).value() == "postgres://u:pw@host/db");
}

TEST_CASE("an empty file gives the defaults") {
  const Config config = Parsed("");
  CHECK(config.schema == std::vector<std::string>{"schema"});
  CHECK(config.environments.empty());
}

TEST_CASE("unknown keys have line, column and a suggestion where one is near") {
  CHECK(Problem("shcema = []\n") ==
        "schemadiff.toml:1:1: error: unknown key `shcema`\n  shcema = []\n  ^\n  did you mean `schema`?");
  CHECK(Problem("[env.local]\nurl = \"embedded\"\n  lock-timeout = \"2s\"\n") ==
        "schemadiff.toml:3:3: error: unknown key `lock-timeout` in `[env.local]`\n    lock-timeout = \"2s\"\n    ^\n"
        "  did you mean `lock_timeout`?");
  CHECK(Problem("[manage]\nprivilege = \"off\"\n").find("did you mean `privileges`?") != std::string::npos);
  CHECK(Problem("zzz = 1").find("known are schema, revisions, manage, env") != std::string::npos);
}

TEST_CASE("all problems are told, in the order of the file") {
  const std::vector<std::string> problems = Problems(
      "schema = 3\nrevisions = []\n[manage]\nroles = \"exakt\"\nignore = [\"audit\"]\n[env.a]\nurl = 1\n"
      "allow = [\"dataloss\", 7]\nlock_timeout = \"soon\"\nconfirm = \"yes\"\n");
  REQUIRE(problems.size() == 9);
  CHECK(problems[0].starts_with("schemadiff.toml:1:10: error: `schema` must be a list of strings"));
  CHECK(problems[1].starts_with("schemadiff.toml:2:13: error: `revisions` must be a string"));
  CHECK(problems[2].starts_with("schemadiff.toml:4:9: error: `roles` cannot be `exakt`"));
  CHECK(problems[2].ends_with("did you mean `exact`?"));
  CHECK(problems[3].starts_with("schemadiff.toml:5:11: error: `audit` is no ignore rule"));
  CHECK(problems[4].starts_with("schemadiff.toml:7:7: error: `url` must be a string"));
  CHECK(problems[5].starts_with("schemadiff.toml:8:10: error: there is no hazard `dataloss`"));
  CHECK(problems[5].ends_with("did you mean `data-loss`?"));
  CHECK(problems[6].starts_with("schemadiff.toml:8:22: error: `allow` must be a string"));
  CHECK(problems[7].starts_with("schemadiff.toml:9:16: error: `lock_timeout` cannot be `soon`"));
  CHECK(problems[8].starts_with("schemadiff.toml:10:11: error: `confirm` must be `true` or `false`"));
}

TEST_CASE("text that is no TOML is a problem with its place") {
  CHECK(Problem("schema = [\n").starts_with("schemadiff.toml:"));
  CHECK(Problem("schema = [\"a\"]\nschema = [\"b\"]\n").starts_with("schemadiff.toml:2:"));
  CHECK(Problem("env = 3").starts_with("schemadiff.toml:1:7: error: `env` must be a section"));
  CHECK(Problem("[env]\nlocal = 3").starts_with("schemadiff.toml:2:9: error: `local` must be a section"));
  CHECK_FALSE(Problems("\xff\xfe").empty());
}

TEST_CASE("missing variables are named, only when they are needed") {
  const Config config = Parsed("[env.a]\nurl = \"${NOPE}\"\n[env.b]\nurl = \"${EMPTY}\"\n[env.c]\nurl = \"x${DIR\"\n");
  const auto error = [&](const char* name) {
    const auto url = ExpandVariables(config.environments.at(name).url, Lookup);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().ExitCode() == 65);
    return url.error().items().front().ToString();
  };
  CHECK(error("a").starts_with("schemadiff.toml:2:7: error: environment variable `NOPE` is not set\n"));
  CHECK(error("b").starts_with("schemadiff.toml:4:7: error: environment variable `EMPTY` is empty\n"));
  CHECK(error("c").starts_with("schemadiff.toml:6:7: error: `${` without a closing `}`\n"));
  CHECK(Problem("schema = [\"${NOPE}\"]").starts_with("schemadiff.toml:1:11: error: environment variable `NOPE`"));
}

TEST_CASE("what a variable holds is not expanded again") {
  const ConfigText text{.text = "a${X}b${X}", .location = {}};
  CHECK(ExpandVariables(text, [](const std::string&) { return "${X}"; }).value() == "a${X}b${X}");
}

TEST_CASE("no message shows a password of the file") {
  for (const char* text : {"[env.a]\nurl = \"postgres://u:hunter2@h/d\n", "[env.a]\nurl = 'host=h password=hunter2'x\n",
                           "[env.a]\npassword = \"hunter2\"\n", "[env.a]\nurls = \"postgres://u:hunter2@h/d\"\n"}) {
    for (const std::string& problem : Problems(text)) CHECK(problem.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("environments are chosen by name") {
  Config config = Parsed("[env.staging]\n[env.production]\n");
  CHECK(ChooseEnvironment(config, "staging")->name == "staging");
  const auto missing = ChooseEnvironment(config, std::nullopt);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().ExitCode() == 64);
  CHECK(missing.error().items().front().message == "`schemadiff.toml` has no section `[env.local]`");
  CHECK(missing.error().items().front().hint == "choose one with `--env`: production, staging");
  CHECK(ChooseEnvironment(config, "stagin").error().items().front().hint == "did you mean `staging`?");
  CHECK(ChooseEnvironment(Config{}, std::nullopt)->name.empty());
  CHECK(ChooseEnvironment(Config{}, "production").error().ExitCode() == 64);
}

TEST_CASE("durations are PostgreSQL's") {
  using std::chrono::milliseconds;
  CHECK(ParseDuration("2s") == milliseconds(2000));
  CHECK(ParseDuration("500ms") == milliseconds(500));
  CHECK(ParseDuration("1 min") == milliseconds(60'000));
  CHECK(ParseDuration("250") == milliseconds(250));
  CHECK(ParseDuration("0") == milliseconds(0));
  for (const char* text : {"", "s", "-1s", "2 weeks", "99999999999", "9999999h", "1.5s"})
    CHECK_FALSE(ParseDuration(text));
}

}  // namespace
}  // namespace schemadiff::test::cli_config
