#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// rewrite: '1' is SELECT, see src/include/nodes/nodes.h, CmdType.
Rule::Event EventOf(std::string_view number) {
  using enum Rule::Event;
  return number == "2" ? kUpdate : number == "3" ? kInsert : kDelete;
}

// pg_get_ruledef() gives `CREATE RULE name AS\n    ON INSERT TO schema.table ...;`: what stands behind the table's
// name.
std::string Definition(std::string_view text, std::string_view name) {
  constexpr std::string_view kTo = " TO ";
  std::size_t at = text.find(kTo, std::string_view("CREATE RULE ").size() + QuoteIdentifier(name).size());
  if (at == std::string_view::npos) return {};
  for (at += kTo.size(); at < text.size() && text[at] != ' ' && text[at] != '\n'; ++at) {
    if (text[at] == '"') at = std::min(text.find('"', at + 1), text.size());
  }
  text.remove_prefix(std::min(text.find_first_not_of(" \n", at), text.size()));
  if (text.ends_with(';')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

template <>
Result<void> ReadKind<Rule>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT oid, ev_class, rulename, ev_type, ev_enabled, pg_get_ruledef(oid) FROM pg_rewrite"
      " WHERE oid >= 16384 AND rulename <> '_RETURN'");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId relation = reader.Relation(rows->Oid(i, 1));
    if (!relation) continue;
    reader.Add(ObjectId::Member(ObjectKind::kRule, relation, rows->Text(i, 2)),
               Rule{.event = EventOf(rows->Text(i, 3)),
                    .definition = {Definition(rows->Text(i, 5), rows->Text(i, 2))},
                    .enabled = EnabledOf(rows->Text(i, 4))},
               {kPgRewrite, rows->Oid(i, 0), 0});
  }
  return {};
}

}  // namespace schemadiff
