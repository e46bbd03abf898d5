#include <fmt/format.h>

#include <algorithm>

#include "model/implicit_names.h"
#include "parser/expressions.h"
#include "parser/statements/locate.h"
#include "parser/statements/table_elements.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// `(a)` is the column a.
std::string ColumnIn(Node element) {
  if (element["name"]) return std::string(element.Text("name"));
  const std::vector<std::string> fields = Strings(element["expr"]["ColumnRef"]["fields"]);
  return fields.size() == 1 ? fields[0] : std::string();
}

// Without a list all kinds are built, but none of a single expression (manual: CREATE STATISTICS).
void SetKinds(Interpreter& in, const Statement& statement, Statistics& statistics) {
  const std::vector<std::string> kinds = Strings(statement.node["stat_types"]);
  const bool all = kinds.empty() && statistics.columns.size() + statistics.expressions.size() > 1;
  statistics.ndistinct = all || std::ranges::contains(kinds, "ndistinct");
  statistics.dependencies = all || std::ranges::contains(kinds, "dependencies");
  statistics.mcv = all || std::ranges::contains(kinds, "mcv");
  for (const std::string& kind : kinds) {
    if (kind == "ndistinct" || kind == "dependencies" || kind == "mcv") continue;
    in.Error(statement, -1, fmt::format("there are no statistics of the kind `{}`", kind),
             "the kinds are `ndistinct`, `dependencies` and `mcv`");
  }
}

std::vector<std::string> NamesIn(Node elements) {
  std::vector<std::string> names;
  for (const Node item : elements.Items()) {
    const std::string_view name = item["StatsElem"].Text("name");
    names.emplace_back(name.empty() ? "expr" : name);
  }
  return names;
}

Outcome CreateStatistics(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::vector<Node> relations = node["relations"].Items();
  const Node relation = relations.size() == 1 ? relations[0]["RangeVar"] : Node();
  if (!relation) {
    in.Error(statement, -1, "statistics are of one table", "name one table after `FROM`");
    return Outcome::kDone;
  }
  const ObjectId table = in.FindRelation(statement, relation);
  if (!table) return in.Waiting(statement, relation.Location(), "relation", Join(RelationParts(relation), "."));
  const Tokens& tokens = statement.file->tokens();
  const std::size_t on = tokens.Find(statement.token_begin, statement.token_end, "on");
  const auto ranges = tokens.SplitAtCommas(on + 1, tokens.Find(on + 1, statement.token_end, "from"));
  Statistics statistics{.table = table};
  std::vector<Edge> edges{{table}};
  const std::vector<Node> elements = node["exprs"].Items();
  for (std::size_t i = 0; i < elements.size() && i < ranges.size(); ++i) {
    const Node element = elements[i]["StatsElem"];
    if (const std::string column = ColumnIn(element); !column.empty()) {
      statistics.columns.push_back(column);
      continue;
    }
    const TokenRange range = KeyExpression(tokens, ranges[i].first, ranges[i].second);
    statistics.expressions.push_back(
        MakeExpression(in, statement, element["expr"], range.begin, range.end, table, edges));
  }
  std::ranges::sort(statistics.columns);
  AddColumnEdges(table, statistics.columns, edges);
  SetKinds(in, statement, statistics);
  ObjectId id;
  if (const std::vector<std::string> parts = Strings(node["defnames"]); parts.empty()) {
    id = ImplicitStatisticsId(in, table, NamesIn(node["exprs"]));
  } else {
    const QualifiedName name = in.NewName(statement, parts);
    id = ObjectId::Of(ObjectKind::kStatistics, name.schema, name.name);
  }
  Object object = in.NewObject(statement, -1, id, std::move(statistics));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

// ALTER STATISTICS ... SET STATISTICS; without a number it is DEFAULT.
Outcome AlterStatistics(Interpreter& in, const Statement& statement) {
  const ObjectId id = LocateInSchema<ObjectKind::kStatistics>(in, statement, statement.node["defnames"]);
  if (!id) return in.Waiting(statement, -1, "statistics", Join(Strings(statement.node["defnames"]), "."));
  const Node target = statement.node["stxstattarget"];
  in.schema().Find(id)->As<Statistics>().target = target ? target["Integer"].Int("ival") : -1;
  return Outcome::kDone;
}

}  // namespace

// src/backend/commands/statscmds.c, ChooseExtendedStatisticName.
ObjectId ImplicitStatisticsId(const Interpreter& in, ObjectId table, const std::vector<std::string>& columns) {
  const auto id = [&](const std::string& name) { return ObjectId::Of(ObjectKind::kStatistics, table.schema(), name); };
  return id(ChooseName(table.name(), IndexNameAddition(columns), "stat",
                       [&](const std::string& candidate) { return in.schema().Contains(id(candidate)); }));
}

template <>
void RegisterStatements<Statistics>(StatementRegistry& registry) {
  registry.statements["CreateStatsStmt"] = CreateStatistics;
  registry.statements["AlterStatsStmt"] = AlterStatistics;
  registry.locators["OBJECT_STATISTIC_EXT"] = LocateInSchema<ObjectKind::kStatistics>;
}

}  // namespace schemadiff
