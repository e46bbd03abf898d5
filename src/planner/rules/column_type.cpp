#include "planner/rules/column_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace schemadiff {
namespace {

// A type taken apart: `numeric(10,2)` is numeric with 10 and 2; the words behind the parentheses stay in the base.
struct Parts {
  std::string base;
  std::optional<int> first;
  std::optional<int> second;
  bool array = false;
};

Parts Split(std::string_view type) {
  Parts parts;
  if (type.ends_with("[]")) {
    parts.array = true;
    type.remove_suffix(2);
  }
  const std::size_t open = type.find('(');
  const std::size_t close = type.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || type.front() == '"') {
    parts.base = type;
    return parts;
  }
  parts.base = std::string(type.substr(0, open)) + std::string(type.substr(close + 1));
  const std::string_view inside = type.substr(open + 1, close - open - 1);
  const std::size_t comma = std::min(inside.find(','), inside.size());
  int value = 0;
  if (std::from_chars(inside.data(), inside.data() + comma, value).ec == std::errc()) parts.first = value;
  if (comma < inside.size() &&
      std::from_chars(inside.data() + comma + 1, inside.data() + inside.size(), value).ec == std::errc()) {
    parts.second = value;
  }
  return parts;
}

enum class Family { kOther, kInteger, kNumber, kText, kTime, kBits };

Family FamilyOf(std::string_view base) {
  constexpr auto in = [](std::string_view name, auto names) { return std::ranges::find(names, name) != names.end(); };
  using Names = std::string_view;
  if (in(base, std::to_array<Names>({"smallint", "integer", "bigint"}))) return Family::kInteger;
  if (in(base, std::to_array<Names>({"numeric", "real", "double precision"}))) return Family::kNumber;
  if (in(base, std::to_array<Names>({"text", "character varying", "character", "bpchar", "name"})))
    return Family::kText;
  if (in(base, std::to_array<Names>({"date", "timestamp without time zone", "timestamp with time zone"}))) {
    return Family::kTime;
  }
  if (in(base, std::to_array<Names>({"bit", "bit varying"}))) return Family::kBits;
  return Family::kOther;
}

bool IsNumeric(Family family) { return family == Family::kInteger || family == Family::kNumber; }

int IntegerWidth(std::string_view base) { return base == "smallint" ? 2 : base == "integer" ? 4 : 8; }

// Of a numeric type: how many digits it keeps behind the decimal point, and how many that matter.
constexpr int kAnyNumber = 1 << 20;

int ScaleOf(const Parts& type) {
  if (FamilyOf(type.base) == Family::kInteger) return 0;
  return type.base == "numeric" && type.first ? type.second.value_or(0) : kAnyNumber;
}

// Of binary floating point: what is surely kept of decimal digits (FLT_DIG and DBL_DIG of C).
int SignificantDigits(const Parts& type) {
  if (type.base == "real") return 6;
  if (type.base == "double precision") return 15;
  if (type.base == "smallint") return 5;
  if (type.base == "integer") return 10;
  if (type.base == "bigint") return 19;
  return type.first.value_or(kAnyNumber);
}

std::string LostOfNumber(const Parts& from, const Parts& to) {
  const int digits = SignificantDigits(from);
  const bool from_float = from.base == "real" || from.base == "double precision";
  const bool to_float = to.base == "real" || to.base == "double precision";
  if (to_float && SignificantDigits(to) < digits) {
    return fmt::format("no more than {} significant digits are sure to be kept", SignificantDigits(to));
  }
  if (ScaleOf(to) < ScaleOf(from)) {
    if (ScaleOf(to) < 0)
      return fmt::format("the last {} digits before the decimal point are rounded away", -ScaleOf(to));
    if (ScaleOf(to) == 0) return "what is behind the decimal point is rounded away";
    return fmt::format("digits beyond {} behind the decimal point are rounded away", ScaleOf(to));
  }
  if (from_float && to.base == "numeric") return fmt::format("no more than {} significant digits are kept", digits);
  return {};
}

bool IsTimestamp(std::string_view base) { return base.starts_with("timestamp "); }

