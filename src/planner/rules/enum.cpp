#include <fmt/format.h>

#include <algorithm>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CreateEnumSql(const Object& object) {
  std::vector<std::string> labels;
  for (const std::string& label : object.As<Enum>().labels) labels.push_back(QuoteLiteral(label));
  return fmt::format("CREATE TYPE {} AS ENUM ({})", RelationName(object.id), Join(labels, ", "));
}

void CreateEnum(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateEnumSql(object));
  action.step.undo = "DROP TYPE " + RelationName(object.id);
}

void DropEnum(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TYPE " + RelationName(object.id));
  action.step.phase = Phase::kContract;
  action.step.undo = CreateEnumSql(object);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the type fail");
}

void RenameLabel(const Object& object, const std::string& from, const std::string& to, ActionList& actions) {
  const auto rename = [&](const std::string& a, const std::string& b) {
    return fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", RelationName(object.id), QuoteLiteral(a),
                       QuoteLiteral(b));
  };
  Action& action = actions.Add(object, Verb::kRename, rename(from, to));
  action.step.phase = Phase::kContract;
  action.step.undo = rename(to, from);
  AddHazard(action, HazardKind::kBreaksClients, "clients that write or expect the old value fail");
}

bool Holds(const std::vector<std::string>& labels, const std::string& label) {
  return std::ranges::find(labels, label) != labels.end();
}

// Labels can be added anywhere, but neither removed nor moved.
bool OnlyAdds(const Alteration& alteration) {
  std::vector<std::string> kept = alteration.After<Enum>().labels;
  std::erase_if(kept, [&](const std::string& label) { return !Holds(alteration.Before<Enum>().labels, label); });
  return kept == alteration.Before<Enum>().labels;
}

void AddLabels(const Alteration& alteration, ActionList& actions) {
  const std::vector<std::string>& before = alteration.Before<Enum>().labels;
  const std::vector<std::string>& after = alteration.After<Enum>().labels;
  const auto last_kept = std::ranges::find_if(after.rbegin(), after.rend(),
                                              [&](const std::string& label) { return Holds(before, label); });
  const auto appended = static_cast<std::size_t>(after.rend() - last_kept);
  bool first = true;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (Holds(before, after[i])) continue;
    std::string sql =
        fmt::format("ALTER TYPE {} ADD VALUE {}", RelationName(alteration.after.id), QuoteLiteral(after[i]));
    if (i < appended) {
      sql += i == 0 ? " BEFORE " + QuoteLiteral(before.front()) : " AFTER " + QuoteLiteral(after[i - 1]);
    }
    Action& action = actions.Add(alteration.after, Verb::kAlter, std::move(sql));
    // A new label may not be used before the transaction that adds it has committed (manual: ALTER TYPE, "Notes").
    action.step.transaction = TransactionMode::kOwn;
    action.follows_previous = !first;
    action.step.note = "a label cannot be taken out of a type again";
    first = false;
  }
}

void ReplaceEnum(const Alteration& alteration, ActionList& actions) {
  std::vector<std::string> removed;
  for (const std::string& label : alteration.Before<Enum>().labels) {
    if (!Holds(alteration.After<Enum>().labels, label)) removed.push_back(QuoteLiteral(label));
  }
  std::vector<Hazard> hazards;
  if (!removed.empty()) {
    const std::string list = Join(removed, ", ");
    hazards.push_back({.kind = HazardKind::kMayFail,
                       .reason = fmt::format("no row may hold {} when its column takes the new type", list)});
    hazards.push_back({.kind = HazardKind::kBreaksClients, .reason = fmt::format("clients that write {} fail", list)});
  }
  ReplaceType(alteration, actions, "TYPE", {CreateEnumSql(alteration.after)}, std::move(hazards));
}

}  // namespace

template <>
const KindRules& RulesOf<Enum>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"labels", AddLabels, OnlyAdds},
  });
  static_assert(Covers<Enum>(fields));
  static constexpr KindRules rules{.create = CreateEnum,
                                   .drop = DropEnum,
                                   .fields = fields,
                                   .subject = NamedSubject<"TYPE">,
                                   .rename = RenameBreakingClients<>,
                                   .rename_member = RenameLabel,
                                   .replace = ReplaceEnum,
                                   .replace_keeps_members = false};
  return rules;
}

}  // namespace schemadiff
