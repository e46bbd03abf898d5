#include "parser/follow_names.h"

#include <algorithm>

#include "support/quote.h"

namespace schemadiff {
namespace {

/// A text in place of some of a query's.
struct QueryEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// What a FROM clause brings into a query.
struct FromItem {
  std::string name;  ///< As columns of it are qualified.
  std::string schema;
  std::string relation;  ///< Empty for a subquery or a function.
  bool has_alias = false;
};
using FromItems = std::vector<FromItem>;

void CollectFrom(Node item, FromItems& items) {
  if (const Node join = item["JoinExpr"]) {
    CollectFrom(join["larg"], items);
    CollectFrom(join["rarg"], items);
  } else if (const Node range = item["RangeVar"]) {
    const std::string alias(range["alias"].Text("aliasname"));
    const std::string relation(range.Text("relname"));
    items.push_back({.name = alias.empty() ? relation : alias,
                     .schema = std::string(range.Text("schemaname")),
                     .relation = relation,
                     .has_alias = !alias.empty()});
  } else {
    items.push_back({.name = std::string(item.Inner()["alias"].Text("aliasname"))});
  }
}

/// A walk over a query that knows, wherever it is, what names mean there.
class QueryWalk {
 public:
  explicit QueryWalk(const std::string& sql) : file_(std::make_shared<SourceFile>("", sql)) {}
  virtual ~QueryWalk() = default;

  std::string Run() {
    for (const ParsedStatement& statement : file_.statements()) WalkTyped(statement.type, statement.node);
    std::ranges::sort(edits_, std::greater(), &QueryEdit::begin);
    std::string sql = file_.source()->text();
    for (const QueryEdit& edit : edits_) sql.replace(edit.begin, edit.end - edit.begin, edit.text);
    return sql;
  }

 protected:
  virtual void SeeRange(Node /*range*/) {}
  /// `is_output`: without a name of its own, it gives the query's column its name.
  virtual void SeeColumn(Node /*column*/, const std::vector<std::string>& /*fields*/, bool /*is_output*/) {}

  const std::vector<FromItems>& scopes() const { return scopes_; }
  bool is_sorting() const { return is_sorting_; }

  // Replaces the n-th part of the qualified name that begins at an offset.
  void ReplacePart(std::int64_t offset, std::size_t part, const std::string& name, const std::string& behind = {}) {
    const Token& token = file_.tokens()[file_.tokens().At(static_cast<std::size_t>(offset)) + 2 * part];
    edits_.push_back({.begin = token.start, .end = token.end, .text = QuoteIdentifier(name) + behind});
  }

 private:
  void WalkTyped(std::string_view type, Node node) {
    if (type == "SelectStmt") return WalkSelect(node);
    if (type == "RangeVar") SeeRange(node);
    if (type == "ColumnRef") return See(node, false);
    Walk(node);
  }

  void Walk(Node node) {
    for (const Node item : node.Items()) Walk(item);
    node.ForEachMember([&](std::string_view name, Node member) { WalkTyped(name, member); });
  }

  void WalkSelect(Node select) {
    FromItems items;
    for (const Node item : select["fromClause"].Items()) CollectFrom(item, items);
    scopes_.push_back(std::move(items));
    select.ForEachMember([&](std::string_view name, Node member) {
      if (name == "targetList") return WalkTargets(member);
      const bool was_sorting = std::exchange(is_sorting_, name == "sortClause");
      // The two sides of UNION are queries without being named so.
      if (name == "larg" || name == "rarg") {
        WalkSelect(member["SelectStmt"] ? member["SelectStmt"] : member);
      } else {
        Walk(member);
      }
      is_sorting_ = was_sorting;
    });
    scopes_.pop_back();
  }

  void WalkTargets(Node targets) {
    for (const Node item : targets.Items()) {
      const Node target = item["ResTarget"];
      if (const Node column = target["val"]["ColumnRef"]; column && target.Text("name").empty()) {
        See(column, true);
      } else {
        Walk(item);
      }
    }
  }

  void See(Node column, bool is_output) {
    std::vector<std::string> fields;
    for (const Node field : column["fields"].Items()) {
      if (!field["String"]) return;
      fields.emplace_back(field["String"].Text("sval"));
    }
    SeeColumn(column, fields, is_output);
  }

  ParsedFile file_;
  std::vector<FromItems> scopes_;
  std::vector<QueryEdit> edits_;
  bool is_sorting_ = false;
};

class ColumnFollower : public QueryWalk {
 public:
  ColumnFollower(const std::string& sql, const Schema& schema, ObjectId table, const std::string& from,
                 const std::string& to)
      : QueryWalk(sql), schema_(schema), table_(table), from_(from), to_(to) {}

