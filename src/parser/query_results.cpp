// The results of a query: what they are called, and what stands for several.
#include <algorithm>
#include <array>

#include "parser/expression_names.h"
#include "parser/query_scopes.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// Where the expression of a result may end, if no comma or parenthesis ends it.
std::size_t ResultEnd(const Tokens& tokens, std::size_t begin) {
  constexpr auto kBehind =
      std::to_array<std::string_view>({"from", "where", "group", "having", "window", "order", "limit", "offset",
                                       "fetch", "for", "union", "intersect", "except", "returning"});
  std::size_t end = tokens.ExpressionEnd(begin, tokens.size());
  for (const std::string_view word : kBehind) end = tokens.Find(begin, end, word);
  return end;
}

}  // namespace

std::vector<std::string> QueryWalk::Fields(Node column) {
  std::vector<std::string> fields;
  for (const Node field : column["fields"].Items()) {
    fields.emplace_back(field["A_Star"] ? "*" : field["String"].Text("sval"));
  }
  return fields;
}

bool QueryWalk::IsStar(Node expression) {
  const Node column = expression["ColumnRef"];
  if (const Node indirection = expression["A_Indirection"]) {
    return static_cast<bool>(indirection["indirection"].Items().back()["A_Star"]);
  }
  return column && Fields(column).back() == "*";
}

// Items of a list in which `t.*` stands for its columns (src/backend/parser/parse_target.c, transformExpressionList).
void QueryWalk::WalkExpressions(Node items) {
  for (const Node item : items.Items()) {
    if (!WalkStar(item)) Walk(item);
  }
}

// What stands for several columns.
bool QueryWalk::WalkStar(Node expression) {
  if (!IsStar(expression)) return false;
  const Node indirection = expression["A_Indirection"];
  if (!indirection) {
    SeeStar(expression["ColumnRef"], Fields(expression["ColumnRef"]));
    return true;
  }
  Walk(indirection["arg"]);
  const std::size_t open = OpenOf(indirection["arg"]);
  if (indirection["indirection"].Count() > 1 || open == tokens().size()) return true;
  SeeFields(TypeOf(indirection["arg"]), open, tokens().Close(open) + 2);
  return true;
}

// What has fields stands within parentheses: the one that opens them; size() when they are not found.
std::size_t QueryWalk::OpenOf(Node value) const {
  const std::int64_t place = FirstPlace(value);
  for (std::size_t open = place < 0 ? 0 : TokenAt(place); open-- > 0 && tokens().Text(open) == "(";) {
    if (tokens().Text(tokens().Close(open) + 1) == ".") return open;
  }
  return tokens().size();
}

void QueryWalk::WalkField(Node indirection) {
  const Node field = indirection["indirection"].Items().front()["String"];
  const Node argument = indirection["arg"];
  const std::size_t open = field ? OpenOf(argument) : tokens().size();
  if (open == tokens().size()) return;
  SeeField(TypeOf(argument), std::string(field.Text("sval")), tokens().Close(open) + 2);
}

// What a result is called stays, whatever it is made of.
void QueryWalk::KeepName(Node target) {
  const Node value = target["val"];
  const std::string name = NameOfExpression(value);
  if (!target.Text("name").empty() || !TakesName(name)) return;
  const std::size_t begin = TokenAt(target.Location());
  const Node column = value["ColumnRef"];
  const std::size_t end = column ? begin + 2 * column["fields"].Count() - 1 : ResultEnd(tokens(), begin);
  Append(end - 1, " AS " + QuoteIdentifier(name));
}

void QueryWalk::AddStar(Node expression, SeenColumns& outputs) const {
  const auto add = [&](const SeenColumns& columns) {
    outputs.complete &= columns.complete;
    for (const SeenColumn& column : columns.list) {
      outputs.list.push_back({.name = column.name, .qualifier = {}, .type = column.type});
    }
  };
  if (const Node indirection = expression["A_Indirection"]) {
    const ObjectId rows = relations_.RowsOf(TypeOf(indirection["arg"]));
    return add(rows ? relations_.Of(rows) : SeenColumns{{}, false});
  }
  if (Fields(expression["ColumnRef"]).size() > 1) {
    const Meaning meaning = MeaningOf(expression["ColumnRef"]);
    return add(meaning.item != nullptr ? meaning.item->columns : SeenColumns{{}, false});
  }
  for (const FromItem& item : levels_.back()) {
    if (item.is_bare) add(item.columns);
  }
}

