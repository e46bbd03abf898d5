#include <fmt/format.h>

#include <unordered_map>

#include "parser/expressions.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// format_type() calls bpchar so only where there could be a modifier, and quotes "any", which is a reserved word.
std::string Spelled(std::string type) {
  if (type == "any") return "\"any\"";
  if (type == "bpchar") return "character";
  return type == "bpchar[]" ? "character[]" : type;
}

// A routine keeps no modifiers of its types (manual: CREATE FUNCTION, "Notes").
std::string WithoutModifiers(std::string_view type) {
  if (type.starts_with("interval")) return type.ends_with("[]") ? "interval[]" : "interval";
  std::string out(type);
  const std::size_t open = out.find('(');
  if (open != std::string::npos && !out.starts_with('"')) out.erase(open, out.find(')') + 1 - open);
  return Spelled(std::move(out));
}

// table.column%TYPE is the column's type at the time of creation.
std::optional<std::string> TypeOfColumn(Interpreter& in, const Statement& statement, Node type_name,
                                        std::vector<Edge>& edges) {
  std::vector<std::string> parts = Strings(type_name["names"]);
  const std::string written = Join(parts, ".");
  const std::string column = parts.back();
  parts.pop_back();
  const ObjectId relation = parts.empty() ? ObjectId() : in.FindRelation(statement, parts);
  const ObjectId id = relation ? ObjectId::Member(ObjectKind::kColumn, relation, column) : ObjectId();
  const Object* object = id ? in.schema().Find(id) : nullptr;
  if (object == nullptr) {
    in.Waiting(statement, type_name.Location(), "column", written);
    return std::nullopt;
  }
  // The routine needs the column's type, not the column.
  edges.insert(edges.end(), object->edges.begin(), object->edges.end());
  return WithoutModifiers(object->As<Column>().type.sql) + (type_name["arrayBounds"].Count() > 0 ? "[]" : "");
}

std::optional<DataType> RoutineType(Interpreter& in, const Statement& statement, Node type_name,
                                    std::vector<Edge>& edges) {
  if (type_name.Bool("pct_type")) {
    std::optional<std::string> type = TypeOfColumn(in, statement, type_name, edges);
    if (!type) return std::nullopt;
    return DataType{std::move(*type)};
  }
  ResolveType(in, statement, type_name, edges);
  return DataType{RoutineTypeName(in, statement, type_name)};
}

// The text after DEFAULT or `=`, up to the comma or the parenthesis that ends the argument.
Expression DefaultOf(Interpreter& in, const Statement& statement, Node parameter, std::vector<Edge>& edges) {
  if (!parameter["defexpr"]) return {};
  const Tokens& tokens = statement.file->tokens();
  std::size_t begin = tokens.At(static_cast<std::size_t>(parameter.Location()));
  const std::size_t end = tokens.ExpressionEnd(begin, statement.token_end);
  while (begin < end && !tokens.Is(begin, "default") && !tokens.Is(begin, "=")) ++begin;
  return MakeExpression(in, statement, parameter["defexpr"], begin + 1, end, {}, edges);
}

// What pg_proc holds where RETURNS is left out: the only OUT type, or record.
void SetReturnType(const std::vector<DataType>& outputs, RoutineSignature& signature) {
  if (outputs.size() == 1) signature.returns = outputs[0];
  if (outputs.size() > 1) signature.returns = {"record"};
}

}  // namespace

RoutineArgument::Mode ModeOfParameter(std::string_view mode) {
  static const std::unordered_map<std::string_view, RoutineArgument::Mode> modes = {
      {"FUNC_PARAM_OUT", RoutineArgument::Mode::kOut},
      {"FUNC_PARAM_INOUT", RoutineArgument::Mode::kInOut},
      {"FUNC_PARAM_VARIADIC", RoutineArgument::Mode::kVariadic},
      {"FUNC_PARAM_TABLE", RoutineArgument::Mode::kTable},
  };
  const auto found = modes.find(mode);
  return found == modes.end() ? RoutineArgument::Mode::kIn : found->second;
}

std::string RoutineTypeName(const Interpreter& in, const Statement& statement, Node type_name) {
  return Spelled(ArgumentType(in, statement, type_name));
}

std::optional<RoutineSignature> ParseSignature(Interpreter& in, const Statement& statement, std::vector<Edge>& edges) {
  using enum RoutineArgument::Mode;
  const bool procedure = statement.node.Bool("is_procedure");
  RoutineSignature signature;
  std::vector<std::string> identity;
  std::vector<DataType> outputs;
  bool is_table = false;
  for (const Node item : statement.node["parameters"].Items()) {
    const Node parameter = item["FunctionParameter"];
    const std::optional<DataType> type = RoutineType(in, statement, parameter["argType"], edges);
    if (!type) return std::nullopt;
    RoutineArgument argument{.mode = ModeOfParameter(parameter.Text("mode")),
                             .name = std::string(parameter.Text("name")),
                             .type = *type,
                             .default_value = DefaultOf(in, statement, parameter, edges)};
    is_table |= argument.mode == kTable;
    if (argument.mode == kOut || argument.mode == kInOut) outputs.push_back(*type);
    if (argument.mode != kTable && argument.mode != kOut) identity.push_back(type->sql);
    signature.arguments.push_back(std::move(argument));
  }
  signature.identity = Join(identity, ", ");
  const Node returns = statement.node["returnType"];
  signature.returns_set = returns.Bool("setof");
  if (procedure || is_table) return signature;
  if (!returns) {
    SetReturnType(outputs, signature);
    return signature;
  }
  const std::optional<DataType> type = RoutineType(in, statement, returns, edges);
  if (!type) return std::nullopt;
  signature.returns = *type;
  return signature;
}

}  // namespace schemadiff