 private:
  bool IsTable(const FromItem& item) const {
    return item.relation == table_.name() && (item.schema.empty() || item.schema == table_.schema());
  }

  bool HasColumn(const FromItem& item) const {
    for (const ObjectKind kind : {ObjectKind::kTable, ObjectKind::kForeignTable}) {
      const ObjectId relation = ObjectId::Of(kind, item.schema, item.relation);
      if (schema_.Contains(ObjectId::Member(ObjectKind::kColumn, relation, from_))) return true;
    }
    return false;
  }

  // Whether the name means a column of the table: the innermost query that has one of that name.
  bool IsMeant(const std::vector<std::string>& fields) const {
    for (auto items = scopes().rbegin(); items != scopes().rend(); ++items) {
      for (const FromItem& item : *items) {
        if (fields.size() > 1 && item.name == fields[fields.size() - 2]) return IsTable(item);
        if (fields.size() == 1 && IsTable(item)) return true;
      }
      if (fields.size() == 1 && std::ranges::any_of(*items, [&](const FromItem& item) { return HasColumn(item); })) {
        return false;
      }
    }
    return false;
  }

  void SeeColumn(Node column, const std::vector<std::string>& fields, bool is_output) override {
    // A bare name in ORDER BY is first of all a column of the result, which keeps its name.
    if (fields.back() != from_ || (fields.size() == 1 && is_sorting()) || !IsMeant(fields)) return;
    ReplacePart(column.Location(), fields.size() - 1, to_, is_output ? " AS " + QuoteIdentifier(from_) : "");
  }

  const Schema& schema_;
  ObjectId table_;
  const std::string& from_;
  const std::string& to_;
};

class RelationFollower : public QueryWalk {
 public:
  RelationFollower(const std::string& sql, ObjectId from, ObjectId to) : QueryWalk(sql), from_(from), to_(to) {}

 private:
  bool IsRelation(std::string_view schema, std::string_view name) const {
    return name == from_.name() && (schema.empty() || schema == from_.schema());
  }

  void SeeRange(Node range) override {
    const std::string_view schema = range.Text("schemaname");
    if (!IsRelation(schema, range.Text("relname"))) return;
    if (!schema.empty()) ReplacePart(range.Location(), 0, to_.schema());
    ReplacePart(range.Location(), schema.empty() ? 0 : 1, to_.name());
  }

  void SeeColumn(Node column, const std::vector<std::string>& fields, bool /*is_output*/) override {
    if (fields.size() < 2 || fields[fields.size() - 2] != from_.name()) return;
    for (auto items = scopes().rbegin(); items != scopes().rend(); ++items) {
      const auto item = std::ranges::find(*items, from_.name(), &FromItem::name);
      if (item == items->end()) continue;
      if (item->has_alias || !IsRelation(item->schema, item->relation)) return;
      if (fields.size() > 2) ReplacePart(column.Location(), fields.size() - 3, to_.schema());
      return ReplacePart(column.Location(), fields.size() - 2, to_.name());
    }
  }

  ObjectId from_;
  ObjectId to_;
};

// Calls follow(id, query) for the queries of views that depend on a relation and have the name in them.
template <typename Follow>
void ForEachQueryOver(Schema& schema, ObjectId relation, const std::string& name, Follow&& follow) {
  const auto look = [&](Object& object, Expression& query) {
    const auto is_over = [&](const Edge& edge) { return edge.target.root() == relation; };
    if (query.sql.find(name) != std::string::npos && std::ranges::any_of(object.edges, is_over)) {
      follow(object.id, query.sql);
    }
  };
  for (auto [id, object] : schema.OfKind(ObjectKind::kView)) look(object, object.As<View>().query);
  for (auto [id, object] : schema.OfKind(ObjectKind::kMaterializedView))
    look(object, object.As<MaterializedView>().query);
}

}  // namespace

void FollowColumnInQueries(Interpreter& in, ObjectId table, const std::string& from, const std::string& to) {
  ForEachQueryOver(in.schema(), table, from, [&](ObjectId, std::string& sql) {
    sql = ColumnFollower(sql, in.schema(), table, from, to).Run();
  });
}

std::vector<ObjectId> ViewsThatRead(Interpreter& in, ObjectId table, const std::string& column) {
  std::vector<ObjectId> views;
  ForEachQueryOver(in.schema(), table, column, [&](ObjectId id, const std::string& sql) {
    if (ColumnFollower(sql, in.schema(), table, column, column + " ").Run() != sql) views.push_back(id);
  });
  return views;
}

void FollowRelationInQueries(Interpreter& in, ObjectId from, ObjectId to) {
  ForEachQueryOver(in.schema(), from, from.name(),
                   [&](ObjectId, std::string& sql) { sql = RelationFollower(sql, from, to).Run(); });
}

}  // namespace schemadiff
