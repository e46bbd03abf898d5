// What the FROM clauses of a query bring into it.
#include <algorithm>
#include <array>

#include "parser/query_scopes.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// PostgreSQL's functions that return several columns or name their one, of those that are common in FROM.
const std::vector<std::string>* ColumnsOfBuiltIn(std::string_view name) {
  static const std::unordered_map<std::string_view, std::vector<std::string>> known = {
      {"generate_series", {""}},
      {"generate_subscripts", {""}},
      {"unnest", {""}},
      {"string_to_table", {""}},
      {"regexp_split_to_table", {""}},
      {"regexp_matches", {""}},
      {"json_object_keys", {""}},
      {"jsonb_object_keys", {""}},
      {"jsonb_path_query", {""}},
      {"json_array_elements", {"value"}},
      {"jsonb_array_elements", {"value"}},
      {"json_array_elements_text", {"value"}},
      {"jsonb_array_elements_text", {"value"}},
      {"json_each", {"key", "value"}},
      {"jsonb_each", {"key", "value"}},
      {"json_each_text", {"key", "value"}},
      {"jsonb_each_text", {"key", "value"}},
  };
  const auto found = known.find(name);
  return found == known.end() ? nullptr : &found->second;
}

std::string UnqualifiedPart(Node call) {
  const std::vector<std::string> names = Strings(call["funcname"]);
  return names.empty() ? std::string() : names.back();
}

}  // namespace

Node QueryWalk::CallIn(Node range) {
  return range["functions"].Items().front()["List"]["items"].Items().front()["FuncCall"];
}

std::size_t QueryWalk::LastTokenOf(Node range) const {
  std::size_t token = 0;
  if (range["functions"]) {
    token = tokens().Close(tokens().Find(TokenAt(CallIn(range).Location()), tokens().size(), "("));
    if (range.Bool("ordinality")) token += 2;
  } else {
    token = TokenAt(range.Location()) + (range["schemaname"] ? 2 : 0);
  }
  const Node alias = range["alias"];
  if (!alias) return token;
  while (tokens().Is(token + 1, "*") || tokens().Is(token + 1, "as")) ++token;
  ++token;
  return alias["colnames"] ? tokens().Close(token + 1) : token;
}

void QueryWalk::AddItem(FromItem item, Node alias) {
  if (alias) {
    item.name = alias.Text("aliasname");
    item.has_alias = true;
  }
  std::size_t number = 0;
  for (const std::string& name : Strings(alias["colnames"])) {
    if (number >= item.columns.list.size()) {
      if (item.columns.complete) break;
      item.columns.list.push_back({.name = name, .qualifier = {}});
    }
    item.columns.list[number].name = name;
    item.columns.list[number++].fixed = true;
  }
  for (SeenColumn& column : item.columns.list) column.qualifier = item.name;
  levels_.back().push_back(std::move(item));
}

void QueryWalk::WalkFrom(Node item) {
  if (const Node join = item["JoinExpr"]) {
    WalkJoin(join);
  } else if (const Node range = item["RangeVar"]) {
    WalkRange(range);
  } else if (const Node sample = item["RangeTableSample"]) {
    WalkFrom(sample["relation"]);
    Walk(sample["args"]);
  } else if (const Node subquery = item["RangeSubselect"]) {
    WalkSubquery(subquery);
  } else if (const Node function = item["RangeFunction"]) {
    WalkFunction(function);
  } else {
    Walk(item);
    FromItem other;
    other.columns.complete = false;
    AddItem(std::move(other), item.Inner()["alias"]);
  }
}

void QueryWalk::WalkRange(Node range) {
  FromItem item{.name = std::string(range.Text("relname"))};
  if (!range["schemaname"]) {
    const auto table = std::ranges::find(common_.rbegin(), common_.rend(), item.name, &CommonTable::name);
    if (table != common_.rend()) {
      item.columns = table->columns;
      item.has_alias = true;
      return AddItem(std::move(item), range["alias"]);
    }
  }
  item.relation = relations_.Named(range.Text("schemaname"), item.name);
  if (item.relation) {
    item.columns = relations_.Of(item.relation);
    for (SeenColumn& column : item.columns.list) {
      column.relation = item.relation;
      column.own_name = column.name;
      column.place = range.Location();
    }
  } else {
    item.columns.complete = false;
  }
  SeeRelation(range, item.relation);
  AddItem(std::move(item), range["alias"]);
}

// Manual: SELECT, "FROM Clause": a query there sees what stands before it only if it is LATERAL.
void QueryWalk::WalkSubquery(Node range) {
  Level before;
  if (!range.Bool("lateral")) before = std::exchange(levels_.back(), {});
  FromItem item{.name = {}, .columns = WalkStatement(range["subquery"])};
  if (!range.Bool("lateral")) levels_.back() = std::move(before);
  item.is_named = static_cast<bool>(range["alias"]);
  AddItem(std::move(item), range["alias"]);
}

