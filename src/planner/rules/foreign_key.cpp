#include <fmt/format.h>

#include "planner/rules/constraint.h"
#include "planner/rules/partition.h"
#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

void CreateForeignKey(const Object& object, const PlanContext& context, ActionList& actions) {
  const ForeignKey& key = object.As<ForeignKey>();
  const ObjectId table = object.id.parent();
  const bool new_table = context.IsNew(table);
  // NOT VALID foreign keys on partitioned tables came with version 18.
  const bool can_be_not_valid = !context.IsPartitioned(table) || context.major() >= 18;
  if (new_table || !key.valid || !can_be_not_valid) {
    Action& action = AddConstraintStep(object, context, actions, LockMode::kShareRowExclusive);
    AwaitPartitions(action, key.referenced, context);
    if (!new_table && key.valid) {
      action.step.scans.push_back(RelationName(table));
      AddHazard(action, HazardKind::kBlocksWrites, "writers of both tables wait while every row is checked");
      AddHazard(action, HazardKind::kMayFail, "every row has to have its counterpart");
    }
    return;
  }
  Object not_valid = object;
  not_valid.As<ForeignKey>().valid = false;
  AwaitPartitions(AddConstraintStep(not_valid, context, actions, LockMode::kShareRowExclusive), key.referenced,
                  context);
  ValidateAfter(object, context, actions, "every row has to have its counterpart");
}

void SetDeferrability(const Alteration& alteration, ActionList& actions) {
  const auto text = [](const ForeignKey& key) {
    return key.deferrable ? Deferrability(true, key.initially_deferred) : std::string(" NOT DEFERRABLE");
  };
  const std::string alter =
      fmt::format("ALTER TABLE {} ALTER CONSTRAINT {}", RelationName(alteration.after.id.parent()),
                  QuoteIdentifier(alteration.after.id.name()));
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + text(alteration.After<ForeignKey>()));
  action.step.undo = alter + text(alteration.Before<ForeignKey>());
  AddLockWithPartitions(action, alteration.after.id.parent(), LockMode::kAccessExclusive, alteration.context);
}

}  // namespace

template <>
const KindRules& RulesOf<ForeignKey>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"columns"},
      {"referenced"},
      {"referenced_columns"},
      {"match_full"},
      {"on_update"},
      {"on_delete"},
      {"on_delete_columns"},
      {"deferrable", SetDeferrability},
      {"initially_deferred", SetDeferrability},
      {"valid", Validate, CanValidate},
      {"enforced"},
      {"period"},
  });
  static_assert(Covers<ForeignKey>(fields));
  static constexpr KindRules rules{.create = CreateForeignKey,
                                   .drop = DropConstraint,
                                   .fields = fields,
                                   .subject = SubjectOnParent<"CONSTRAINT">,
                                   .rename = RenameConstraint,
                                   .gap = "until it is added again, rows may break it",
                                   .dropped_with_parent = false};
  return rules;
}

}  // namespace schemadiff
