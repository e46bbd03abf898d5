#include <algorithm>

#include "catalog/reader.h"

namespace schemadiff {
namespace {

Policy::Command CommandOf(std::string_view letter) {
  using enum Policy::Command;
  if (letter == "r") return kSelect;
  if (letter == "a") return kInsert;
  if (letter == "w") return kUpdate;
  return letter == "d" ? kDelete : kAll;
}

std::string Unwrapped(std::string_view text) {
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

template <>
Result<void> ReadKind<Policy>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT p.oid, p.polrelid, p.polname, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid),"
      " pg_get_expr(p.polwithcheck, p.polrelid),"
      " (SELECT array_agg(r.rolname ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles))"
      " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId table = reader.Relation(rows->Oid(i, 1));
    if (!table) continue;
    std::vector<std::string> roles = rows->Array(i, 7);
    std::ranges::sort(roles);
    reader.Add(ObjectId::Member(ObjectKind::kPolicy, table, rows->Text(i, 2)),
               Policy{.command = CommandOf(rows->Text(i, 3)),
                      .permissive = rows->Bool(i, 4),
                      .roles = std::move(roles),
                      .using_expression = {Unwrapped(rows->Text(i, 5))},
                      .check_expression = {Unwrapped(rows->Text(i, 6))}},
               {kPgPolicy, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