SeenColumns QueryWalk::ColumnsOfCall(Node call, const std::string& alias) const {
  SeenColumns columns;
  const std::vector<std::string> names = Strings(call["funcname"]);
  const std::string fallback = alias.empty() && !names.empty() ? names.back() : alias;
  const auto add = [&](const std::string& name, const std::string& type) {
    columns.list.push_back({.name = name.empty() ? fallback : name, .qualifier = {}, .type = type});
  };
  const std::vector<const Object*> routines =
      names.size() > 1 ? relations_.Routines(names[names.size() - 2], names.back()) : std::vector<const Object*>();
  if (routines.size() == 1) {
    const auto& routine = routines[0]->As<Routine>();
    for (const RoutineArgument& argument : routine.arguments) {
      using enum RoutineArgument::Mode;
      if (argument.mode == kOut || argument.mode == kInOut || argument.mode == kTable) {
        add(argument.name, argument.type.sql);
      }
    }
    if (!columns.list.empty()) return columns;
    if (const ObjectId rows = relations_.RowsOf(routine.returns.sql)) {
      columns = relations_.Of(rows);
      for (SeenColumn& column : columns.list) {
        column.relation = rows;
        column.own_name = column.name;
        column.fixed = true;
      }
      return columns;
    }
    if (routine.returns.sql == "record") return {{}, false};
    add({}, routine.returns.sql);
    return columns;
  }
  const std::vector<std::string>* built_in =
      routines.empty() && !names.empty() ? ColumnsOfBuiltIn(names.back()) : nullptr;
  if (built_in == nullptr) return {{}, false};
  for (const std::string& name : *built_in) add(name, {});
  return columns;
}

void QueryWalk::WalkFunction(Node range) {
  FromItem item;
  const std::string alias(range["alias"].Text("aliasname"));
  for (const Node function : range["functions"].Items()) {
    const Node call = function["List"]["items"].Items().front();
    Walk(call);
    const SeenColumns columns = call["FuncCall"] ? ColumnsOfCall(call["FuncCall"], alias) : SeenColumns{{}, false};
    if (item.name.empty()) item.name = UnqualifiedPart(call["FuncCall"]);
    item.columns.list.insert(item.columns.list.end(), columns.list.begin(), columns.list.end());
    item.columns.complete &= columns.complete;
  }
  if (range["coldeflist"]) {
    item.columns = {};
    for (const Node column : range["coldeflist"].Items()) {
      item.columns.list.push_back({.name = std::string(column["ColumnDef"].Text("colname")), .qualifier = {}});
    }
  }
  const bool is_alone = range["functions"].Count() == 1 && !range.Bool("is_rowsfrom");
  if (is_alone && !range["coldeflist"]) SeeFunction(range, item.columns);
  if (range.Bool("ordinality")) item.columns.list.push_back({.name = "ordinality", .qualifier = {}, .type = "bigint"});
  AddItem(std::move(item), range["alias"]);
}

// Its columns are those that it merges, then the left side's others, then the right side's (manual: "Joined Tables").
void QueryWalk::WalkJoin(Node join) {
  const std::size_t begin = levels_.back().size();
  WalkFrom(join["larg"]);
  const std::size_t middle = levels_.back().size();
  WalkFrom(join["rarg"]);
  const auto side = [&](std::size_t from, std::size_t to) {
    SeenColumns columns;
    for (std::size_t i = from; i < to; ++i) {
      const FromItem& item = levels_.back()[i];
      if (!item.is_bare) continue;
      columns.list.insert(columns.list.end(), item.columns.list.begin(), item.columns.list.end());
      columns.complete &= item.columns.complete;
    }
    return columns;
  };
  const SeenColumns left = side(begin, middle);
  const SeenColumns right = side(middle, levels_.back().size());
  std::vector<std::string> merged = Strings(join["usingClause"]);
  if (join.Bool("isNatural")) {
    for (const SeenColumn& column : left.list) {
      if (right.Find(column.name) != nullptr) merged.push_back(column.name);
    }
  }
  if (!merged.empty() || join.Bool("isNatural")) SeeMerge(join, merged, left, right);

  // Its condition sees its two sides, and nothing that stands beside it.
  Level before(levels_.back().begin(), levels_.back().begin() + static_cast<std::ptrdiff_t>(begin));
  Level own(levels_.back().begin() + static_cast<std::ptrdiff_t>(begin), levels_.back().end());
  levels_.back() = own;
  Walk(join["quals"]);
  levels_.back() = std::move(before);

  FromItem whole{.name = {}};
  whole.columns.complete = left.complete && right.complete;
  for (const std::string& name : merged) {
    const SeenColumn* one = left.Find(name);
    const SeenColumn* other = right.Find(name);
    whole.columns.list.push_back({.name = name,
                                  .qualifier = {},
                                  .type = one     ? one->type
                                          : other ? other->type
                                                  : std::string()});
  }
  for (const SeenColumns* columns : {&left, &right}) {
    for (const SeenColumn& column : columns->list) {
      if (!std::ranges::contains(merged, column.name)) whole.columns.list.push_back(column);
    }
  }
  const Node alias = join["alias"];
  for (FromItem& item : own) {
    item.is_bare = false;
    item.is_named &= !alias;
    levels_.back().push_back(std::move(item));
  }
  if (const Node only_merged = join["join_using_alias"]) {
    FromItem named{
        .name = std::string(only_merged.Text("aliasname")), .has_alias = true, .columns = {}, .is_bare = false};
    const auto count = static_cast<std::ptrdiff_t>(merged.size());
    named.columns.list.assign(whole.columns.list.begin(), whole.columns.list.begin() + count);
    levels_.back().push_back(std::move(named));
  }
  if (alias) return AddItem(std::move(whole), alias);
  whole.is_named = false;
  levels_.back().push_back(std::move(whole));
}

}  // namespace schemadiff
