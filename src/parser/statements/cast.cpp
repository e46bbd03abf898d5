#include "parser/references.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"

namespace schemadiff {
namespace {

ObjectId CastId(const Interpreter& in, const Statement& statement, Node source, Node target) {
  return ObjectId::Of(ObjectKind::kCast, "", RoutineTypeName(in, statement, source),
                      RoutineTypeName(in, statement, target));
}

Cast::Context ContextOf(std::string_view context) {
  if (context == "COERCION_IMPLICIT") return Cast::Context::kImplicit;
  return context == "COERCION_ASSIGNMENT" ? Cast::Context::kAssignment : Cast::Context::kExplicit;
}

Outcome CreateCast(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  std::vector<Edge> edges;
  ResolveType(in, statement, node["sourcetype"], edges);
  ResolveType(in, statement, node["targettype"], edges);
  const ObjectId id = CastId(in, statement, node["sourcetype"], node["targettype"]);
  Cast cast{.method = node["func"]         ? Cast::Method::kFunction
                      : node.Bool("inout") ? Cast::Method::kInout
                                           : Cast::Method::kBinary,
            .context = ContextOf(node.Text("context"))};
  // Without argument types, the function is the only one of its name; it takes the source type.
  if (node["func"]) cast.function = ResolveSignature(in, statement, node["func"], id.name(), edges);
  Object object = in.NewObject(statement, -1, id, std::move(cast));
  object.edges = std::move(edges);
  in.Create(statement, std::move(object));
  return Outcome::kDone;
}

ObjectId LocateCast(Interpreter& in, const Statement& statement, Node object) {
  const std::vector<Node> types = object["List"]["items"].Items();
  if (types.size() != 2) return {};
  const ObjectId id = CastId(in, statement, types[0]["TypeName"], types[1]["TypeName"]);
  return in.schema().Contains(id) ? id : ObjectId();
}

}  // namespace

template <>
void RegisterStatements<Cast>(StatementRegistry& registry) {
  registry.statements["CreateCastStmt"] = CreateCast;
  registry.locators["OBJECT_CAST"] = LocateCast;
}

}  // namespace schemadiff
