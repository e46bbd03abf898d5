#include <algorithm>
#include <map>

#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

std::string AlterTextSearchConfigurationSql(ObjectId id, std::string_view what) {
  return fmt::format("ALTER TEXT SEARCH CONFIGURATION {} {}", RelationName(id), what);
}

// A statement for each list of dictionaries, in the order of their first tokens.
void MapTokens(ObjectId id, std::string_view way, const std::vector<TokenMapping>& mappings,
               std::vector<std::string>& sql) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const TokenMapping& mapping : mappings) {
    const std::string dictionaries = Join(mapping.dictionaries, ", ");
    auto group = std::ranges::find(groups, dictionaries, &std::pair<std::string, std::vector<std::string>>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {dictionaries, {}});
    group->second.push_back(QuoteIdentifier(mapping.token));
  }
  for (const auto& [dictionaries, tokens] : groups) {
    sql.push_back(AlterTextSearchConfigurationSql(
        id, fmt::format("{} MAPPING FOR {} WITH {}", way, Join(tokens, ", "), dictionaries)));
  }
}

std::string ChangeSql(const MappingChange& change) {
  std::vector<std::string> tokens;
  for (const std::string& token : change.tokens) tokens.push_back(QuoteIdentifier(token));
  const std::string of = tokens.empty() ? std::string() : " FOR " + Join(tokens, ", ");
  switch (change.way) {
    case MappingChange::Way::kSet: return fmt::format("ALTER MAPPING{} WITH {}", of, Join(change.dictionaries, ", "));
    case MappingChange::Way::kReplace:
      return fmt::format("ALTER MAPPING{} REPLACE {} WITH {}", of, change.dictionaries[0], change.dictionaries[1]);
    case MappingChange::Way::kDrop: return "DROP MAPPING IF EXISTS" + of;
  }
  return {};
}

std::vector<std::string> CreateTextSearchConfigurationSql(const Object& object) {
  const TextSearchConfiguration& configuration = object.As<TextSearchConfiguration>();
  const std::string from =
      configuration.copied_from.empty() ? "PARSER = " + configuration.parser : "COPY = " + configuration.copied_from;
  std::vector<std::string> sql{fmt::format("CREATE TEXT SEARCH CONFIGURATION {} ({})", RelationName(object.id), from)};
  MapTokens(object.id, "ADD", configuration.mappings, sql);
  for (const MappingChange& change : configuration.changes)
    sql.push_back(AlterTextSearchConfigurationSql(object.id, ChangeSql(change)));
  return sql;
}

void CreateTextSearchConfiguration(const Object& object, const PlanContext&, ActionList& actions) {
  const std::vector<std::string> sql = CreateTextSearchConfigurationSql(object);
  Action& action = actions.Add(object, Verb::kCreate, sql.front());
  action.step.sql = sql;
  action.step.undo = "DROP TEXT SEARCH CONFIGURATION " + RelationName(object.id);
}

void DropTextSearchConfiguration(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP TEXT SEARCH CONFIGURATION " + RelationName(object.id));
  if (context.desired().Contains(object.id)) return;
  action.step.phase = Phase::kContract;
  AddHazard(action, HazardKind::kBreaksClients, "searches that name the configuration fail");
}

void SetMappings(const Alteration& alteration, ActionList& actions) {
  const ObjectId id = alteration.after.id;
  const std::vector<TokenMapping>& before = alteration.Before<TextSearchConfiguration>().mappings;
  const std::vector<TokenMapping>& after = alteration.After<TextSearchConfiguration>().mappings;
  std::vector<std::string> dropped;
  for (const TokenMapping& mapping : before) {
    if (!std::ranges::contains(after, mapping.token, &TokenMapping::token)) {
      dropped.push_back(QuoteIdentifier(mapping.token));
    }
  }
  std::vector<TokenMapping> added;
  std::vector<TokenMapping> changed;
  for (const TokenMapping& mapping : after) {
    const bool known = std::ranges::contains(before, mapping.token, &TokenMapping::token);
    if (!std::ranges::contains(before, mapping)) (known ? changed : added).push_back(mapping);
  }
  std::vector<std::string> sql;
  if (!dropped.empty()) sql.push_back(AlterTextSearchConfigurationSql(id, "DROP MAPPING FOR " + Join(dropped, ", ")));
  MapTokens(id, "ALTER", changed, sql);
  MapTokens(id, "ADD", added, sql);
  Action& action = actions.Add(alteration.after, Verb::kAlter, sql.front());
  action.step.sql = std::move(sql);
  AddHazard(action, HazardKind::kOpaque,
            "vectors that were stored or indexed before keep the words of the old mappings");
}

}  // namespace

template <>
const KindRules& RulesOf<TextSearchConfiguration>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"parser"}, {"mappings", SetMappings}, {"copied_from"}});
  static_assert(Covers<TextSearchConfiguration>(fields));
  static constexpr KindRules rules{.create = CreateTextSearchConfiguration,
                                   .drop = DropTextSearchConfiguration,
                                   .fields = fields,
                                   .subject = NamedSubject<"TEXT SEARCH CONFIGURATION">,
                                   .rename = RenameBreakingClients<"searches that use the old name fail">};
  return rules;
}

}  // namespace schemadiff
