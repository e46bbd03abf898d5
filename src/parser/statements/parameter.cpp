#include <algorithm>

#include "parser/interpreter.h"

namespace schemadiff {
namespace {

// pg_parameter_acl keeps names in lower case.
ObjectId LocateParameter(Interpreter&, const Statement&, Node object) {
  std::string name(object["String"].Text("sval"));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ObjectId::Of(ObjectKind::kParameter, "", name);
}

}  // namespace

template <>
void RegisterStatements<Parameter>(StatementRegistry& registry) {
  registry.locators["OBJECT_PARAMETER_ACL"] = LocateParameter;
}

}  // namespace schemadiff
