#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// tgargs: strings, each ended by a zero byte, in bytea's hex form.
std::vector<std::string> TriggerArguments(std::string_view hex) {
  std::vector<std::string> arguments;
  std::string current;
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
    const auto byte = static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    if (byte == '\0') {
      arguments.push_back(std::move(current));
      current.clear();
    } else {
      current += byte;
    }
  }
  return arguments;
}

// pg_get_expr() refuses a condition over OLD and NEW: it is taken from the definition, `... WHEN (condition) EXECUTE
// ...`.
std::string Condition(std::string_view definition) {
  const std::size_t begin = definition.find(" WHEN (");
  const std::size_t end = definition.rfind(") EXECUTE FUNCTION ");
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  std::string_view text = definition.substr(begin + 7, end - begin - 7);
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

template <>
Result<void> ReadKind<Trigger>(Reader& reader) {
  const Result<Rows> rows = reader.Query(
      "SELECT t.oid, t.tgrelid, t.tgname, t.tgtype, t.tgattr, t.tgargs, t.tgenabled, t.tgdeferrable, t.tginitdeferred,"
      " t.tgoldtable, t.tgnewtable, t.tgconstraint <> 0, t.tgconstrrelid, p.proname, n.nspname,"
      " CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END, k.oid, t.tgparentid"
      " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
      " JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint"
      // Up to version 14 a partition's copy of a trigger is marked as internal, as those of foreign keys are, which
      // have a constraint.
      " WHERE (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstraint = 0)) AND " +
      reader.Scope("c.relnamespace"));
  if (!rows) return std::unexpected(rows.error());
  std::vector<std::pair<ObjectId, Oid>> copies;
  for (int i = 0; i < rows->size(); ++i) {
    const Oid relation = rows->Oid(i, 1);
    const ObjectId table = reader.Relation(relation);
    if (!table || reader.IsExtensionMember(kPgTrigger, rows->Oid(i, 0))) continue;
    const std::int64_t type = rows->Int(i, 3);  // TRIGGER_TYPE_* of catalog/pg_trigger.h
    Trigger trigger{.timing = (type & 64) != 0  ? Trigger::Timing::kInsteadOf
                              : (type & 2) != 0 ? Trigger::Timing::kBefore
                                                : Trigger::Timing::kAfter,
                    .on_insert = (type & 4) != 0,
                    .on_update = (type & 16) != 0,
                    .on_delete = (type & 8) != 0,
                    .on_truncate = (type & 32) != 0,
                    .update_columns = reader.ColumnNames(relation, SplitVector(rows->Text(i, 4))),
                    .for_each_row = (type & 1) != 0,
                    .condition = {Condition(rows->Text(i, 15))},
                    .old_table = std::string(rows->Text(i, 9)),
                    .new_table = std::string(rows->Text(i, 10)),
                    .constraint = rows->Bool(i, 11),
                    .constraint_from = reader.Relation(rows->Oid(i, 12)),
                    .deferrable = rows->Bool(i, 7),
                    .initially_deferred = rows->Bool(i, 8),
                    .function = QuoteQualified(rows->Text(i, 14), rows->Text(i, 13)),
                    .arguments = TriggerArguments(rows->Text(i, 5)),
                    .enabled = EnabledOf(rows->Text(i, 6))};
    const ObjectId id = ObjectId::Member(ObjectKind::kTrigger, table, rows->Text(i, 2));
    reader.Add(id, std::move(trigger), {kPgTrigger, rows->Oid(i, 0), 0});
    if (rows->Oid(i, 17) != 0) copies.emplace_back(id, rows->Oid(i, 17));
    if (!rows->IsNull(i, 16)) reader.Bind({kPgConstraint, rows->Oid(i, 16), 0}, id);
  }
  for (const auto& [id, original] : copies) {
    Object& copy = *reader.schema().Find(id);
    copy.inherited = true;
    if (const ObjectId owner = reader.At({kPgTrigger, original, 0})) copy.edges.push_back({owner, EdgeKind::kOwnedBy});
  }
  return {};
}

}  // namespace schemadiff
