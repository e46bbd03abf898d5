#include "planner/rules/constraint.h"

namespace schemadiff {
namespace {

void CreateCheck(const Object& object, const PlanContext& context, ActionList& actions) {
  const Check& check = object.As<Check>();
  // What a foreign table's rows are like is never checked (manual: CREATE FOREIGN TABLE, "Notes").
  const bool has_rows = object.id.parent().kind() != ObjectKind::kForeignTable;
  if (context.IsNew(object.id.parent()) || !check.valid || !has_rows) {
    AddConstraintStep(object, context, actions, LockMode::kAccessExclusive);
    return;
  }
  Object not_valid = object;
  not_valid.As<Check>().valid = false;
  AddConstraintStep(not_valid, context, actions, LockMode::kAccessExclusive);
  ValidateAfter(object, context, actions, "every row has to satisfy the condition");
}

}  // namespace

template <>
const KindRules& RulesOf<Check>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"expression"},
      {"no_inherit"},
      {"valid", Validate, CanValidate},
      {"enforced"},
  });
  static_assert(Covers<Check>(fields));
  static constexpr KindRules rules{.create = CreateCheck,
                                   .drop = DropConstraint,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT">,
                                   .rename = RenameConstraint,
                                   .gap = "until it is added again, rows may break it"};
  return rules;
}

}  // namespace schemadiff
