// The types of expressions, as far as names tell them.
#include "parser/query_scopes.h"
#include "support/quote.h"

namespace schemadiff {
std::string QueryWalk::TypeNamed(Node type_name) {
  const std::vector<std::string> names = Strings(type_name["names"]);
  if (names.empty()) return {};
  std::string type = QuoteQualified(names.size() > 1 ? names[names.size() - 2] : std::string(), names.back());
  if (type_name["arrayBounds"].Count() > 0) type += "[]";
  return type;
}

// Those of CASE and its like are those of their results (manual: "UNION, CASE, and Related Constructs").
std::string QueryWalk::TypeOf(Node expression) const {
  const auto of_any = [&](Node items) {
    std::string type;
    for (const Node item : items.Items()) {
      if (type.empty()) type = TypeOf(item);
    }
    return type;
  };
  if (expression["ColumnRef"]) {
    const Meaning meaning = MeaningOf(expression["ColumnRef"]);
    if (meaning.column != nullptr) return meaning.column->type;
    const ObjectId row = meaning.item == nullptr ? ObjectId() : meaning.item->relation;
    return row ? QuoteQualified(row.schema(), row.name()) : std::string();
  }
  if (const Node cast = expression["TypeCast"]) return TypeNamed(cast["typeName"]);
  if (const Node call = expression["FuncCall"]) {
    const std::vector<std::string> names = Strings(call["funcname"]);
    if (names.size() < 2) return {};
    const std::vector<const Object*> routines = relations_.Routines(names[names.size() - 2], names.back());
    return routines.size() == 1 ? routines[0]->As<Routine>().returns.sql : std::string();
  }
  if (const Node either = expression["CoalesceExpr"]) return of_any(either["args"]);
  if (const Node either = expression["MinMaxExpr"]) return of_any(either["args"]);
  if (const Node array = expression["A_ArrayExpr"]) {
    const std::string element = of_any(array["elements"]);
    return element.empty() ? element : element + "[]";
  }
  if (const Node cases = expression["CaseExpr"]) {
    for (const Node item : cases["args"].Items()) {
      if (std::string type = TypeOf(item["CaseWhen"]["result"]); !type.empty()) return type;
    }
    return TypeOf(cases["defresult"]);
  }
  if (const Node indirection = expression["A_Indirection"]) {
    const std::string whole = TypeOf(indirection["arg"]);
    const std::vector<Node> items = indirection["indirection"].Items();
    if (items.size() == 1 && items[0]["String"]) {
      const ObjectId rows = relations_.RowsOf(whole);
      const SeenColumn* field = rows ? relations_.Of(rows).Find(items[0]["String"].Text("sval")) : nullptr;
      return field == nullptr ? std::string() : field->type;
    }
    const bool is_element = items.size() == 1 && items[0]["A_Indices"] && !items[0]["A_Indices"].Bool("is_slice");
    if (is_element && whole.ends_with("[]")) return whole.substr(0, whole.size() - 2);
  }
  return {};
}

}  // namespace schemadiff
