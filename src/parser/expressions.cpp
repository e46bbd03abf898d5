#include "parser/expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "parser/references.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

class ReferenceWalk {
 public:
  ReferenceWalk(Interpreter& interpreter, const Statement& statement, ObjectId relation, std::vector<Edge>& edges)
      : interpreter_(interpreter), statement_(statement), relation_(relation), edges_(edges) {}

  std::vector<Insertion> TakeInsertions() { return std::move(insertions_); }

  void Walk(Node root) {
    root_ = root;
    Visit(root);
  }

  // A view that groups by a primary key and selects other columns depends on the key (manual: SELECT, GROUP BY).
  void AddKeysOfGroupedTables() {
    if (!groups_) return;
    std::vector<Edge> keys;
    for (const Edge& edge : edges_) {
      if (edge.target.kind() != ObjectKind::kTable) continue;
      for (const Object* member : interpreter_.schema().Members(edge.target)) {
        if (member->id.kind() == ObjectKind::kKey) keys.push_back({member->id});
      }
    }
    edges_.insert(edges_.end(), keys.begin(), keys.end());
  }

 private:
  // Expressions nest deep: what is done with a node has a frame of its own, that does not stay while its members are
  // visited.
  void Visit(Node node) {
    Descend(node, [this](std::string_view name, Node member) {
      if (See(name, member)) Visit(member);
    });
  }

  // Whether to go on with its members.
  [[gnu::noinline]] bool See(std::string_view name, Node member) {
    if (name == "lockingClause") return false;  // FOR UPDATE OF names items of FROM.
    if (name == "RangeVar" || name == "relation") VisitRelation(member);
    if (name == "FuncCall") VisitRoutine(member);
    if (name == "TypeCast") VisitCast(member);
    if (name == "A_Expr") VisitOperator(Strings(member["name"]));
    if (name == "typeName" || name == "TypeName") VisitType(member);
    if (name == "ColumnRef") VisitColumn(member);
    if (name == "CollateClause") VisitCollation(member);
    if (name == "SelectStmt" && member["groupClause"]) groups_ = true;
    return true;
  }

  template <typename Visitor>
  void Descend(Node node, Visitor&& visit) {
    if (node.IsArray()) {
      for (const Node item : node.Items()) Descend(item, visit);
    } else if (node.IsObject()) {
      node.ForEachMember(visit);
    }
  }

  void CollectCommonTables(Node node) {
    Descend(node, [this](std::string_view name, Node member) {
      if (name == "CommonTableExpr") AddCommonTable(member);
      CollectCommonTables(member);
    });
  }
  [[gnu::noinline]] void AddCommonTable(Node table) { common_tables_->emplace(table.Text("ctename")); }

  // Most expressions name no relation.
  bool IsCommonTable(const std::string& name) {
    if (!common_tables_) {
      common_tables_.emplace();
      CollectCommonTables(root_);
    }
    return common_tables_->contains(name);
  }

  void Qualify(Node node, const QualifiedName& name) {
    if (node.Location() < 0) return;
    insertions_.push_back({static_cast<std::uint32_t>(node.Location()), QuoteIdentifier(name.schema) + "."});
  }

  void VisitRelation(Node range_var) {
    const std::string name(range_var.Text("relname"));
    if (name.empty()) return;
    const bool qualified = static_cast<bool>(range_var["schemaname"]);
    if (!qualified && IsCommonTable(name)) return;
    std::vector<std::string> parts;
    if (qualified) parts.emplace_back(range_var.Text("schemaname"));
    parts.push_back(name);
    if (const ObjectId id = interpreter_.DeclaredRelation(statement_, parts)) {
      edges_.push_back({id});
      if (!qualified) Qualify(range_var, {id.schema(), name});
      return;
    }
    const Resolution found = interpreter_.names().Resolve(NameSpace::kRelation, parts, *statement_.search_path);
    if (found.origin == Resolution::Origin::kUnknown && !interpreter_.names().MayComeFromExtension()) {
      interpreter_.Error(statement_, range_var.Location(),
                         fmt::format("relation `{}` does not exist", Join(parts, ".")),
                         "declare it in the schema files, or correct the name");
    }
  }

  void VisitRoutine(Node call) {
    const std::vector<std::string> parts = Strings(call["funcname"]);
    const Resolution found = interpreter_.names().Resolve(NameSpace::kRoutine, parts, *statement_.search_path);
    const std::vector<Node> arguments = call["args"].Items();
    for (const Node argument : arguments) VisitString(argument);
    if (parts.back() == "nextval" && !arguments.empty()) VisitRelationName(arguments.front());
    if (found.origin != Resolution::Origin::kDeclared) return;
    AddCallEdges(interpreter_.names(), found.name, EdgeKind::kUses, edges_);
    if (parts.size() == 1) Qualify(call, found.name);
  }

