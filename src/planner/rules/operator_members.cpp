#include "planner/rules/operator_members.h"

namespace schemadiff {

std::string OperatorGroupSubject(ObjectId id, const PlanContext&) {
  return fmt::format("OPERATOR {} {} USING {}", id.kind() == ObjectKind::kOperatorClass ? "CLASS" : "FAMILY",
                     RelationName(id), QuoteIdentifier(id.arguments()));
}

std::string MemberSql(const FamilyMember& member) {
  if (member.is_function) {
    return fmt::format("FUNCTION {} ({}, {}) {}", member.number, member.left, member.right, member.name);
  }
  std::string sql = fmt::format("OPERATOR {} {}({}, {})", member.number, member.name, member.left, member.right);
  if (!member.sort_family.empty()) sql += " FOR ORDER BY " + member.sort_family;
  return sql;
}

void DropOperatorGroup(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + OperatorGroupSubject(object.id, context));
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "statements that name it fail");
}

}  // namespace schemadiff
