#include "planner/rules/partition_bound.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>
#include <vector>

namespace schemadiff {
namespace {

// A literal that can be compared without its type: an integer, or a date with or without a time, in quotes or not.
struct Value {
  std::string_view text;  // Without its quotes.
  bool quoted = false;
  long long number = 0;  // Of a date, nothing.
  std::string_view date;

  bool Compares(const Value& other) const { return date.size() == other.date.size(); }
  bool operator==(const Value& other) const { return number == other.number && date == other.date; }
  auto operator<=>(const Value& other) const { return std::tie(number, date) <=> std::tie(other.number, other.date); }
};

struct Range {
  Value from;
  Value to;
};

// Whether all values are of one type, and in its order as they are here. Integers in quotes may be text, which is in
// the order of numbers as long as these are of one length and have no sign.
bool AreInOrder(const std::array<Value, 4>& values) {
  const Value& first = values.front();
  const bool same_type = std::ranges::all_of(values, [&](const Value& value) { return value.Compares(first); });
  const bool may_be_text = first.date.empty() && std::ranges::all_of(values, &Value::quoted);
  return same_type && (!may_be_text || std::ranges::all_of(values, [&](const Value& value) {
           return value.number >= 0 && value.text.size() == first.text.size();
         }));
}

bool IsDate(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00 00:00:00";
  if (text.size() != 10 && text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0' ? !digit : text[i] != kShape[i]) return false;
  }
  return true;
}

std::optional<Value> ParseValue(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.starts_with('\'') && text.ends_with('\'');
  if (quoted) text = text.substr(1, text.size() - 2);
  Value value{.text = text, .quoted = quoted};
  if (IsDate(text)) {
    value.date = text;
    return value;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value.number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string_view> Between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t from = text.find(open);
  if (from == std::string_view::npos) return std::nullopt;
  const std::size_t to = text.find(close, from + open.size());
  if (to == std::string_view::npos) return std::nullopt;
  return text.substr(from + open.size(), to - from - open.size());
}

std::optional<Range> ParseRange(std::string_view bound) {
  const auto from_text = Between(bound, "FROM (", ")");
  const auto to_text = Between(bound, "TO (", ")");
  if (!from_text || !to_text) return std::nullopt;
  const auto from = ParseValue(*from_text);
  const auto to = ParseValue(*to_text);
  if (!from || !to) return std::nullopt;
  return Range{*from, *to};
}

std::vector<Value> ParseList(std::string_view bound) {
  const auto text = Between(bound, "IN (", ")");
  std::vector<Value> values;
  for (std::string_view rest = text.value_or(""); !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view item = rest.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    const auto value = ParseValue(item);
    if (!value) return {};
    values.push_back(*value);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return values;
}

}  // namespace

bool AreApart(std::string_view a, std::string_view b) {
  const auto range_a = ParseRange(a);
  const auto range_b = ParseRange(b);
  if (range_a && range_b) {
    return AreInOrder({range_a->from, range_a->to, range_b->from, range_b->to}) &&
           (range_a->to <= range_b->from || range_b->to <= range_a->from);
  }
  const std::vector<Value> list_a = ParseList(a);
  const std::vector<Value> list_b = ParseList(b);
  return !list_a.empty() && !list_b.empty() && std::ranges::none_of(list_a, [&](const Value& value) {
    return std::ranges::any_of(list_b, [&](const Value& other) { return !value.Compares(other) || value == other; });
  });
}

}  // namespace schemadiff
