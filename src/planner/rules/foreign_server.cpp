#include <fmt/format.h>

#include "planner/generic_options.h"
#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string ForeignServerName(ObjectId id) { return "SERVER " + QuoteIdentifier(id.name()); }

SecretSql CreateForeignServerSql(const Object& object) {
  const ForeignServer& server = object.As<ForeignServer>();
  std::string sql = "CREATE " + ForeignServerName(object.id);
  if (!server.type.empty()) sql += " TYPE " + QuoteLiteral(server.type);
  if (!server.version.empty()) sql += " VERSION " + QuoteLiteral(server.version);
  SecretSql whole(sql + " FOREIGN DATA WRAPPER " + QuoteIdentifier(server.wrapper));
  whole += GenericOptions(server.options, Secrecy::kAll);
  return whole;
}

void CreateForeignServer(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateForeignServerSql(object));
  action.step.undo = "DROP " + ForeignServerName(object.id);
}

void DropForeignServer(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP " + ForeignServerName(object.id));
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  SetUndo(action, CreateForeignServerSql(object));
}

void SetForeignServerVersion(const Alteration& alteration, ActionList& actions) {
  const auto set = [](const Object& object) {
    const std::string& version = object.As<ForeignServer>().version;
    return fmt::format("ALTER {} VERSION {}", ForeignServerName(object.id),
                       version.empty() ? "NULL" : QuoteLiteral(version));
  };
  Action& action = actions.Add(alteration.after, Verb::kAlter, set(alteration.after));
  action.step.undo = set(alteration.before);
}

void SetForeignServerOptions(const Alteration& alteration, ActionList& actions) {
  SecretSql sql("ALTER " + ForeignServerName(alteration.after.id));
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
      {"version", SetForeignServerVersion},
      {"options", SetForeignServerOptions},
  });
  static_assert(Covers<ForeignServer>(fields));
  static constexpr KindRules rules{.create = CreateForeignServer,
                                   .drop = DropForeignServer,
                                   .fields = fields,
                                   .subject = NamedSubject<"SERVER">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