std::string LostOfTime(const Parts& from, const Parts& to) {
  if (IsTimestamp(from.base) && to.base == "date") return "the time of day is lost";
  if (IsTimestamp(from.base) && to.base.starts_with("time ")) return "the date is lost";
  if (from.base == "time with time zone" && to.base == "time without time zone") return "the time zone is lost";
  if (from.base.starts_with("interval") && to.base.starts_with("interval ") && from.base != to.base) {
    return fmt::format("what does not fit {} is lost", to.base);
  }
  const auto is_precise = [](const Parts& type) {
    return type.base.starts_with("time") || type.base.starts_with("interval");
  };
  constexpr int kMicroseconds = 6;
  const int digits = to.first.value_or(kMicroseconds);
  if (!is_precise(from) || !is_precise(to) || digits >= from.first.value_or(kMicroseconds)) return {};
  return fmt::format("fractions of a second beyond {} digits are rounded away", digits);
}

std::string LostOfLength(const Parts& from, const Parts& to, bool explicit_cast) {
  if (to.base == "name" && from.base != "name") return "what is longer than 63 bytes is cut off";
  if (to.base == "\"char\"") return "all but the first character is cut off";
  const bool same_family = FamilyOf(from.base) == FamilyOf(to.base);
  const bool fits = !to.first || (same_family && from.first && *from.first <= *to.first);
  if (!explicit_cast || fits) return {};
  return fmt::format("what is longer than {} is cut off", *to.first);
}

bool IsUserDefined(std::string_view base) { return base.contains('.'); }

}  // namespace

bool ConvertsImplicitly(std::string_view from, std::string_view to) {
  const Parts a = Split(from);
  const Parts b = Split(to);
  if (a.array != b.array) return false;
  if (a.base == b.base) return true;
  if (a.array) return false;
  const Family family_a = FamilyOf(a.base);
  const Family family_b = FamilyOf(b.base);
  if (IsNumeric(family_a) && IsNumeric(family_b)) return true;
  return family_a == family_b && family_a != Family::kOther;
}

bool KeepsHeap(std::string_view from, std::string_view to) {
  const Parts a = Split(from);
  const Parts b = Split(to);
  if (a.array || b.array) return false;
  const bool varchar = b.base == "character varying";
  if (b.base == "text") return a.base == "text" || a.base == "character varying";
  if (varchar && (a.base == "character varying" || a.base == "text")) {
    return !b.first || (a.base == "character varying" && a.first && *a.first <= *b.first);
  }
  if (a.base != b.base) return (a.base == "cidr" && b.base == "inet");
  if (b.base == "numeric") return !b.first || (a.first && *a.first <= *b.first && a.second == b.second);
  const bool by_precision = b.base.starts_with("time") || b.base == "bit varying" || b.base == "interval";
  return by_precision && (!b.first || (a.first && *a.first <= *b.first));
}

std::string ConversionExpression(std::string_view column, std::string_view from, std::string_view to) {
  if (ConvertsImplicitly(from, to)) return {};
  const Parts a = Split(from);
  const Parts b = Split(to);
  // Every type converts to text in an assignment; from text the cast has to be written.
  if (!b.array && FamilyOf(b.base) == Family::kText) return {};
  const bool direct = FamilyOf(a.base) == Family::kText || (a.base == "integer" && b.base == "boolean") ||
                      (a.base == "boolean" && b.base == "integer") || a.base.starts_with("json") || a.array || b.array;
  if (direct && !(IsUserDefined(b.base) && a.array)) return fmt::format("{}::{}", column, to);
  return fmt::format("{}::text::{}", column, to);
}

bool MayFail(std::string_view from, std::string_view to) {
  const Parts a = Split(from);
  const Parts b = Split(to);
  if (KeepsHeap(from, to)) return false;
  const Family family_a = FamilyOf(a.base);
  const Family family_b = FamilyOf(b.base);
  if (!a.array && !b.array && family_a == Family::kInteger) {
    if (family_b == Family::kInteger) return IntegerWidth(b.base) < IntegerWidth(a.base);
    if (family_b == Family::kNumber) return b.base == "numeric" && b.first.has_value();
  }
  return !(family_b == Family::kText && !b.first) && !(family_a == Family::kTime && family_b == Family::kTime);
}

std::string WhatIsLost(std::string_view from, std::string_view to, bool explicit_cast) {
  const Parts a = Split(from);
  const Parts b = Split(to);
  if (from == to || a.array != b.array) return {};
  const Family family_a = FamilyOf(a.base);
  const Family family_b = FamilyOf(b.base);
  if (family_b == Family::kText || family_b == Family::kBits || b.base == "\"char\"") {
    return LostOfLength(a, b, explicit_cast);
  }
  if (IsNumeric(family_a) && IsNumeric(family_b)) return LostOfNumber(a, b);
  if (a.base == "integer" && b.base == "boolean") return "all numbers but 0 become the same";
  return LostOfTime(a, b);
}

}  // namespace schemadiff
