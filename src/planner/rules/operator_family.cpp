#include <algorithm>

#include "planner/rules/operator_members.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

using Members = std::vector<FamilyMember>;

std::string AddOperatorFamilySql(ObjectId id, const PlanContext& context, const Members& members) {
  std::vector<std::string> items;
  for (const FamilyMember& member : members) items.push_back(MemberSql(member));
  return fmt::format("ALTER {} ADD {}", OperatorGroupSubject(id, context), Join(items, ", "));
}

std::string DropOperatorFamilySql(ObjectId id, const PlanContext& context, const Members& members) {
  std::vector<std::string> items;
  for (const FamilyMember& member : members) {
    items.push_back(fmt::format("{} {} ({}, {})", member.is_function ? "FUNCTION" : "OPERATOR", member.number,
                                member.left, member.right));
  }
  return fmt::format("ALTER {} DROP {}", OperatorGroupSubject(id, context), Join(items, ", "));
}

// What is in one list and not in the other.
Members Missing(const Members& from, const Members& in) {
  Members missing;
  std::ranges::copy_if(from, std::back_inserter(missing),
                       [&](const FamilyMember& member) { return !std::ranges::contains(in, member); });
  return missing;
}

void CreateOperatorFamily(const Object& object, const PlanContext& context, ActionList& actions) {
  const std::string subject = OperatorGroupSubject(object.id, context);
  Action& action = actions.Add(object, Verb::kCreate, "CREATE " + subject);
  action.step.undo = "DROP " + subject;
  action.stands_alone = true;
  const Members& members = object.As<OperatorFamily>().members;
  if (members.empty()) return;
  // What it holds may need classes of this very family.
  Action& fill = actions.Then(object, Verb::kAlter, AddOperatorFamilySql(object.id, context, members));
  fill.produces_object = false;
  fill.step.undo = DropOperatorFamilySql(object.id, context, members);
}

void SetMembers(const Alteration& alteration, ActionList& actions) {
  const Members& before = alteration.Before<OperatorFamily>().members;
  const Members& after = alteration.After<OperatorFamily>().members;
  const Members removed = Missing(before, after);
  const Members added = Missing(after, before);
  const ObjectId id = alteration.after.id;
  if (!removed.empty()) {
    Action& action =
        actions.Add(alteration.after, Verb::kAlter, DropOperatorFamilySql(id, alteration.context, removed));
    action.step.undo = AddOperatorFamilySql(id, alteration.context, removed);
  }
  if (!added.empty()) {
    Action& action = actions.Add(alteration.after, Verb::kAlter, AddOperatorFamilySql(id, alteration.context, added));
    action.follows_previous = !removed.empty();
    action.step.undo = DropOperatorFamilySql(id, alteration.context, added);
  }
}

}  // namespace

template <>
const KindRules& RulesOf<OperatorFamily>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"members", SetMembers}});
  static_assert(Covers<OperatorFamily>(fields));
  static constexpr KindRules rules{.create = CreateOperatorFamily,
                                   .drop = DropOperatorGroup,
                                   .fields = fields,
                                   .subject = OperatorGroupSubject,
                                   .rename = RenameBreakingClients<"statements that use the old name fail">};
  return rules;
}

}  // namespace schemadiff
