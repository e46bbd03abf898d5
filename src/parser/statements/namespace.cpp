#include <algorithm>

#include "model/access.h"
#include "parser/interpreter.h"
#include "parser/roles.h"
#include "parser/statements/locate.h"
#include "parser/statements/owners.h"

namespace schemadiff {
namespace {

ObjectId NamespaceId(std::string_view name) { return ObjectId::Of(ObjectKind::kNamespace, "", name); }

// CREATE SCHEMA AUTHORIZATION joe makes the schema joe.
std::string NamespaceName(const Statement& statement) {
  const std::string_view name = statement.node.Text("schemaname");
  return std::string(name.empty() ? statement.node["authrole"].Text("rolename") : name);
}

Outcome CreateNamespace(Interpreter& in, const Statement& statement) {
  const std::string name = NamespaceName(statement);
  if (name.empty()) {
    in.Error(statement, statement.node["authrole"].Location(), "the name of this schema depends on who runs it",
             "write it: `CREATE SCHEMA name AUTHORIZATION ...`");
    return Outcome::kDone;
  }
  std::optional<std::string> owner;
  if (const Node role = statement.node["authrole"]) {
    owner = FindRole(in, statement, role);
    if (!owner) return Outcome::kWaiting;
  }
  const ObjectId id = NamespaceId(name);
  Object* existing = in.schema().Find(id);
  if (existing != nullptr && !existing->source) {  // public
    existing->source = in.Location(statement, -1);
    existing->annotations = in.ClaimAnnotations(statement, -1);
    if (owner) SetOwner(in, statement, id, *owner, true);
    return Outcome::kDone;
  }
  if (in.Create(statement, in.NewObject(statement, -1, id, Namespace{})) && owner) {
    SetOwner(in, statement, id, *owner, true);
  }
  return Outcome::kDone;
}

// Every database holds it from the start; a dump creates it only where it was dropped in between.
void AddPublic(Interpreter& in) {
  in.schema().Add({.id = NamespaceId("public"), .attributes = Namespace{}});
  for (Object& object : AccessFromTheStart(in.names().external().version)) {
    if (object.If<Owner>()) in.schema().Add(std::move(object));
  }
}

// The elements of CREATE SCHEMA begin with CREATE or GRANT, which are reserved words: they stand nowhere else but in
// `GRANT CREATE ON`, `GRANT SELECT, CREATE ON` and `WITH GRANT OPTION`.
std::vector<std::size_t> ElementStarts(const Statement& statement) {
  const Tokens& tokens = statement.file->tokens();
  std::vector<std::size_t> starts;
  for (std::size_t i = statement.token_begin + 1; i < statement.token_end; ++i) {
    if (tokens.Is(i, "(")) i = std::min(tokens.Close(i), statement.token_end);
    const bool create = tokens.Is(i, "create") && !tokens.Is(i - 1, "grant") && !tokens.Is(i - 1, ",");
    const bool grant = tokens.Is(i, "grant") && !tokens.Is(i - 1, "with");
    if (create || grant) starts.push_back(i);
  }
  return starts;
}

void ExpandElements(Interpreter& in, const Statement& statement, std::vector<Statement>& nested) {
  const std::vector<Node> elements = statement.node["schemaElts"].Items();
  if (elements.empty()) return;
  SearchPath path{NamespaceName(statement)};
  path.insert(path.end(), statement.search_path->begin(), statement.search_path->end());
  const auto shared = std::make_shared<const SearchPath>(std::move(path));
  std::vector<std::size_t> starts = ElementStarts(statement);
  if (starts.size() != elements.size()) {
    in.Error(statement, -1, "the elements of this `CREATE SCHEMA` cannot be told apart",
             "write them as statements of their own");
    return;
  }
  starts.push_back(statement.token_end);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    Statement element = statement;
    element.node = elements[i].Inner();
    element.type = elements[i].Type();
    element.token_begin = starts[i];
    element.token_end = starts[i + 1];
    element.search_path = shared;
    if (const Node role = statement.node["authrole"]) element.role = role.Text("rolename");
    nested.push_back(std::move(element));
  }
}

}  // namespace

template <>
void RegisterStatements<Namespace>(StatementRegistry& registry) {
  registry.statements["CreateSchemaStmt"] = CreateNamespace;
  registry.starters.push_back(AddPublic);
  registry.preparers["CreateSchemaStmt"] = ExpandElements;
  registry.locators["OBJECT_SCHEMA"] = LocateGlobal<ObjectKind::kNamespace>;
}

}  // namespace schemadiff
