#include "parser/query_scopes.h"

#include <algorithm>
#include <tuple>

#include "support/quote.h"

namespace schemadiff {
namespace {

// What makes a statement of a text.
std::string_view PrefixOf(TextForm form) {
  using enum TextForm;
  switch (form) {
    case kQuery: return "";
    case kExpression: return "SELECT ";
    case kRule: return "CREATE RULE r AS ON UPDATE TO t ";
    case kBody: return "CREATE FUNCTION f() RETURNS int ";
    case kPartitionKey: return "CREATE TABLE t (a int) PARTITION BY ";
  }
  return {};
}

}  // namespace

const SeenColumn* SeenColumns::Find(std::string_view name) const {
  const auto found = std::ranges::find(list, name, &SeenColumn::name);
  return found == list.end() ? nullptr : &*found;
}

std::int64_t QueryWalk::FirstPlace(Node node) {
  std::int64_t first = node.Location() > 0 ? node.Location() : -1;
  const auto take = [&](Node within) {
    const std::int64_t place = FirstPlace(within);
    if (place >= 0 && (first < 0 || place < first)) first = place;
  };
  for (const Node item : node.Items()) take(item);
  node.ForEachMember([&](std::string_view, Node member) { take(member); });
  return first;
}

QueryWalk::QueryWalk(RelationColumns& relations, const std::string& text, const TextPlace& place)
    : relations_(relations),
      text_(text),
      prefix_(PrefixOf(place.form).size()),
      place_(place),
      file_(std::make_shared<SourceFile>("", std::string(PrefixOf(place.form)) + text)) {}

std::string QueryWalk::Run() {
  levels_ = {place_.around};
  for (const ParsedStatement& statement : file_.statements()) {
    if (statement.type == "SelectStmt") {
      const bool is_expression = place_.form == TextForm::kExpression && !place_.type.empty();
      if (is_expression) SeeValue(statement.node["targetList"].Items().front()["ResTarget"]["val"], place_.type);
      outputs_ = WalkSelect(statement.node);
    } else {
      Walk(statement.node);
    }
  }
  return edits_.empty() ? text_ : Edited(prefix_, file_.source()->text().size());
}

std::string QueryWalk::Edited(std::size_t begin, std::size_t end) const {
  std::vector<const Edit*> edits;
  for (const Edit& edit : edits_) {
    if (edit.begin >= begin && edit.end <= end) edits.push_back(&edit);
  }
  // What is put in front of a place, and then the longest, which holds what was edited within it.
  std::ranges::stable_sort(edits, {}, [](const Edit* edit) {
    return std::tuple(edit->begin, edit->begin != edit->end, -static_cast<std::int64_t>(edit->end));
  });
  const std::string& text = file_.source()->text();
  std::string out;
  for (const Edit* edit : edits) {
    if (edit->begin < begin) continue;
    out += text.substr(begin, edit->begin - begin) + edit->text;
    begin = edit->end;
  }
  return out + text.substr(begin, end - begin);
}

void QueryWalk::Replace(std::size_t begin, std::size_t end, std::string text) {
  Edit edit{begin, end, std::move(text)};
  if (!std::ranges::contains(edits_, edit)) edits_.push_back(std::move(edit));
}

void QueryWalk::ReplacePart(std::int64_t offset, std::size_t part, const std::string& name) {
  const Token& token = tokens()[TokenAt(offset) + 2 * part];
  Replace(token.start, token.end, QuoteIdentifier(name));
}

void QueryWalk::Append(std::size_t token, const std::string& text) {
  const std::size_t end = tokens()[token].end;
  const auto same_place = [&](Edit& edit) { return edit.end == end; };
  const auto last = std::ranges::find_if(edits_, same_place);
  if (last == edits_.end()) return Replace(end, end, text);
  if (!last->text.ends_with(text)) last->text += text;
}

void QueryWalk::Walk(Node node) {
  for (const Node item : node.Items()) Walk(item);
  node.ForEachMember([&](std::string_view name, Node member) { WalkTyped(name, member); });
}

void QueryWalk::WalkTyped(std::string_view type, Node node) {
  SeeNode(type, node);
  if (type == "SelectStmt") {
    WalkSelect(node);
  } else if (type == "InsertStmt" || type == "UpdateStmt" || type == "DeleteStmt" || type == "MergeStmt") {
    WalkChange(type, node);
  } else if (type == "ColumnRef") {
    const std::vector<std::string> fields = Fields(node);
    if (fields.back() != "*" || fields.size() > 1) SeeColumn(node, fields, MeaningOf(node));
  } else if (type == "PartitionElem" && node["name"]) {
    const std::string name(node.Text("name"));
    const Meaning meaning{&levels_.front().front(), levels_.front().front().columns.Find(name)};
    SeeColumn(node, {name}, meaning);
  } else if (type == "SubLink") {
    const SeenColumns columns = WalkStatement(node["subselect"]);
    if (columns.list.size() == 1) SeeValue(node["testexpr"], columns.list[0].type);
    Walk(node["testexpr"]);
  } else if (type == "A_Indirection") {
    Walk(node);
    WalkField(node);
  } else if (type == "RowExpr") {
    WalkExpressions(node["args"]);
  } else if (type == "parameters") {
    // Arguments of the statement that stands around the text: not its own.
  } else {
    Walk(node);
  }
}

SeenColumns QueryWalk::WalkStatement(Node wrapped) {
  const std::string_view type = wrapped.Type();
  if (type == "SelectStmt") return WalkSelect(wrapped.Inner());
  if (type.ends_with("Stmt")) return WalkChange(type, wrapped.Inner());
  return {.list = {}, .complete = false};
}

SeenColumns QueryWalk::WalkSelect(Node select) {
  const std::size_t common = common_.size();
  WalkWith(select["withClause"]);
  SeenColumns outputs;
  if (select["larg"]) {
    // The two sides of UNION are queries without being named so.
    const auto side = [&](Node node) { return WalkSelect(node["SelectStmt"] ? node["SelectStmt"] : node); };
    outputs = side(select["larg"]);
    const SeenColumns others = side(select["rarg"]);
    for (std::size_t i = 0; i < std::min(outputs.list.size(), others.list.size()); ++i) {
      if (outputs.list[i].type.empty()) outputs.list[i].type = others.list[i].type;
    }
    SeeRows(select, outputs);
  } else if (select["valuesLists"]) {
    outputs = WalkValues(select["valuesLists"]);
  } else {
    levels_.emplace_back();
    ++depth_;
    for (const Node item : select["fromClause"].Items()) WalkFrom(item);
    outputs = WalkTargets(select["targetList"]);
    WalkGroups(select["groupClause"], outputs);
    for (const std::string_view part : {"whereClause", "havingClause", "windowClause"}) Walk(select[part]);
    for (const Node item : select["lockingClause"].Items()) SeeNode("LockingClause", item["LockingClause"]);
    WalkSort(select["distinctClause"], outputs);
    WalkSort(select["sortClause"], outputs);
    --depth_;
    levels_.pop_back();
  }
  for (const std::string_view part : {"limitOffset", "limitCount"}) Walk(select[part]);
  common_.resize(common);
  return outputs;
}

SeenColumns QueryWalk::WalkValues(Node lists) {
  SeenColumns columns;
  for (const Node row : lists.Items()) {
    const Node items = row["List"]["items"];
    WalkExpressions(items);
    for (std::size_t i = columns.list.size(); i < items.Count(); ++i) {
      columns.list.push_back({.name = "column" + std::to_string(i + 1), .qualifier = {}});
    }
    columns.complete &= std::ranges::none_of(items.Items(), IsStar);
  }
  return columns;
}

void QueryWalk::WalkWith(Node with) {
  for (const Node item : with["ctes"].Items()) {
    const Node table = item["CommonTableExpr"];
    const std::vector<std::string> names = Strings(table["aliascolnames"]);
    const auto give_names = [&](SeenColumns columns) {
      for (std::size_t i = 0; i < std::min(names.size(), columns.list.size()); ++i) columns.list[i].name = names[i];
      return columns;
    };
    const std::string name(table.Text("ctename"));
    if (with.Bool("recursive")) {
      // It reads itself, by the names that it is given, or else those of its first part.
      SeenColumns itself{.list = {}, .complete = false};
      for (const std::string& column : names) itself.list.push_back({.name = column, .qualifier = {}});
      common_.push_back({name, std::move(itself)});
    }
    SeenColumns columns = give_names(WalkStatement(table["ctequery"]));
    if (with.Bool("recursive")) {
      common_.back().columns = std::move(columns);
    } else {
      common_.push_back({name, std::move(columns)});
    }
  }
}

void QueryWalk::WalkWritten(Node targets, ObjectId relation) {
  for (const Node item : targets.Items()) {
    const Node target = item["ResTarget"];
    const std::string name(target.Text("name"));
    SeeWritten(name, TokenAt(target.Location()), relation);
    const SeenColumn* column = relation && target["val"] ? relations_.Of(relation).Find(name) : nullptr;
    if (column != nullptr) SeeValue(target["val"], column->type);
    Walk(target["val"]);
  }
}

void QueryWalk::WalkConflict(Node conflict, const FromItem& target) {
  const Node infer = conflict["infer"];
  for (const Node item : infer["indexElems"].Items()) {
    const std::string name(item["IndexElem"].Text("name"));
    // It says not where it stands.
    for (std::size_t i = TokenAt(infer.Location()); !name.empty() && i < tokens().size(); ++i) {
      if (tokens().Text(i) != name && tokens().Text(i) != QuoteIdentifier(name)) continue;
      SeeWritten(name, i, target.relation);
      break;
    }
    Walk(item["IndexElem"]["expr"]);
  }
  Walk(infer["whereClause"]);
  FromItem excluded = target;
  excluded.name = "excluded";
  excluded.has_alias = true;
  excluded.is_bare = false;
  levels_.back().push_back(std::move(excluded));
  WalkWritten(conflict["targetList"], target.relation);
  Walk(conflict["whereClause"]);
  levels_.back().pop_back();
}

// INSERT, UPDATE, DELETE and MERGE: what RETURNING gives.
SeenColumns QueryWalk::WalkChange(std::string_view type, Node statement) {
  const std::size_t common = common_.size();
  WalkWith(statement["withClause"]);
  const bool inserts = type == "InsertStmt";
  if (inserts) WalkStatement(statement["selectStmt"]);
  levels_.emplace_back();
  ++depth_;
  WalkRange(statement["relation"]);
  const FromItem target = levels_.back().empty() ? FromItem() : levels_.back().front();
  for (const std::string_view part : {"fromClause", "usingClause"}) {
    for (const Node item : statement[part].Items()) WalkFrom(item);
  }
  if (statement["sourceRelation"]) WalkFrom(statement["sourceRelation"]);
  WalkWritten(inserts ? statement["cols"] : statement["targetList"], target.relation);
  if (inserts) SeeRows(statement["selectStmt"], ColumnsWritten(statement["cols"], target.relation));
  if (const Node conflict = statement["onConflictClause"]) WalkConflict(conflict, target);
  for (const std::string_view part : {"whereClause", "joinCondition"}) Walk(statement[part]);
  for (const Node item : statement["mergeWhenClauses"].Items()) {
    const Node when = item["MergeWhenClause"];
    Walk(when["condition"]);
    WalkWritten(when["targetList"], target.relation);
    WalkExpressions(when["values"]);
  }
  if (place_.form != TextForm::kRule) {  // Where they are the rows that the rule is for.
    for (const char* name : {"old", "new"}) {
      levels_.back().push_back(
          {.name = name, .relation = target.relation, .has_alias = true, .columns = target.columns});
      levels_.back().back().is_bare = false;
    }
  }
  const SeenColumns outputs = WalkTargets(statement["returningClause"]["exprs"]);
  --depth_;
  levels_.pop_back();
  common_.resize(common);
  return outputs;
}

// The innermost query that knows the name; a name that is no column's is a row's (src/backend/parser/parse_expr.c,
// transformColumnRef).
QueryWalk::Meaning QueryWalk::MeaningOf(Node column) const {
  const std::vector<std::string> fields = Fields(column);
  if (fields.size() == 1) {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
      bool complete = true;
      for (const FromItem& item : *level) {
        if (!item.is_bare) continue;
        if (const SeenColumn* found = item.columns.Find(fields[0])) return {&item, found};
        complete &= item.columns.complete;
      }
      if (!complete) return {};
    }
  }
  const std::string& name = fields.size() == 1 ? fields[0] : fields[fields.size() - 2];
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    for (const FromItem& item : *level) {
      if (!item.is_named || item.name != name) continue;
      if (fields.size() > 2 && (item.has_alias || item.relation.schema() != fields[fields.size() - 3])) continue;
      return {&item, fields.size() == 1 ? nullptr : item.columns.Find(fields.back())};
    }
  }
  return {};
}

}  // namespace schemadiff
