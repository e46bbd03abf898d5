#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace schemadiff {

const char* const kMainFooter = R"(First steps:
  schemadiff init                        write schemadiff.toml and schema/
  schemadiff plan                        see what would be done
  schemadiff apply                       do it

Exit codes: 0 done, 1 failed, 2 differences found, 3 refused, 64 wrong usage, 65 bad input,
69 no server or privilege, 75 try again (a lock was not obtained)

`schemadiff COMMAND --help` tells the options of a command.
)";

const char* const kPlanFooter = R"(Examples:
  schemadiff plan --env production
  schemadiff plan --database-url postgresql://localhost/shop --schema schema --format sql
  schemadiff plan --out plan.json        save it for `schemadiff apply --plan plan.json`
  schemadiff plan --exit-code --quiet    2 when the database differs
)";

const char* const kDiffFooter =
    R"(No server is asked, unless the first state is a database: the plan is that for one made from it, and says where
a server could judge otherwise. Folders are read with all *.sql below them; git:REV:path is what a revision of the
repository holds, the path from its root on, or with ./ from the current folder; an id or head is where the
revisions lead up to it.

Examples:
  schemadiff diff --from git:main:schema --to schema
  schemadiff diff --from head --to schema                 as `schemadiff revision` would write it
  schemadiff diff --from postgresql://localhost/shop --to head
  schemadiff diff --from git:v1.4:schema --to git:v1.5:schema --format sql
  schemadiff diff --from old.sql --to new.sql --postgres-version 15 --exit-code
)";

const char* const kDumpFooter =
    R"(Without --out, files go to the first folder of `schema` in the configuration, and a single one to standard
output. Nothing is overwritten. Secrets are left out: `***` in their place keeps those of the database.

Examples:
  schemadiff dump --env production                        one file per object, below schema/
  schemadiff dump --database-url postgresql://localhost/shop --layout single --out shop.sql
)";

const char* const kApplyFooter =
    R"(Hazards: data-loss, blocks-reads, blocks-writes, table-rewrite, may-fail, breaks-clients,
unprotected, access-change, irreversible, opaque

Examples:
  schemadiff apply --env production
  schemadiff apply --env production --plan plan.json --yes --allow data-loss
  schemadiff apply --until expand        before the application is deployed
)";

namespace {

constexpr std::size_t kColumn = 28;
constexpr std::size_t kWidth = 100;

// Text from `kColumn` on, broken at spaces; `out` ends with what stands before it.
void Describe(std::string& out, std::size_t used, const std::string& text) {
  if (used + 2 > kColumn) {
    out += '\n';
    used = 0;
  }
  out += std::string(kColumn - used, ' ');
  std::size_t column = kColumn;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    if (column > kColumn && column + 1 + (end - start) > kWidth) {
      out += "\n" + std::string(kColumn, ' ');
      column = kColumn;
    } else if (column > kColumn) {
      out += ' ';
      ++column;
    }
    out += text.substr(start, end - start);
    column += end - start;
    start = end + 1;
  }
  out += '\n';
}

std::string Label(const CLI::Option& option) {
  std::string out = option.get_snames().empty() ? "    " : "-" + option.get_snames().front();
  if (!option.get_snames().empty() && !option.get_lnames().empty()) out += ", ";
  if (!option.get_lnames().empty()) out += "--" + option.get_lnames().front();
  if (option.get_items_expected_max() > 0) out += " " + option.get_type_name();
  return out;
}

void Options(std::string& out, const CLI::App& app, const std::string& group) {
  out += fmt::format("\n{}:\n", group);
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group() != group || option->get_positional()) continue;
    const std::string label = "  " + Label(*option);
    out += label;
    Describe(out, label.size(), option->get_description());
  }
}

}  // namespace

HelpFormatter::HelpFormatter() = default;

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  const auto commands = app->get_subcommands([](const CLI::App*) { return true; });
  const bool top = app->get_parent() == nullptr;
  std::string out = app->get_description() + "\n\nUsage: schemadiff ";
  out += top ? "COMMAND [OPTION...]" : app->get_name() + " [OPTION...]";
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) out += fmt::format(" [{}]", option->get_single_name());
  }
  out += '\n';
  if (!commands.empty()) out += "\nCommands:\n";
  for (const CLI::App* command : commands) {
    const std::string label = "  " + command->get_name();
    out += label;
    Describe(out, label.size(), command->get_description());
  }
  std::vector<std::string> groups;
  for (const CLI::Option* option : app->get_options()) {
    const bool seen = std::ranges::find(groups, option->get_group()) != groups.end();
    if (!seen && !option->get_positional()) groups.push_back(option->get_group());
  }
  for (const std::string& group : groups) Options(out, *app, group);
  if (!app->get_footer().empty()) out += "\n" + app->get_footer();
  return out;
}

}  // namespace schemadiff
