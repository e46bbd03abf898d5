#include <fmt/format.h>

#include "planner/generic_options.h"
#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string Name(ObjectId id) { return "SERVER " + QuoteIdentifier(id.name()); }

SecretSql CreateSql(const Object& object) {
  const ForeignServer& server = object.As<ForeignServer>();
  std::string sql = "CREATE " + Name(object.id);
  if (!server.type.empty()) sql += " TYPE " + QuoteLiteral(server.type);
  if (!server.version.empty()) sql += " VERSION " + QuoteLiteral(server.version);
  SecretSql whole(sql + " FOREIGN DATA WRAPPER " + QuoteIdentifier(server.wrapper));
  whole += GenericOptions(server.options, Secrecy::kAll);
  return whole;
}

void Create(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateSql(object));
  action.step.undo = "DROP " + Name(object.id);
}

void Drop(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + Name(object.id));
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  SetUndo(action, CreateSql(object));
}

void SetVersion(const Alteration& alteration, ActionList& actions) {
  const auto set = [](const Object& object) {
    const std::string& version = object.As<ForeignServer>().version;
    return fmt::format("ALTER {} VERSION {}", Name(object.id), version.empty() ? "NULL" : QuoteLiteral(version));
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, set(alteration.after));
  action.step.undo = set(alteration.before);
}

void SetOptions(const Alteration& alteration, ActionList& actions) {
  SecretSql sql("ALTER " + Name(alteration.after.id));
  sql += ChangedGenericOptions(alteration.Before<ForeignServer>().options, alteration.After<ForeignServer>().options,
                               Secrecy::kAll);
  actions.Add(alteration.after, Verb::kAlter, sql);
}

}  // namespace

template <>
const KindRules& RulesOf<ForeignServer>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"wrapper"},
      {"type"},
      {"version", SetVersion},
      {"options", SetOptions},
  });
  static_assert(Covers<ForeignServer>(fields));
  static constexpr KindRules rules{
      .create = Create, .drop = Drop, .fields = fields, .subject = NamedSubject<"SERVER">, .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
