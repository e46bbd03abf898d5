#include "parser/syntax.h"

#include <fmt/format.h>

#include "support/quote.h"

namespace schemadiff {

std::vector<Node> Node::Items() const {
  std::vector<Node> items;
  items.reserve(Count());
  yyjson_arr_iter iter = yyjson_arr_iter_with(value_);
  while (yyjson_val* item = yyjson_arr_iter_next(&iter)) items.emplace_back(item);
  return items;
}

std::vector<std::string> Strings(Node list) {
  if (list.As("List")) list = list["List"]["items"];
  std::vector<std::string> strings;
  for (const Node item : list.Items()) strings.emplace_back(item["String"].Text("sval"));
  return strings;
}

std::string_view StatementType(Node wrapped) {
  const Node definition = wrapped["DefineStmt"];
  return definition ? definition.Text("kind") : wrapped.Type();
}

std::string OptionText(Node argument) {
  if (!argument) return "true";
  if (argument.As("A_Const")) {
    const Node constant = argument["A_Const"];
    if (constant["ival"]) return fmt::format("{}", constant["ival"].Int("ival"));
    if (constant["fval"]) return std::string(constant["fval"].Text("fval"));
    if (constant["boolval"]) return constant["boolval"].Bool("boolval") ? "true" : "false";
    return std::string(constant["sval"].Text("sval"));
  }
  if (argument.As("Integer")) return fmt::format("{}", argument["Integer"].Int("ival"));
  if (argument.As("Float")) return std::string(argument["Float"].Text("fval"));
  if (argument.As("Boolean")) return argument["Boolean"].Bool("boolval") ? "true" : "false";
  if (argument.As("String")) return std::string(argument["String"].Text("sval"));
  if (argument.As("TypeName")) return Join(Strings(argument["TypeName"]["names"]), ".");
  if (argument.As("List")) return Join(Strings(argument), ".");
  return {};
}

}  // namespace schemadiff
