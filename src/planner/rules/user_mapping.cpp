#include <fmt/format.h>

#include "planner/generic_options.h"
#include "planner/rules.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string UserMappingName(ObjectId id) {
  return fmt::format("USER MAPPING FOR {} SERVER {}", RoleName(id.name()), QuoteIdentifier(id.parent().name()));
}

SecretSql CreateUserMappingSql(const Object& object) {
  SecretSql sql("CREATE " + UserMappingName(object.id));
  sql += GenericOptions(object.As<UserMapping>().options, Secrecy::kAll);
  return sql;
}

void CreateUserMapping(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateUserMappingSql(object));
  action.step.undo = "DROP " + UserMappingName(object.id);
  if (context.IsNew(object.id.parent())) return;
  AddHazard(action, HazardKind::kAccessChange, "the role, or every role without a mapping, gets into the server");
}

void DropUserMapping(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + UserMappingName(object.id));
  SetUndo(action, CreateUserMappingSql(object));
  if (context.desired().Contains(object.id)) return;  // One that is made anew at once belongs to no later phase.
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kAccessChange, "the role no longer gets into the server, or by the mapping for PUBLIC");
  AddHazard(action, HazardKind::kBreaksClients, "its queries of the server's foreign tables may fail");
}

void SetUserMappingOptions(const Alteration& alteration, ActionList& actions) {
  SecretSql sql("ALTER " + UserMappingName(alteration.after.id));
  sql += ChangedGenericOptions(alteration.Before<UserMapping>().options, alteration.After<UserMapping>().options,
                               Secrecy::kAll);
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql);
  AddHazard(action, HazardKind::kAccessChange,
            "the role gets into the server as someone else, or with another password");
}

}  // namespace

template <>
const KindRules& RulesOf<UserMapping>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"options", SetUserMappingOptions}});
  static_assert(Covers<UserMapping>(fields));
  // A server with mappings is not dropped without CASCADE.
  static constexpr KindRules rules{
      .create = CreateUserMapping, .drop = DropUserMapping, .fields = fields, .dropped_with_parent = false};
  return rules;
}

}  // namespace schemadiff
