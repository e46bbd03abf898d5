#include "planner/rules/operator_members.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

// A list of members cannot be empty: that of the storage says nothing new then.
void CreateOperatorClass(const Object& object, const PlanContext& context, ActionList& actions) {
  const OperatorClass& operator_class = object.As<OperatorClass>();
  std::vector<std::string> items;
  for (const FamilyMember& member : operator_class.members) items.push_back(MemberSql(member));
  if (!operator_class.storage.sql.empty()) items.push_back("STORAGE " + operator_class.storage.sql);
  if (items.empty()) items.push_back("STORAGE " + operator_class.type.sql);
  Action& action = actions.Add(
      object, Verb::kCreate,
      fmt::format("CREATE OPERATOR CLASS {} {}FOR TYPE {} USING {} FAMILY {} AS\n    {}", RelationName(object.id),
                  operator_class.is_default ? "DEFAULT " : "", operator_class.type.sql,
                  QuoteIdentifier(object.id.arguments()), operator_class.family, Join(items, ",\n    ")));
  action.step.undo = "DROP " + OperatorGroupSubject(object.id, context);
}

}  // namespace

template <>
const KindRules& RulesOf<OperatorClass>() {
  static constexpr auto fields =
      std::to_array<FieldRule>({{"type"}, {"is_default"}, {"family"}, {"storage"}, {"members"}});
  static_assert(Covers<OperatorClass>(fields));
  static constexpr KindRules rules{.create = CreateOperatorClass,
                                   .drop = DropOperatorGroup,
                                   .fields = fields,
                                   .subject = OperatorGroupSubject,
                                   .rename = RenameBreakingClients<"statements that use the old name fail">};
  return rules;
}

}  // namespace schemadiff
