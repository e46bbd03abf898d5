// src/backend/commands/sequence.c, init_params().
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "parser/statements/sequence.h"

namespace schemadiff {
namespace {

struct Bounds {
  std::int64_t min = INT64_MIN;
  std::int64_t max = INT64_MAX;
};

Bounds RangeOf(std::string_view type) {
  if (type == "smallint") return {INT16_MIN, INT16_MAX};
  if (type == "integer") return {INT32_MIN, INT32_MAX};
  return {};
}

class ParameterParser {
 public:
  ParameterParser(Interpreter& in, const Statement& statement, Node options) : in_(in), statement_(statement) {
    for (const Node item : options.Items()) options_[item["DefElem"].Text("defname")] = item["DefElem"];
  }

  bool Given(std::string_view name) const { return options_.contains(name); }
  bool HasValue(std::string_view name) const { return Given(name) && options_.at(name)["arg"]; }
  bool Flag(std::string_view name) const { return options_.at(name)["arg"]["Boolean"].Bool("boolval"); }

  std::int64_t Value(std::string_view name) {
    const std::string text = OptionText(options_.at(name)["arg"]);
    std::int64_t value = 0;
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      Report(name, fmt::format("value `{}` is out of range for type bigint", text), "write a smaller number");
    }
    return value;
  }

  bool HasErrors() const { return has_errors_; }

  void Report(std::string_view name, std::string message, std::string hint) {
    has_errors_ = true;
    in_.Error(statement_, Given(name) ? options_.at(name).Location() : -1, std::move(message), std::move(hint));
  }

  void WarnOfRestart() {
    if (!Given("restart")) return;
    in_.Warning(statement_, options_.at("restart").Location(),
                "`RESTART` sets the next value, which is no part of a schema; it is passed over",
                "run it by hand, or keep it in a revision");
  }

 private:
  Interpreter& in_;
  const Statement& statement_;
  std::unordered_map<std::string_view, Node> options_;
  bool has_errors_ = false;
};

void CheckRange(ParameterParser& options, const SequenceParameters& result, std::string_view type) {
  const Bounds range = RangeOf(type);
  if (result.max_value < range.min || result.max_value > range.max) {
    options.Report("maxvalue", fmt::format("MAXVALUE {} is out of range for sequence type {}", result.max_value, type),
                   "give a wider type with `AS`, or another MAXVALUE");
  } else if (result.min_value < range.min || result.min_value > range.max) {
    options.Report("minvalue", fmt::format("MINVALUE {} is out of range for sequence type {}", result.min_value, type),
                   "give a wider type with `AS`, or another MINVALUE");
  } else if (result.min_value >= result.max_value) {
    options.Report("minvalue",
                   fmt::format("MINVALUE {} is not less than MAXVALUE {}", result.min_value, result.max_value),
                   "correct one of them");
  } else if (result.start < result.min_value || result.start > result.max_value) {
    options.Report("start",
                   fmt::format("START {} is not between MINVALUE {} and MAXVALUE {}", result.start, result.min_value,
                               result.max_value),
                   "correct one of them");
  }
}

}  // namespace

SequenceParameters ParseSequenceParameters(Interpreter& in, const Statement& statement, Node options_node,
                                           std::string_view type, SequenceParameters base, bool is_new,
                                           std::string_view old_type) {
  ParameterParser options(in, statement, options_node);
  SequenceParameters result = is_new ? SequenceParameters{} : base;
  const Bounds range = RangeOf(type);
  // Bounds that came from the old type follow the new one.
  const bool changes_type = !is_new && !old_type.empty() && old_type != type;
  const bool reset_max = changes_type && base.max_value == RangeOf(old_type).max;
  const bool reset_min = changes_type && base.min_value == RangeOf(old_type).min;
  if (options.HasValue("increment")) result.increment = options.Value("increment");
  if (result.increment == 0) options.Report("increment", "INCREMENT is zero", "write any other number");
  if (options.Given("cycle")) result.cycle = options.Flag("cycle");
  const bool ascending = result.increment > 0;
  if (options.HasValue("maxvalue")) {
    result.max_value = options.Value("maxvalue");
  } else if (is_new || options.Given("maxvalue") || reset_max) {
    result.max_value = ascending || reset_max ? range.max : -1;
  }
  if (options.HasValue("minvalue")) {
    result.min_value = options.Value("minvalue");
  } else if (is_new || options.Given("minvalue") || reset_min) {
    result.min_value = !ascending || reset_min ? range.min : 1;
  }
  if (options.HasValue("start")) {
    result.start = options.Value("start");
  } else if (is_new) {
    result.start = ascending ? result.min_value : result.max_value;
  }
  if (options.HasValue("cache")) result.cache = options.Value("cache");
  if (result.cache <= 0) options.Report("cache", "CACHE is not positive", "write a number from 1");
  if (!options.HasErrors()) CheckRange(options, result, type);
  options.WarnOfRestart();
  return result;
}

std::vector<std::string> SequenceNameOption(Node options) {
  for (const Node item : options.Items()) {
    if (item["DefElem"].Text("defname") == "sequence_name") return Strings(item["DefElem"]["arg"]);
  }
  return {};
}

}  // namespace schemadiff
