// SQL functions with a string body: PostgreSQL reads the body when the function is created, but keeps no dependencies.
#include <pg_query.h>

#include <unordered_set>

#include "parser/references.h"
#include "parser/statements/routine_parts.h"

namespace schemadiff {
namespace {

class BodyWalk {
 public:
  BodyWalk(const Interpreter& in, const Statement& statement, std::vector<Edge>& edges)
      : in_(in), statement_(statement), edges_(edges) {}

  void CollectCommonTables(Node node) {
    Descend(node, [&](std::string_view name, Node member) {
      if (name == "CommonTableExpr") common_tables_.emplace(member.Text("ctename"));
      CollectCommonTables(member);
    });
  }

  void Visit(Node node) {
    Descend(node, [&](std::string_view name, Node member) {
      if (name == "RangeVar" || name == "relation") VisitRelation(member);
      if (name == "FuncCall") VisitRoutine(Strings(member["funcname"]));
      if (name == "typeName" || name == "TypeName") VisitType(Strings(member["names"]));
      Visit(member);
    });
  }

 private:
  template <typename Visitor>
  void Descend(Node node, Visitor&& visit) {
    if (node.IsArray()) {
      for (const Node item : node.Items()) Descend(item, visit);
    } else if (node.IsObject()) {
      node.ForEachMember(visit);
    }
  }

  void VisitRelation(Node range_var) {
    const std::string name(range_var.Text("relname"));
    if (name.empty() || (!range_var["schemaname"] && common_tables_.contains(name))) return;
    if (const ObjectId id = in_.DeclaredRelation(statement_, RelationParts(range_var))) Add(id);
  }

  void VisitRoutine(const std::vector<std::string>& parts) {
    const Resolution found = in_.names().Resolve(NameSpace::kRoutine, parts, *statement_.search_path);
    if (found.origin != Resolution::Origin::kDeclared) return;
    AddCallEdges(in_.names(), found.name, EdgeKind::kSoft, edges_);
  }

  void VisitType(const std::vector<std::string>& parts) {
    if (parts.empty()) return;
    const Resolution found = in_.names().Resolve(NameSpace::kType, parts, *statement_.search_path);
    if (found.origin != Resolution::Origin::kDeclared) return;
    Add(ObjectId::Of(*in_.names().DeclaredKind(NameSpace::kType, found.name), found.name.schema, found.name.name));
  }

  void Add(ObjectId target) { edges_.push_back({target, EdgeKind::kSoft}); }

  const Interpreter& in_;
  const Statement& statement_;
  std::vector<Edge>& edges_;
  std::unordered_set<std::string> common_tables_;
};

// The path in force within the function: that of its SET clause, as pg_proc.proconfig has it.
SearchPath PathWithin(const Statement& statement, const Routine& routine) {
  const auto set = routine.settings.find("search_path");
  if (set == routine.settings.end()) return *statement.search_path;
  SearchPath path;
  const Tokens tokens(set->second);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string name(tokens.Text(i));
    if (name == ",") continue;
    if (name.starts_with('"')) name = name.substr(1, name.size() - 2);
    if (name != "pg_catalog" && name != "pg_temp" && name != "$user") path.push_back(std::move(name));
  }
  return path;
}

}  // namespace

void AddBodyEdges(Interpreter& in, const Statement& statement, const Routine& routine, std::vector<Edge>& edges) {
  if (routine.language != "sql" || routine.body.empty()) return;
  const PgQueryParseResult result = pg_query_parse(routine.body.c_str());
  if (result.error == nullptr) {
    const SyntaxTree tree(result.parse_tree);
    Statement within = statement;
    within.search_path = std::make_shared<const SearchPath>(PathWithin(statement, routine));
    BodyWalk walk(in, within, edges);
    walk.CollectCommonTables(tree.root());
    walk.Visit(tree.root());
  }
  pg_query_free_parse_result(result);
}

}  // namespace schemadiff
