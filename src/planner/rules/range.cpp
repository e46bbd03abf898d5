#include <fmt/format.h>

#include "planner/rules.h"
#include "planner/rules/rename.h"
#include "planner/sql.h"
#include "planner/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::string CreateRangeSql(const Object& object) {
  const Range& range = object.As<Range>();
  std::vector<std::string> options{"subtype = " + range.subtype.sql};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{} = {}", name, value));
  };
  add("subtype_opclass", range.operator_class);
  add("collation", range.collation);
  add("canonical", range.canonical);
  add("subtype_diff", range.subtype_diff);
  add("multirange_type_name", range.multirange);
  return fmt::format("CREATE TYPE {} AS RANGE ({})", RelationName(object.id), Join(options, ", "));
}

void CreateRange(const Object& object, const PlanContext& context, ActionList& actions) {
  CreateShellOf(object, context, actions);
  Action& action = actions.Add(object, Verb::kCreate, CreateRangeSql(object));
  action.step.undo = "DROP TYPE " + RelationName(object.id);
}

void DropRange(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TYPE " + RelationName(object.id));
  DropWithFunctions(action, object, context);
  action.step.phase = Phase::kContract;
  action.step.undo = CreateRangeSql(object);
  AddHazard(action, HazardKind::kBreaksClients, "clients that use the type fail");
}

// `schema.name` as it is spelled in Range::multirange, apart.
std::pair<std::string, std::string> Apart(const std::string& qualified) {
  std::size_t dot = 0;
  for (bool quoted = false; dot < qualified.size() && (quoted || qualified[dot] != '.'); ++dot) {
    if (qualified[dot] == '"') quoted = !quoted;
  }
  return {qualified.substr(0, dot), qualified.substr(std::min(dot + 1, qualified.size()))};
}

std::string WithSuffix(const std::string& identifier) {
  return identifier.ends_with('"') ? identifier.substr(0, identifier.size() - 1) + "__old\"" : identifier + "__old";
}

// A type that is renamed or moved leaves its constructors where they are, under their names. The new types need these.
void ReplaceRange(const Alteration& alteration, ActionList& actions) {
  const Range& before = alteration.Before<Range>();
  const std::string name = RelationName(alteration.before.id);
  const std::string aside = WithSuffix(QuoteIdentifier(alteration.before.id.name()));
  std::vector<std::string> sql;
  for (const std::string_view more : {"", ", text"}) {
    sql.push_back(fmt::format("ALTER FUNCTION {0}({1}, {1}{2}) RENAME TO {3}", name, before.subtype.sql, more, aside));
  }
  if (before.multirange == alteration.After<Range>().multirange) {
    const std::string multirange_aside = WithSuffix(Apart(before.multirange).second);
    sql.push_back(fmt::format("ALTER TYPE {} RENAME TO {}", before.multirange, multirange_aside));
    sql.push_back(fmt::format("ALTER FUNCTION {}() RENAME TO {}", before.multirange, multirange_aside));
  }
  sql.push_back(CreateRangeSql(alteration.after));
  std::vector<Hazard> hazards;
  if (before.subtype != alteration.After<Range>().subtype &&
      !TablesUsing(alteration.before.id, alteration.context).empty()) {
    hazards.push_back(
        {.kind = HazardKind::kMayFail,
         .reason = fmt::format("every bound has to convert to {}", alteration.After<Range>().subtype.sql)});
  }
  ReplaceType(alteration, actions, "TYPE", std::move(sql), std::move(hazards));
}

// The multirange type is a type of its own as far as its name goes.
void SetMultirange(const Alteration& alteration, ActionList& actions) {
  const auto [old_schema, old_name] = Apart(alteration.Before<Range>().multirange);
  const auto [new_schema, new_name] = Apart(alteration.After<Range>().multirange);
  const auto alter = [&](const std::string& schema, const std::string& name, const std::string& what,
                         const std::string& undo) {
    Action& action =
        actions.Add(alteration.after, Verb::kAlter, fmt::format("ALTER TYPE {}.{} {}", schema, name, what));
    action.step.undo = undo;
    AddHazard(action, HazardKind::kBreaksClients, "clients that use the multirange type's old name fail");
    return &action;
  };
  bool moved = false;
  if (old_name != new_name) {
    alter(old_schema, old_name, "RENAME TO " + new_name,
          fmt::format("ALTER TYPE {}.{} RENAME TO {}", old_schema, new_name, old_name));
    moved = true;
  }
  if (old_schema != new_schema) {
    alter(old_schema, new_name, "SET SCHEMA " + new_schema,
          fmt::format("ALTER TYPE {}.{} SET SCHEMA {}", new_schema, new_name, old_schema))
        ->follows_previous = moved;
  }
}

}  // namespace

template <>
const KindRules& RulesOf<Range>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"subtype"},
      {"multirange", SetMultirange},
      {"operator_class"},
      {"collation"},
      {"canonical"},
      {"subtype_diff"},
  });
  static_assert(Covers<Range>(fields));
  static constexpr KindRules rules{.create = CreateRange,
                                   .drop = DropRange,
                                   .fields = fields,
                                   .subject = NamedSubject<"TYPE">,
                                   .rename = RenameBreakingClients<>,
                                   .replace = ReplaceRange,
                                   .replace_keeps_members = false};
  return rules;
}

}  // namespace schemadiff
