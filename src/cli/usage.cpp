#include "cli/usage.h"

#include <fmt/format.h>

#include <string_view>

#include "support/suggest.h"

namespace schemadiff {
namespace {

// The command that was named, or the program itself.
const CLI::App* Chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? &app : commands.front();
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

std::string Suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return DidYouMean(word, views);
}

// The first argument that nothing wanted.
Diagnostic Unexpected(const CLI::App& app, const std::string& argument) {
  const CLI::App* command = Chosen(app);
  const std::string name = command == &app ? "schemadiff" : "schemadiff " + command->get_name();
  const std::string word = argument.substr(0, argument.find('='));
  Diagnostic out{.code = ErrorCode::kUsage};
  std::string all = fmt::format("see `{} --help`", name);
  if (argument.starts_with('-')) {
    out.message = fmt::format("`{}` has no option `{}`", name, word);
    out.hint = Suggestion(word, OptionNames(*command));
  } else if (command == &app) {
    out.message = fmt::format("there is no command `{}`", argument);
    std::vector<std::string> commands;
    for (const CLI::App* each : app.get_subcommands({})) commands.push_back(each->get_name());
    out.hint = Suggestion(argument, commands);
    all = fmt::format("commands are {}", fmt::join(commands, ", "));
  } else {
    out.message = fmt::format("`{}` takes no argument `{}`", name, argument);
  }
  if (out.hint.empty()) out.hint = all;
  return out;
}

}  // namespace

Diagnostic UsageError(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> remaining = app.remaining(true);
  for (const std::string& argument : remaining) {
    if (argument != "--") return Unexpected(app, argument);
  }
  const std::string name = Chosen(app) == &app ? "schemadiff" : "schemadiff " + Chosen(app)->get_name();
  Diagnostic out{.code = ErrorCode::kUsage, .message = error.what(), .hint = fmt::format("see `{} --help`", name)};
  if (error.get_name() == "ArgumentMismatch") {
    const std::string_view text = error.what();
    const std::string option(text.substr(0, text.find(':')));
    const bool many = text.find("At Most") != std::string_view::npos || text.find("Exactly") != std::string_view::npos;
    out.message = fmt::format("`{}` {}", option, many ? "is given more than once" : "needs a value");
  }
  if (error.get_name() == "RequiredError") {
    const std::string_view text = error.what();  // `TARGET is required`
    const std::string_view missing = text.substr(0, text.find(' '));
    out.message =
        Chosen(app) == &app ? "no command is given" : fmt::format("`{}` needs a {}, which is not given", name, missing);
  }
  return out;
}

}  // namespace schemadiff
