#include <algorithm>

#include "planner/rules.h"
#include "planner/rules/rename.h"

namespace schemadiff {
namespace {

// The kinds that are not what a statement without a list has built.
std::string Kinds(const Statistics& statistics) {
  std::vector<std::string_view> kinds;
  if (statistics.ndistinct) kinds.emplace_back("ndistinct");
  if (statistics.dependencies) kinds.emplace_back("dependencies");
  if (statistics.mcv) kinds.emplace_back("mcv");
  return kinds.empty() || kinds.size() == 3 ? std::string() : " (" + Join(kinds, ", ") + ")";
}

std::string CreateStatisticsSql(const Object& object) {
  const Statistics& statistics = object.As<Statistics>();
  std::vector<std::string> elements;
  for (const std::string& column : statistics.columns) elements.push_back(QuoteIdentifier(column));
  for (const Expression& expression : statistics.expressions) elements.push_back("(" + expression.Text() + ")");
  return fmt::format("CREATE STATISTICS {}{} ON {} FROM {}", RelationName(object.id), Kinds(statistics),
                     Join(elements, ", "), RelationName(statistics.table));
}

std::string TargetSql(const Object& object) {
  return fmt::format("ALTER STATISTICS {} SET STATISTICS {}", RelationName(object.id), object.As<Statistics>().target);
}

void LockStatisticsTable(Action& action, const Object& object, const PlanContext& context) {
  const ObjectId table = object.As<Statistics>().table;
  if (!context.IsNew(table)) AddLock(action, table, LockMode::kShareUpdateExclusive);
}

void CreateStatistics(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kCreate, CreateStatisticsSql(object));
  if (object.As<Statistics>().target >= 0) action.step.sql.push_back(TargetSql(object));
  action.step.undo = "DROP STATISTICS " + RelationName(object.id);
  LockStatisticsTable(action, object, context);
}

void DropStatistics(const Object& object, const PlanContext& context, ActionList& actions) {
  Action& action = actions.Add(object, Verb::kDrop, "DROP STATISTICS " + RelationName(object.id));
  if (object.As<Statistics>().target < 0) action.step.undo = CreateStatisticsSql(object);
  // One that is made anew at once belongs to no later phase.
  if (!context.desired().Contains(object.id)) action.step.phase = Phase::kContract;
  LockStatisticsTable(action, object, context);
}

void SetTarget(const Alteration& alteration, ActionList& actions) {
  Action& action = actions.Add(alteration.after, Verb::kAlter, TargetSql(alteration.after));
  action.step.undo = TargetSql(alteration.before);
}

}  // namespace

template <>
const KindRules& RulesOf<Statistics>() {
  static constexpr auto fields = std::to_array<FieldRule>({
      {"table"},
      {"columns"},
      {"expressions"},
      {"ndistinct"},
      {"dependencies"},
      {"mcv"},
      {"target", SetTarget},
  });
  static_assert(Covers<Statistics>(fields));
  static constexpr KindRules rules{.create = CreateStatistics,
                                   .drop = DropStatistics,
                                   .fields = fields,
                                   .subject = NamedSubject<"STATISTICS">,
                                   .rename = RenameObject};
  return rules;
}

}  // namespace schemadiff
