#include <fmt/format.h>

#include <algorithm>

#include "planner/rules.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CreateViewSql(const Object& object, std::string_view create) {
  const View& view = object.As<View>();
  std::string sql = fmt::format("{} VIEW {}", create, RelationName(object.id));
  if (!view.column_names.empty()) sql += " (" + ColumnList(view.column_names) + ")";
  return sql + WithOptions(view.options) + " AS\n" + view.query.Text();
}

void CreateView(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateViewSql(object, "CREATE"));
  action.step.undo = "DROP VIEW " + RelationName(object.id);
}

void DropView(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP VIEW " + RelationName(object.id));
  action.step.undo = CreateViewSql(object, "CREATE");
  AddLock(action, object.id, LockMode::kAccessExclusive);
  if (context.desired().Contains(object.id)) {
    action.step.note = "it is created again further down";
  } else {
    action.step.phase = Phase::kContract;
    AddHazard(action, HazardKind::kBreaksClients, "clients that use the view fail");
  }
}

void RenameView(ObjectId from, const Object& object, const PlanContext&, ActionList& actions) {
  Action& action =
      actions.Add(object, Verb::kRename,
                  fmt::format("ALTER VIEW {} RENAME TO {}", RelationName(from), QuoteIdentifier(object.id.name())));
  action.step.phase = Phase::kContract;
  AddLock(action, from, LockMode::kAccessExclusive);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the old name fail");
}

// CREATE OR REPLACE VIEW keeps the columns that there are, in order, with name and type, and may add more behind them
// (manual: CREATE VIEW). What a query returns is known once the server has tried it.
bool CanReplaceQuery(const Alteration& alteration) {
  const std::vector<ViewColumn>& before = alteration.Before<View>().output;
  const std::vector<ViewColumn>& after = alteration.After<View>().output;
  if (after.size() < before.size()) return false;
  return std::equal(before.begin(), before.end(), after.begin());
}

void ReplaceQuery(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kReplace, CreateViewSql(alteration.after, "CREATE OR REPLACE"));
  action.step.undo = CreateViewSql(alteration.before, "CREATE OR REPLACE");
  AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
}

void SetViewOptions(const Alteration& alteration, ActionList& actions) {
  // CREATE OR REPLACE sets the options too.
  if (alteration.fields[FieldIndex<View>("query")]) return;
  const OptionChanges changes = CompareOptions(alteration.Before<View>().options, alteration.After<View>().options);
  const std::string alter = "ALTER VIEW " + RelationName(alteration.after.id);
  const auto add = [&](const std::string& sql) {
    Action& action = actions.Add(alteration.after, Verb::kAlter, alter + sql);
    AddLock(action, alteration.after.id, LockMode::kAccessExclusive);
    AddHazard(action, HazardKind::kAccessChange, "whose rights and which rows the view checks may change");
  };
  if (!changes.set.empty()) add(" SET (" + OptionList(changes.set) + ")");
  if (!changes.reset.empty()) add(" RESET (" + Join(changes.reset, ", ") + ")");
}

}  // namespace

template <>
const KindRules& RulesOf<View>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"column_names", ReplaceQuery, CanReplaceQuery},
      {"query", ReplaceQuery, CanReplaceQuery},
      {"options", SetViewOptions},
  });
  static_assert(Covers<View>(fields));
  static constexpr KindRules rules{.create = CreateView,
                                   .drop = DropView,
                                   .fields = fields,
                                   .subject = NamedSubject<"VIEW">,
                                   .rename = RenameView,
                                   .pins_column_types = true,
                                   .gap = "until it is created again, clients that use it fail",
                                   .gap_hazard = HazardKind::kBreaksClients};
  return rules;
}

}  // namespace schemadiff
