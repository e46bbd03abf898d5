#include <fmt/format.h>

#include "planner/generic_options.h"
#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string ForeignDataWrapperName(ObjectId id) { return "FOREIGN DATA WRAPPER " + QuoteIdentifier(id.name()); }

std::string Function(std::string_view word, const std::string& function) {
  return function.empty() ? fmt::format(" NO {}", word) : fmt::format(" {} {}", word, function);
}

SecretSql CreateForeignDataWrapperSql(const Object& object) {
  const ForeignDataWrapper& wrapper = object.As<ForeignDataWrapper>();
  std::string sql = "CREATE " + ForeignDataWrapperName(object.id);
  if (!wrapper.handler.empty()) sql += Function("HANDLER", wrapper.handler);
  if (!wrapper.validator.empty()) sql += Function("VALIDATOR", wrapper.validator);
  SecretSql whole(std::move(sql));
  whole += GenericOptions(wrapper.options, Secrecy::kAll);
  return whole;
}

void CreateForeignDataWrapper(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateForeignDataWrapperSql(object));
  action.step.undo = "DROP " + ForeignDataWrapperName(object.id);
}

void DropForeignDataWrapper(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + ForeignDataWrapperName(object.id));
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  SetUndo(action, CreateForeignDataWrapperSql(object));
}

void SetFunctions(const Alteration& alteration, ActionList& actions) {
  const ForeignDataWrapper& before = alteration.Before<ForeignDataWrapper>();
  const ForeignDataWrapper& after = alteration.After<ForeignDataWrapper>();
  std::string what;
  std::string back;
  if (before.handler != after.handler) {
    what += Function("HANDLER", after.handler);
    back += Function("HANDLER", before.handler);
  }
  if (before.validator != after.validator) {
    what += Function("VALIDATOR", after.validator);
    back += Function("VALIDATOR", before.validator);
  }
  const std::string alter = "ALTER " + ForeignDataWrapperName(alteration.after.id);
  Action& action = actions.Add(alteration.after, Verb::kAlter, alter + what);
  action.step.undo = alter + back;
  if (before.handler != after.handler) {
    AddHazard(action, HazardKind::kOpaque, "its foreign tables are read in another way");
  }
}

void SetForeignDataWrapperOptions(const Alteration& alteration, ActionList& actions) {
  SecretSql sql("ALTER " + ForeignDataWrapperName(alteration.after.id));
  sql += ChangedGenericOptions(alteration.Before<ForeignDataWrapper>().options,
                               alteration.After<ForeignDataWrapper>().options, Secrecy::kAll);
  actions.Add(alteration.after, Verb::kAlter, sql);
}

}  // namespace

template <>
const KindRules& RulesOf<ForeignDataWrapper>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"handler", SetFunctions},
      {"validator", SetFunctions},
      {"options", SetForeignDataWrapperOptions},
  });
  static_assert(Covers<ForeignDataWrapper>(fields));
  static constexpr KindRules rules{.create = CreateForeignDataWrapper,
                                   .drop = DropForeignDataWrapper,
                                   .fields = fields,
                                   .subject = NamedSubject<"FOREIGN DATA WRAPPER">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