  // to_tsvector('name', ...) and its like: a string that is the name of a text search configuration may mean it.
  void VisitString(Node argument) {
    if (argument.As("TypeCast")) argument = argument["TypeCast"]["arg"];
    const std::string_view text = argument["A_Const"]["sval"].Text("sval");
    if (text.empty()) return;
    const std::size_t dot = text.rfind('.');
    std::vector<std::string> parts{std::string(text.substr(dot + 1))};
    if (dot != std::string_view::npos) parts.emplace(parts.begin(), text.substr(0, dot));
    const Resolution found =
        interpreter_.names().Resolve(NameSpace::kTextSearchConfiguration, parts, *statement_.search_path);
    if (found.origin != Resolution::Origin::kDeclared) return;
    edges_.push_back(
        {ObjectId::Of(ObjectKind::kTextSearchConfiguration, found.name.schema, found.name.name), EdgeKind::kSoft});
  }

  // 'name'::regclass depends on the relation (manual: "Object Identifier Types").
  void VisitCast(Node cast) {
    const std::vector<std::string> type = Strings(cast["typeName"]["names"]);
    if (!type.empty() && type.back() == "regclass") VisitRelationName(cast["arg"]);
  }

  void VisitRelationName(Node constant) {
    const std::string_view text = constant["A_Const"]["sval"].Text("sval");
    if (text.empty()) return;
    const std::vector<std::string> parts = NameParts(text);
    const ObjectId id = interpreter_.DeclaredRelation(statement_, parts);
    if (id && id != relation_) edges_.push_back({id});
    if (!id || parts.size() > 1) return;
    insertions_.push_back({.offset = static_cast<std::uint32_t>(constant["A_Const"].Location()),
                           .text = QuoteLiteral(QuoteQualified(id.schema(), id.name())),
                           .instead = true});
  }

  // Most operators are PostgreSQL's own, also where the files declare others of the name: a wish, no need.
  void VisitOperator(const std::vector<std::string>& parts) {
    const Resolution found = interpreter_.names().Resolve(NameSpace::kOperator, parts, *statement_.search_path);
    if (found.origin != Resolution::Origin::kDeclared) return;
    edges_.push_back({ObjectId::Of(ObjectKind::kOperator, found.name.schema, found.name.name, "*"), EdgeKind::kSoft});
  }

  void VisitType(Node type_name) {
    const std::vector<std::string> parts = Strings(type_name["names"]);
    if (parts.empty()) return;
    const Resolution found = interpreter_.names().Resolve(NameSpace::kType, parts, *statement_.search_path);
    if (found.origin == Resolution::Origin::kUnknown) AddExtensionEdges(interpreter_, edges_);
    if (found.origin != Resolution::Origin::kDeclared) return;
    const ObjectKind kind = *interpreter_.names().DeclaredKind(NameSpace::kType, found.name);
    edges_.push_back({ObjectId::Of(kind, found.name.schema, found.name.name)});
    if (parts.size() == 1) Qualify(type_name, found.name);
  }

  void VisitCollation(Node collate) {
    const std::vector<std::string> parts = Strings(collate["collname"]);
    const Resolution found = interpreter_.names().Resolve(NameSpace::kCollation, parts, *statement_.search_path);
    if (found.origin != Resolution::Origin::kDeclared) return;
    edges_.push_back({ObjectId::Of(ObjectKind::kCollation, found.name.schema, found.name.name)});
    if (parts.size() > 1) return;
    const Tokens& tokens = statement_.file->tokens();
    const std::size_t name = tokens.At(static_cast<std::size_t>(collate.Location())) + 1;
    insertions_.push_back({tokens[name].start, QuoteIdentifier(found.name.schema) + "."});
  }

  void VisitColumn(Node column) {
    if (!relation_) return;
    const std::vector<std::string> parts = Strings(column["fields"]);
    if (parts.empty() || parts.back().empty()) return;
    edges_.push_back({ObjectId::Member(ObjectKind::kColumn, relation_, parts.back())});
  }

  Interpreter& interpreter_;
  const Statement& statement_;
  ObjectId relation_;
  std::vector<Edge>& edges_;
  Node root_;
  std::optional<std::unordered_set<std::string>> common_tables_;
  std::vector<Insertion> insertions_;
  bool groups_ = false;
};

}  // namespace

Expression MakeExpression(Interpreter& interpreter, const Statement& statement, Node node, std::size_t begin,
                          std::size_t end, ObjectId relation, std::vector<Edge>& edges) {
  ReferenceWalk walk(interpreter, statement, relation, edges);
  walk.Walk(node);
  walk.AddKeysOfGroupedTables();
  return {statement.file->tokens().Slice(begin, end, walk.TakeInsertions())};
}

TokenRange Parenthesized(const Statement& statement, std::int64_t offset, std::string_view keyword) {
  const Tokens& tokens = statement.file->tokens();
  std::size_t at = tokens.At(static_cast<std::size_t>(std::max<std::int64_t>(offset, 0)));
  while (at < statement.token_end && !tokens.Is(at, keyword)) ++at;
  while (at < statement.token_end && tokens.Text(at) != "(") ++at;
  return {at + 1, tokens.Close(at)};
}

TokenRange KeyExpression(const Tokens& tokens, std::size_t begin, std::size_t end) {
  if (tokens.Text(begin) == "(") return {begin + 1, tokens.Close(begin)};
  for (std::size_t i = begin; i < end; ++i) {
    if (tokens.Text(i) == "(") return {begin, tokens.Close(i) + 1};
  }
  return {begin, begin + 1};
}

}  // namespace schemadiff
