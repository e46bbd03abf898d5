#include "support/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

// PostgreSQL's keywords that are reserved, or usable only as a column, function or type name:
// src/include/parser/kwlist.h of version 18. quote_identifier() quotes these and leaves the unreserved ones alone.
// clang-format off
constexpr auto kQuotedKeywords = std::to_array<std::string_view>({
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
    "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec",
    "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract",
    "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group",
    "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect",
    "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists",
    "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value",
    "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action",
    "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset",
    "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision",
    "primary", "real", "references", "returning", "right", "row", "select", "session_user", "setof", "similar",
    "smallint", "some", "substring", "symmetric", "system_user", "table", "tablesample", "then", "time",
    "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values",
    "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize",
    "xmltable",
});
// clang-format on
static_assert(std::ranges::is_sorted(kQuotedKeywords));

bool IsPlainIdentifier(std::string_view name) {
  const auto lower = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  if (name.empty() || !lower(name.front())) return false;
  return std::ranges::all_of(name, [&](char c) { return lower(c) || (c >= '0' && c <= '9'); });
}

std::string Doubled(std::string_view text, char quote) {
  std::string out;
  out.reserve(text.size() + 2);
  out += quote;
  for (const char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  out += quote;
  return out;
}

}  // namespace

std::string QuoteIdentifier(std::string_view name) {
  if (IsPlainIdentifier(name) && !std::ranges::binary_search(kQuotedKeywords, name)) return std::string(name);
  return Doubled(name, '"');
}

std::string QuoteQualified(std::string_view schema, std::string_view name) {
  if (schema.empty()) return QuoteIdentifier(name);
  return QuoteIdentifier(schema) + "." + QuoteIdentifier(name);
}

std::pair<std::string, std::string> SplitQualified(std::string_view qualified) {
  std::pair<std::string, std::string> parts;
  bool quoted = false;
  for (std::size_t i = 0; i < qualified.size(); ++i) {
    const char c = qualified[i];
    if (c == '.' && !quoted) {
      parts.first = std::move(parts.second);
      parts.second.clear();
    } else if (c == '"' && !(quoted && i + 1 < qualified.size() && qualified[i + 1] == '"')) {
      quoted = !quoted;
    } else {
      if (c == '"') ++i;
      parts.second += c;
    }
  }
  return parts;
}

std::string QuoteLiteral(std::string_view text) {
  if (text.find('\\') == std::string_view::npos) return Doubled(text, '\'');
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += '\\';
    escaped += c;
  }
  return "E" + Doubled(escaped, '\'');
}

std::string DollarQuote(std::string_view text) {
  std::string tag = "$$";
  for (int i = 0; text.find(tag.substr(0, tag.size() - 1)) != std::string_view::npos; ++i) {
    tag = i == 0 ? "$body$" : fmt::format("$body{}$", i);
  }
  return tag + std::string(text) + tag;
}

}  // namespace schemadiff
