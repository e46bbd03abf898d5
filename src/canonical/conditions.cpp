#include "canonical/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "canonical/nodes.h"
#include "canonical/pairs.h"
#include "canonical/syntax_tree.h"
#include "model/lineage.h"
#include "model/relation_of.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// FUNC_MAX_ARGS is 100 unless the server was built otherwise.
constexpr std::size_t kMostParameters = 90;
constexpr std::size_t kMostConditions = 50;
constexpr std::string_view kName = "schemadiff_";

template <typename Held>
auto* ConditionOf(Held& object) {
  using Found = std::conditional_t<std::is_const_v<Held>, const Expression, Expression>;
  if (auto* check = object.template If<Check>()) return static_cast<Found*>(&check->expression);
  if (auto* index = object.template If<Index>()) return static_cast<Found*>(&index->predicate);
  return static_cast<Found*>(nullptr);
}

std::string Array(const std::vector<std::string>& texts) {
  std::vector<std::string> literals;
  for (const std::string& text : texts) literals.push_back(QuoteLiteral(text));
  return "ARRAY[" + Join(literals, ",\n") + "]::text[]";
}

// The names of all columns; false when there is something else that looks like one.
bool CollectColumns(yyjson_val* value, std::vector<std::string>& names) {
  return !nodes::AnyItem(value, [&](std::string_view member, yyjson_val* item) {
    if (member != "ColumnRef") return !CollectColumns(item, names);
    yyjson_val* fields = nodes::Get(item, "fields");
    names.emplace_back(nodes::StringNode(nodes::At(fields, 0)));
    return nodes::Count(fields) != 1 || names.back().empty();
  });
}

// Creates pg_temp.schemadiff_<name>, which returns a row of values.
std::string CreationSql(const std::string& name, const std::map<std::string, std::string>& parameters,
                        const std::string& values) {
  std::vector<std::string> declared;
  for (const auto& [parameter, type] : parameters) declared.push_back(QuoteIdentifier(parameter) + " " + type);
  return fmt::format("CREATE FUNCTION pg_temp.{}{}({}) RETURNS record LANGUAGE sql RETURN ROW({})", kName, name,
                     Join(declared, ", "), values);
}

}  // namespace

void Conditions::Add(ObjectId id) {
  const Object& object = *desired_.Find(id);
  const Expression* desired = ConditionOf(object);
  const Expression* live = ConditionOf(*live_.Find(id));
  if (desired == nullptr || live == nullptr || !*desired || !*live || *desired == *live) return;
  auto parameters = ParametersOf(id, desired->sql);
  if (!parameters || parameters->size() > kMostParameters) return;
  Function& function = FunctionWith(*parameters);
  function.conditions.push_back({id, std::move(*parameters)});
}

// t.c is a column of the table, or a field of the parameter t; a whole row has no parameter.
std::optional<Conditions::Parameters> Conditions::ParametersOf(ObjectId id, const std::string& sql) const {
  const SyntaxDocument document = ParseExpression(sql);
  if (document == nullptr) return std::nullopt;
  std::vector<std::string> names;
  if (!CollectColumns(ExpressionIn(document), names)) return std::nullopt;
  std::unordered_map<std::string_view, const Object*> columns;
  for (const Object* column : ColumnsOf(desired_, RelationOf(*desired_.Find(id)))) columns[column->id.name()] = column;
  Parameters parameters;
  for (const std::string& name : names) {
    const auto found = columns.find(name);
    if (found == columns.end()) return std::nullopt;
    parameters[name] = found->second->As<Column>().type.sql;
  }
  return parameters;
}

// One of the last few functions, if its parameters do not contradict.
Conditions::Function& Conditions::FunctionWith(const Parameters& parameters) {
  constexpr std::size_t kOpen = 8;
  const auto fits = [&](const Function& function) {
    std::size_t added = 0;
    for (const auto& [name, type] : parameters) {
      const auto found = function.parameters.find(name);
      if (found == function.parameters.end()) ++added;
      if (found != function.parameters.end() && found->second != type) return false;
    }
    return function.conditions.size() < kMostConditions && function.parameters.size() + added <= kMostParameters;
  };
  const std::size_t first = functions_.size() > kOpen ? functions_.size() - kOpen : 0;
  const auto found = std::find_if(functions_.begin() + static_cast<std::ptrdiff_t>(first), functions_.end(), fits);
  Function& function = found == functions_.end() ? functions_.emplace_back() : *found;
  function.parameters.insert(parameters.begin(), parameters.end());
  return function;
}

