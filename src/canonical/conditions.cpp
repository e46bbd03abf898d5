#include "canonical/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "canonical/mentions.h"
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

}  // namespace

void Conditions::Add(ObjectId id) {
  const Object& object = *desired_.Find(id);
  const Expression* desired = ConditionOf(object);
  const Expression* live = ConditionOf(*live_.Find(id));
  if (desired == nullptr || live == nullptr || !*desired || !*live || *desired == *live) return;
  if (!HasOwnColumns(RelationOf(object).kind())) return;
  const auto parameters = ParametersOf(id, desired->sql);
  if (parameters.size() <= kMostParameters) FunctionWith(parameters).conditions.push_back(id);
}

std::map<std::string, std::string> Conditions::ParametersOf(ObjectId id, const std::string& sql) const {
  Mentions mentions;
  mentions.AddText(sql);
  std::map<std::string, std::string> parameters;
  for (const Object* column : ColumnsOf(desired_, RelationOf(*desired_.Find(id)))) {
    if (mentions.HasColumn(column->id.name())) parameters[column->id.name()] = column->As<Column>().type.sql;
  }
  return parameters;
}

// One of the last few functions, if its parameters do not contradict.
Conditions::Function& Conditions::FunctionWith(const std::map<std::string, std::string>& parameters) {
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

std::string Conditions::CreationSql(std::size_t function, int condition) const {
  const auto& [parameters, conditions] = functions_[function];
  std::vector<std::string> declared;
  for (const auto& [name, type] : parameters) declared.push_back(QuoteIdentifier(name) + " " + type);
  std::vector<std::string> values;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const bool is_meant = condition < 0 || static_cast<std::size_t>(condition) == i;
    if (is_meant) values.push_back("(" + ConditionOf(std::as_const(*desired_.Find(conditions[i])))->sql + ")");
  }
  return fmt::format("CREATE FUNCTION pg_temp.{}{}_{}({}) RETURNS record LANGUAGE sql RETURN ROW({})", kName, function,
                     std::max(condition, 0), Join(declared, ", "), Join(values, ", "));
}

// Where one of its conditions fails, a function gives way to one for each.
std::string Conditions::Script() const {
  std::vector<std::string> together;
  std::vector<std::string> alone;
  std::vector<std::string> first;
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    together.push_back(CreationSql(i, -1));
    first.push_back(std::to_string(alone.size() + 1));
    for (std::size_t k = 0; k < functions_[i].conditions.size(); ++k) {
      alone.push_back(CreationSql(i, static_cast<int>(k)));
    }
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
    const std::string_view name = rows.Text(i, 0);
    const std::size_t separator = name.find('_');
    std::size_t function = functions_.size();
    std::size_t first = 0;
    std::from_chars(name.data(), name.data() + separator, function);
    std::from_chars(name.data() + separator + 1, name.data() + name.size(), first);
    if (function < functions_.size()) AdoptRow(functions_[function], first, std::string(rows.Text(i, 1)), explanation);
  }
}

void Conditions::AdoptRow(const Function& function, std::size_t first, const std::string& body,
                          Explanation& explanation) {
  using namespace nodes;  // NOLINT: what trees are made of
  constexpr std::string_view kReturn = "RETURN ";
  if (!body.starts_with(kReturn)) return;
  const SyntaxDocument document = ParseExpression(body.substr(kReturn.size()));
  if (document == nullptr) return;
  yyjson_val* values = Get(Get(ExpressionIn(document), "RowExpr"), "args");
  for (std::size_t i = 0; i < Count(values) && first + i < function.conditions.size(); ++i) {
    const ObjectId id = function.conditions[first + i];
    const Expression& live = *ConditionOf(*live_.Find(id));
    const SyntaxDocument stored = ParseExpression(live.sql);
    if (stored == nullptr || !SameSyntax(At(values, i), ExpressionIn(stored))) continue;
    explanation.NoteSpelling(id, *live_.Find(id));
    AdoptSpelling(live, *ConditionOf(*desired_.Find(id)));
  }
}

}  // namespace schemadiff
