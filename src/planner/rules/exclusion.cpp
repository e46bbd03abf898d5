#include "planner/rules/constraint.h"
#include "planner/rules/index_sql.h"
#include "planner/sql.h"

namespace schemadiff {
namespace {

// There is no way to add one without building its index under the lock.
void CreateExclusion(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = AddConstraintStep(object, context, actions, LockMode::kAccessExclusive);
  const ObjectId table = object.id.parent();
  if (context.IsNew(table)) return;
  action.step.transaction = TransactionMode::kOwn;
  action.step.scans.push_back(RelationName(table));
  action.step.estimate = context.SizeOf(table);
  AddHazard(action, HazardKind::kBlocksReads, "readers and writers wait while its index is built");
  AddHazard(action, HazardKind::kMayFail, "no two rows may exclude each other");
}

}  // namespace

template <>
const KindRules& RulesOf<Exclusion>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"access_method"},
      {"elements"},
      {"include"},
      {"predicate"},
      {"deferrable"},
      {"initially_deferred"},
      {"options", SetIndexOptions},
      {"tablespace", SetIndexTablespace},
  });
  static_assert(Covers<Exclusion>(fields));
  static constexpr KindRules rules{.create = CreateExclusion,
                                   .drop = DropConstraint,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT">,
                                   .rename = RenameConstraint,
                                   .gap = "until it is added again, rows may break it"};
  return rules;
}

}  // namespace schemadiff
