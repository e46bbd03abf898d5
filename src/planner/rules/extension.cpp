#include <fmt/format.h>

#include "planner/rules.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

ObjectId NamespaceOf(const Object& object) {
  return ObjectId::Of(ObjectKind::kNamespace, "", object.As<Extension>().schema);
}

void CreateExtension(const Object& object, const PlanContext&, ActionList& actions) {
  const Extension& extension = object.As<Extension>();
  const std::string name = QuoteIdentifier(object.id.name());
  std::string sql = "CREATE EXTENSION " + name;
  if (!extension.schema.empty()) sql += " WITH SCHEMA " + QuoteIdentifier(extension.schema);
  if (!extension.version.empty()) {
    sql += (extension.schema.empty() ? " WITH VERSION " : " VERSION ") + QuoteLiteral(extension.version);
  }
  Action& action = actions.Add(object, Verb::kCreate, std::move(sql));
  action.step.undo = "DROP EXTENSION " + name;
  if (!extension.schema.empty()) action.consumes.push_back(NamespaceOf(object));
}

void DropExtension(const Object& object, const PlanContext&, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP EXTENSION " + QuoteIdentifier(object.id.name()));
  action.step.phase = Phase::kContract;
  if (!object.As<Extension>().schema.empty()) action.releases.push_back(NamespaceOf(object));
  AddHazard(action, HazardKind::kDataLoss, "the extension's types, functions and tables go, with what these hold");
  AddHazard(action, HazardKind::kIrreversible, "only a backup brings the rows of its tables back");
  AddHazard(action, HazardKind::kBreaksClients, "clients that use what it provides fail");
}

// Where the files leave schema or version out, nothing is asked for.
void SetSchema(const Alteration& alteration, ActionList& actions) {
  if (alteration.After<Extension>().schema.empty()) return;
  const std::string alter = "ALTER EXTENSION " + QuoteIdentifier(alteration.after.id.name()) + " SET SCHEMA ";
  Action& action =
      actions.Add(alteration.after, Verb::kAlter, alter + QuoteIdentifier(alteration.After<Extension>().schema));
  action.step.undo = alter + QuoteIdentifier(alteration.Before<Extension>().schema);
  action.consumes.push_back(NamespaceOf(alteration.after));
  action.releases.push_back(NamespaceOf(alteration.before));
  AddHazard(action, HazardKind::kBreaksClients, "clients that name its functions and types by the old schema fail");
}

void SetExtensionVersion(const Alteration& alteration, ActionList& actions) {
  const std::string& version = alteration.After<Extension>().version;
  if (version.empty()) return;
  Action& action = actions.Add(alteration.after, Verb::kAlter,
                               fmt::format("ALTER EXTENSION {} UPDATE TO {}",
                                           QuoteIdentifier(alteration.after.id.name()), QuoteLiteral(version)));
  AddHazard(action, HazardKind::kOpaque, "what the extension's update script does is not known");
}

}  // namespace

template <>
const KindRules& RulesOf<Extension>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"schema", SetSchema},
      {"version", SetExtensionVersion},
  });
  static_assert(Covers<Extension>(fields));
  static constexpr KindRules rules{
      .create = CreateExtension, .drop = DropExtension, .fields = fields, .subject = NamedSubject<"EXTENSION">};
  return rules;
}

}  // namespace schemadiff
