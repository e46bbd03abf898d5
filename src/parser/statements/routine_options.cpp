#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "parser/statements/routine_parts.h"
#include "parser/statements/settings.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string WithUnixLineEndings(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  }
  return out;
}

// As float4out() prints it: the shortest digits, with an exponent from 1e+06 and below 1e-04.
std::string PrintedFloat(const std::string& text) {
  const float value = std::strtof(text.c_str(), nullptr);
  std::array<char, 64> buffer{};
  char* end = std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::scientific).ptr;
  const std::string scientific(buffer.data(), end);
  const int exponent = std::atoi(scientific.c_str() + scientific.find('e') + 1);
  if (exponent < -4 || exponent >= 6) return scientific;
  end = std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::fixed).ptr;
  return {buffer.data(), end};
}

Routine::Volatility VolatilityOf(std::string_view text) {
  if (text == "immutable") return Routine::Volatility::kImmutable;
  return text == "stable" ? Routine::Volatility::kStable : Routine::Volatility::kVolatile;
}

void ApplyParallel(Interpreter& in, const Statement& statement, Node option, Routine& routine) {
  const std::string text = OptionText(option["arg"]);
  if (text == "safe") {
    routine.parallel = Routine::Parallel::kSafe;
  } else if (text == "restricted") {
    routine.parallel = Routine::Parallel::kRestricted;
  } else if (text == "unsafe") {
    routine.parallel = Routine::Parallel::kUnsafe;
  } else {
    in.Error(statement, option.Location(), fmt::format("`PARALLEL {}` is unknown", text),
             "SAFE, RESTRICTED and UNSAFE are possible");
  }
}

void ApplyBody(const Node argument, Routine& routine) {
  const std::vector<std::string> strings = Strings(argument);
  routine.library = strings.size() > 1 ? strings[0] : "";
  routine.body = WithUnixLineEndings(strings.back());
}

void ApplySupport(Interpreter& in, const Statement& statement, Node argument, Routine& routine,
                  std::vector<Edge>& edges) {
  const Resolution found = in.names().Resolve(NameSpace::kRoutine, Strings(argument), *statement.search_path);
  const bool built_in = found.name.schema == "pg_catalog";  // Printed without its schema, as regproc does.
  routine.support = QuoteQualified(built_in ? "" : found.name.schema, found.name.name);
  if (found.origin != Resolution::Origin::kDeclared) return;
  edges.push_back({ObjectId::Of(ObjectKind::kRoutine, found.name.schema, found.name.name, "internal")});
}

void ApplyTransforms(Interpreter& in, const Statement& statement, Node argument, Routine& routine,
                     std::vector<Edge>& edges) {
  for (const Node item : argument["List"]["items"].Items()) {
    routine.transforms.push_back(ResolveType(in, statement, item["TypeName"], edges));
  }
}

}  // namespace

void ApplyRoutineOptions(Interpreter& in, const Statement& statement, Node options, Routine& routine,
                         std::vector<Edge>& edges) {
  for (const Node item : options.Items()) {
    const Node option = item["DefElem"];
    const std::string_view name = option.Text("defname");
    const Node argument = option["arg"];
    const bool flag = argument["Boolean"].Bool("boolval");
    if (name == "language") {
      routine.language = OptionText(argument);
      std::ranges::transform(routine.language, routine.language.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    } else if (name == "as") {
      ApplyBody(argument, routine);
    } else if (name == "window") {
      routine.window = flag;
    } else if (name == "transform") {
      ApplyTransforms(in, statement, argument, routine, edges);
    } else if (name == "volatility") {
      routine.volatility = VolatilityOf(OptionText(argument));
    } else if (name == "strict") {
      routine.strict = flag;
    } else if (name == "security") {
      routine.security_definer = flag;
    } else if (name == "leakproof") {
      routine.leakproof = flag;
    } else if (name == "parallel") {
      ApplyParallel(in, statement, option, routine);
    } else if (name == "cost") {
      routine.cost = PrintedFloat(OptionText(argument));
    } else if (name == "rows") {
      routine.rows = PrintedFloat(OptionText(argument));
    } else if (name == "support") {
      ApplySupport(in, statement, argument, routine, edges);
    } else if (name == "set") {
      ApplySetting(in, statement, option["arg"]["VariableSetStmt"], option.Location(), routine.settings);
    } else {
      in.Error(statement, option.Location(), fmt::format("option `{}` of a routine is not understood", name),
               "remove it");
    }
  }
  NormalizeCosts(routine);
}

// src/backend/commands/functioncmds.c, CreateFunction.
void NormalizeCosts(Routine& routine) {
  const bool compiled = routine.language == "c" || routine.language == "internal";
  if (routine.cost == (compiled ? "1" : "100")) routine.cost.clear();
  if (routine.rows == "1000" && routine.returns_set) routine.rows.clear();
}

}  // namespace schemadiff
