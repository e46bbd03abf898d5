// SQL's lexical forms: identifiers and literals.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace schemadiff {

/// As PostgreSQL's quote_ident(): quoted only where needed, which includes every keyword that is not unreserved.
std::string QuoteIdentifier(std::string_view name);
/// `schema.name`, each quoted where needed; only the name when the schema is empty.
std::string QuoteQualified(std::string_view schema, std::string_view name);
/// What QuoteQualified made, taken apart: schema and name.
std::pair<std::string, std::string> SplitQualified(std::string_view qualified);
/// As PostgreSQL's quote_literal(): an E'' string when there is a backslash.
std::string QuoteLiteral(std::string_view text);
/// `$$text$$`, with a tag where the text holds the delimiter.
std::string DollarQuote(std::string_view text);
/// The bytes of identifiers that stand without quotes (manual: "Lexical Structure").
constexpr bool IsIdentifierStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool IsIdentifierPart(char c) { return IsIdentifierStart(c) || (c >= '0' && c <= '9') || c == '$'; }

/// Joins with a separator.
template <typename Range>
std::string Join(const Range& parts, std::string_view separator) {
  std::string out;
  bool first = true;
  for (const auto& part : parts) {
    if (!first) out += separator;
    first = false;
    out += part;
  }
  return out;
}

}  // namespace schemadiff