std::string Conditions::Value(const Condition& condition) const {
  return "(" + ConditionOf(std::as_const(*desired_.Find(condition.id)))->sql + ")";
}

// Where one of its conditions fails, a function gives way to one for each.
std::string Conditions::Script() const {
  std::vector<std::string> together;
  std::vector<std::string> alone;
  std::vector<std::string> first;
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    const auto& [parameters, conditions] = functions_[i];
    std::vector<std::string> values;
    first.push_back(std::to_string(alone.size() + 1));
    for (std::size_t k = 0; k < conditions.size(); ++k) {
      values.push_back(Value(conditions[k]));
      alone.push_back(CreationSql(fmt::format("{}_{}_1", i, k), conditions[k].parameters, values.back()));
    }
    together.push_back(CreationSql(fmt::format("{}_0_{}", i, conditions.size()), parameters, Join(values, ", ")));
  }
  first.push_back(std::to_string(alone.size() + 1));
  return "DO " + DollarQuote(fmt::format(R"(
DECLARE
  together text[] := {};
  alone text[] := {};
  first integer[] := ARRAY[{}];
BEGIN
  FOR i IN 1..{} LOOP
    BEGIN
      EXECUTE together[i];
    EXCEPTION WHEN OTHERS THEN
      FOR k IN first[i]..first[i + 1] - 1 LOOP
        BEGIN
          EXECUTE alone[k];
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
      END LOOP;
    END;
  END LOOP;
END)",
                                         Array(together), Array(alone), Join(first, ", "), functions_.size()));
}

std::string Conditions::Query() {
  return fmt::format(
      "SELECT substr(proname, {}), pg_get_function_sqlbody(oid) FROM pg_proc"
      " WHERE pronamespace = pg_my_temp_schema() AND starts_with(proname::text, '{}')",
      kName.size() + 1, kName);
}

void Conditions::Adopt(const Rows& rows, Explanation& explanation) {
  for (int i = 0; i < rows.size(); ++i) {
    std::array<std::size_t, 3> numbers{functions_.size(), 0, 0};  // The function, its first condition, their number.
    const std::string_view name = rows.Text(i, 0);
    const char* at = name.data();
    for (std::size_t& number : numbers) {
      at = std::from_chars(at, name.data() + name.size(), number).ptr;
      if (at != name.data() + name.size()) ++at;
    }
    const auto [function, first, count] = numbers;
    if (function >= functions_.size()) continue;
    AdoptRow(functions_[function], first, count, std::string(rows.Text(i, 1)), explanation);
  }
}

void Conditions::AdoptRow(const Function& function, std::size_t first, std::size_t count, const std::string& body,
                          Explanation& explanation) {
  constexpr std::string_view kReturn = "RETURN ";
  if (!body.starts_with(kReturn)) return;
  const SyntaxDocument document = ParseExpression(body.substr(kReturn.size()));
  if (document == nullptr) return;
  yyjson_val* values = nodes::Get(nodes::Get(ExpressionIn(document), "RowExpr"), "args");
  // A composite value may stand for its fields.
  if (nodes::Count(values) != count) return;
  for (std::size_t i = 0; i < count; ++i) {
    const ObjectId id = function.conditions[first + i].id;
    const Expression& live = *ConditionOf(*live_.Find(id));
    const SyntaxDocument stored = ParseExpression(live.sql);
    if (stored == nullptr || !SameSyntax(nodes::At(values, i), ExpressionIn(stored))) continue;
    explanation.NoteSpelling(id, *live_.Find(id));
    AdoptSpelling(live, *ConditionOf(*desired_.Find(id)));
  }
}

}  // namespace schemadiff