SeenColumns QueryWalk::WalkTargets(Node targets) {
  SeenColumns outputs;
  for (const Node item : targets.Items()) {
    const Node target = item["ResTarget"];
    const Node value = target["val"];
    if (WalkStar(value)) {
      AddStar(value, outputs);
      continue;
    }
    const std::size_t edits = edits_.size();
    Walk(value);
    if (edits_.size() > edits && (depth_ > 1 || place_.form != TextForm::kExpression)) KeepName(target);
    std::string name(target.Text("name").empty() ? NameOfExpression(value) : target.Text("name"));
    outputs.list.push_back({.name = std::move(name), .qualifier = {}, .type = TypeOf(value)});
  }
  return outputs;
}

// A bare name in GROUP BY is a result's, if no column has it (manual: SELECT, "GROUP BY Clause").
void QueryWalk::WalkGroups(Node items, const SeenColumns& outputs) {
  const auto is_column = [&](const std::string& name) {
    return std::ranges::any_of(levels_.back(), [&](const FromItem& item) {
      return item.is_bare && (!item.columns.complete || item.columns.Find(name) != nullptr);
    });
  };
  for (const Node item : items.Items()) {
    const Node column = item["ColumnRef"];
    const std::string name = column && column["fields"].Count() == 1 ? Fields(column).front() : std::string();
    const SeenColumn* output = name.empty() || is_column(name) ? nullptr : outputs.Find(name);
    if (output == nullptr) {
      Walk(item);
    } else if (outputs.complete) {
      SeeGrouped(column, name, static_cast<std::size_t>(output - outputs.list.data()) + 1);
    }
  }
}

// A bare name in ORDER BY or DISTINCT ON is first of all a column of the result (manual: SELECT, "ORDER BY Clause").
void QueryWalk::WalkSort(Node items, const SeenColumns& outputs) {
  for (const Node item : items.Items()) {
    const Node sorted = item["SortBy"] ? item["SortBy"]["node"] : item;
    const Node column = sorted["ColumnRef"];
    if (column && column["fields"].Count() == 1 && outputs.Find(Fields(column).front()) != nullptr) continue;
    const SeenColumns* around = std::exchange(sorted_, &outputs);
    Walk(sorted);
    sorted_ = around;
  }
}

// The results of a query that are to be of the types of columns.
void QueryWalk::SeeRows(Node select, const SeenColumns& columns) {
  if (select["SelectStmt"]) select = select["SelectStmt"];
  const auto see = [&](const std::vector<Node>& values) {
    for (std::size_t i = 0; i < std::min(values.size(), columns.list.size()); ++i) {
      SeeValue(values[i], columns.list[i].type);
    }
  };
  if (select["larg"]) {
    SeeRows(select["larg"], columns);
    SeeRows(select["rarg"], columns);
  }
  for (const Node row : select["valuesLists"].Items()) see(row["List"]["items"].Items());
  std::vector<Node> results;
  for (const Node item : select["targetList"].Items()) results.push_back(item["ResTarget"]["val"]);
  see(results);
}

// Those that INSERT names, or else all.
SeenColumns QueryWalk::ColumnsWritten(Node targets, ObjectId relation) {
  if (!relation || targets.Count() == 0) return relation ? relations_.Of(relation) : SeenColumns();
  SeenColumns columns;
  for (const Node item : targets.Items()) {
    const SeenColumn* column = relations_.Of(relation).Find(item["ResTarget"].Text("name"));
    columns.list.push_back(column == nullptr ? SeenColumn() : *column);
  }
  return columns;
}

}  // namespace schemadiff
