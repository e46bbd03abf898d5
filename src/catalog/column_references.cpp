#include "catalog/column_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "support/quote.h"

namespace schemadiff {
namespace {

// A relation that lends the names of its columns. For each expression the server compares each of them with each: few
// columns are cheaper.
struct Lender {
  std::string_view name;
  std::string_view prefix;  ///< Of all columns' names.
  std::span<const std::string_view> columns;

  std::size_t width() const { return columns.size(); }  ///< Like no other's.
};

// src/include/catalog/pg_sequence.h and pg_statistic.h, and src/backend/catalog/system_views.sql: the same from
// PostgreSQL 12 on. The OID at the end of pg_roles is left out.
constexpr std::array<std::string_view, 8> kSequence = {"seqrelid", "seqtypid", "seqstart", "seqincrement",
                                                       "seqmax",   "seqmin",   "seqcache", "seqcycle"};
constexpr std::array<std::string_view, 12> kRoles = {"rolname",     "rolsuper",      "rolinherit",     "rolcreaterole",
                                                     "rolcreatedb", "rolcanlogin",   "rolreplication", "rolconnlimit",
                                                     "rolpassword", "rolvaliduntil", "rolbypassrls",   "rolconfig"};
constexpr std::array<std::string_view, 31> kStatistic = {
    "starelid",    "staattnum",   "stainherit",  "stanullfrac", "stawidth",    "stadistinct", "stakind1",
    "stakind2",    "stakind3",    "stakind4",    "stakind5",    "staop1",      "staop2",      "staop3",
    "staop4",      "staop5",      "stacoll1",    "stacoll2",    "stacoll3",    "stacoll4",    "stacoll5",
    "stanumbers1", "stanumbers2", "stanumbers3", "stanumbers4", "stanumbers5", "stavalues1",  "stavalues2",
    "stavalues3",  "stavalues4",  "stavalues5"};
constexpr std::array<Lender, 3> kLenders = {
    {{"pg_sequence", "seq", kSequence}, {"pg_roles", "rol", kRoles}, {"pg_statistic", "sta", kStatistic}}};

// The end of what is quoted from `start` on. The server doubles a quote within; a backslash escapes none, since it
// doubles those as well.
std::size_t EndOfQuoted(std::string_view text, std::size_t start) {
  const std::size_t end = text.find(text[start], start + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// What is no column where the server prints it without a schema: a field, an argument's name, a label in XML.
bool IsColumn(std::string_view before, std::string_view after) {
  return !before.ends_with('.') && !before.ends_with("::") && !before.ends_with(" AS ") &&
         !before.ends_with("(NAME ") && !after.starts_with('(') && !after.starts_with('.') && !after.starts_with(" =>");
}

// The number of the column that lends a name; 0 for none.
int LentNumber(const Lender& lender, std::string_view word) {
  if (!word.starts_with(lender.prefix)) return 0;
  const auto found = std::ranges::find(lender.columns, word);
  return found == lender.columns.end() ? 0 : static_cast<int>(found - lender.columns.begin()) + 1;
}

// The first lender that has what is asked for by the number of its columns.
template <typename Condition>
LenderSql LenderOf(const Condition& condition) {
  LenderSql sql{.oid = "CASE", .width = "CASE"};
  for (const Lender& lender : kLenders) {
    const std::string when = fmt::format(" WHEN {} THEN ", condition(lender.width()));
    sql.oid += fmt::format("{}'{}'::regclass", when, lender.name);
    sql.width += fmt::format("{}{}", when, lender.width());
  }
  return {.oid = sql.oid + " END", .width = sql.width + " END"};
}

}  // namespace

LenderSql LenderOfColumns(std::string_view numbers) {
  return LenderOf([&](std::size_t count) {
    std::string all;
    for (std::size_t i = 1; i <= count; ++i) all += fmt::format("{}{}", i == 1 ? "" : ",", i);
    return fmt::format("({} <@ '{{{}}}') IS NOT FALSE", numbers, all);
  });
}

LenderSql LenderOfAll(std::string_view count) {
  return LenderOf([&](std::size_t columns) { return fmt::format("{} <= {}", count, columns); });
}

std::string ExpressionText(std::string_view expression, std::string_view relation, const LenderSql& lender) {
  return fmt::format("pg_get_expr({}, coalesce({}, {})), {}", expression, lender.oid, relation, lender.width);
}

std::string TextWithColumns(const Reader& reader, Oid relation, const Rows& rows, int row, int column) {
  const std::string_view text = rows.Text(row, column);
  const auto lender = std::ranges::find(kLenders, static_cast<std::size_t>(rows.Int(row, column + 1)), &Lender::width);
  if (lender == kLenders.end()) return std::string(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t start = place;
    if (text[start] == '\'' || text[start] == '"') {
      place = EndOfQuoted(text, start);
    } else if (!IsIdentifierPart(text[start])) {
      ++place;
    } else {
      while (place < text.size() && IsIdentifierPart(text[place])) ++place;
      const std::string_view word = text.substr(start, place - start);
      const int number = LentNumber(*lender, word);
      const bool whole_row = word == lender->name && text.substr(place).starts_with(".*");
      if (!whole_row && (number == 0 || !IsColumn(text.substr(0, start), text.substr(place)))) continue;
      out += text.substr(copied, start - copied);
      out += QuoteIdentifier(whole_row ? reader.Relation(relation).name() : reader.ColumnName(relation, number));
      copied = place;
    }
  }
  return out += text.substr(copied);
}

}  // namespace schemadiff
