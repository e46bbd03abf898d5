#include "canonical/alignment.h"

#include <yyjson.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/nodes.h"
#include "canonical/syntax_tree.h"

namespace schemadiff {
namespace {

using Value = yyjson_val*;

using namespace nodes;  // NOLINT: the vocabulary of this file

// Where an expression stands: what of it the server may have cast depends on what it stands beside.
struct Place {
  std::vector<Value> siblings;     ///< As written: the other operand, the other arguments of COALESCE.
  bool built_in_argument = false;  ///< Of a function of pg_catalog's.
  bool json_key = false;           ///< Behind `->`, `->>` and `?`.
};

bool MentionsColumn(Value value) {
  return AnyItem(value, [](std::string_view name, Value item) { return name == "ColumnRef" || MentionsColumn(item); });
}

class Aligner {
 public:
  Aligner(SyntaxCache& cache, const ColumnTypes& column_types) : cache_(cache), column_types_(column_types) {}

  // `written` as its author wrote it, `stored` as the catalog prints it.
  bool Matches(Value written, Value stored, const Place& place = {}) {
    if (SameSyntax(written, stored)) return true;
    if (!yyjson_is_obj(written) || !yyjson_is_obj(stored)) return false;
    if (Value cast = Get(stored, "TypeCast")) {
      Value own = Get(written, "TypeCast");
      if (own == nullptr) return IsNegative(written, cast) || MatchesCast(written, cast, place);
      return SameSyntax(Get(own, "typeName"), Get(cast, "typeName")) && Get(Get(own, "arg"), "A_Const") == nullptr &&
             Matches(Get(own, "arg"), Get(cast, "arg"));
    }
    if (Value a = Get(written, "A_Expr")) return MatchesOperator(a, stored);
    if (Value a = Get(written, "BoolExpr")) {
      Value b = Get(stored, "BoolExpr");
      return b != nullptr && Text(a, "boolop") == Text(b, "boolop") && MatchesList(Get(a, "args"), Get(b, "args"), {});
    }
    if (Value a = Get(written, "NullTest")) {
      Value b = Get(stored, "NullTest");
      return b != nullptr && Text(a, "nulltesttype") == Text(b, "nulltesttype") &&
             Matches(Get(a, "arg"), Get(b, "arg"));
    }
    if (Value a = Get(written, "FuncCall")) {
      Value b = Get(stored, "FuncCall");
      return b != nullptr && IsPlainCall(a) && IsPlainCall(b) && IsBuiltIn(b) &&
             SameSyntax(Get(a, "funcname"), Get(b, "funcname")) &&
             MatchesList(Get(a, "args"), Get(b, "args"), {.siblings = {}, .built_in_argument = true});
    }
    for (const char* node : {"CoalesceExpr", "MinMaxExpr"}) {
      Value a = Get(written, node);
      Value b = Get(stored, node);
      if (a == nullptr || b == nullptr) continue;
      const Place beside{.siblings = Items(Get(a, "args"))};
      return Text(a, "op") == Text(b, "op") && MatchesList(Get(a, "args"), Get(b, "args"), beside);
    }
    if (Value a = Get(written, "CaseExpr")) return MatchesCase(a, Get(stored, "CaseExpr"));
    return false;
  }

 private:
  static bool IsPlainCall(Value call) {
    for (const char* extra :
         {"agg_order", "agg_filter", "over", "agg_within_group", "agg_star", "agg_distinct", "func_variadic"}) {
      if (Get(call, extra) != nullptr) return false;
    }
    return true;
  }

  // The catalog qualifies all other functions. Those of users may have an overload for every type.
  static bool IsBuiltIn(Value stored_call) { return Count(Get(stored_call, "funcname")) == 1; }

  static std::vector<Value> Items(Value list) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < Count(list); ++i) items.push_back(At(list, i));
    return items;
  }

  bool MatchesList(Value written, Value stored, const Place& place) {
    if (Count(written) != Count(stored)) return false;
    for (std::size_t i = 0; i < Count(written); ++i) {
      if (!Matches(At(written, i), At(stored, i), place)) return false;
    }
    return true;
  }

  bool MatchesIfAny(Value written, Value stored, const Place& place) {
    return written == nullptr ? stored == nullptr : stored != nullptr && Matches(written, stored, place);
  }

  // Without ELSE it is stored with ELSE NULL, of some type.
  bool MatchesCase(Value a, Value b) {
    Value branches = Get(a, "args");
    Value stored_branches = b == nullptr ? nullptr : Get(b, "args");
    if (b == nullptr || Count(branches) != Count(stored_branches)) return false;
    Place beside_argument;
    Place beside_results;
    if (Value argument = Get(a, "arg")) beside_argument.siblings.push_back(argument);
    if (Value otherwise = Get(a, "defresult")) beside_results.siblings.push_back(otherwise);
    for (Value branch : Items(branches)) beside_results.siblings.push_back(Get(Get(branch, "CaseWhen"), "result"));
    for (std::size_t i = 0; i < Count(branches); ++i) {
      Value written = Get(At(branches, i), "CaseWhen");
      Value stored = Get(At(stored_branches, i), "CaseWhen");
      if (!Matches(Get(written, "expr"), Get(stored, "expr"), beside_argument) ||
          !Matches(Get(written, "result"), Get(stored, "result"), beside_results)) {
        return false;
      }
    }
    return MatchesIfAny(Get(a, "arg"), Get(b, "arg"), {}) &&
           MatchesIfAny(Get(a, "defresult"), Get(b, "defresult"), beside_results);
  }

  // A negative number is stored as '-1'::integer.
  static bool IsNegative(Value number, Value cast) {
    const std::string_view text = Text(Get(Get(Get(cast, "arg"), "A_Const"), "sval"), "sval");
    Value constant = Get(number, "A_Const");
    if (constant == nullptr || !text.starts_with('-')) return false;
    if (Value integer = Get(constant, "ival")) {
      return TypeName(cast) == "int4" && text == std::to_string(yyjson_get_sint(Get(integer, "ival")));
    }
    return TypeName(cast) == "numeric" && text.contains('.') && text == Text(Get(constant, "fval"), "fval");
  }

  // A cast that only the stored expression has.
  bool MatchesCast(Value written, Value cast, const Place& place) {
    Value inner = Get(cast, "arg");
    if (Value constant = Get(written, "A_Const")) {
      Value inner_cast = Get(inner, "TypeCast");
      const bool negative = inner_cast != nullptr && IsNegative(written, inner_cast);
      if (!negative && !SameSyntax(written, inner)) return false;
      return Get(constant, "sval") != nullptr ? TakesText(cast, place) : TakesNumber(cast, place);
    }
    return !IsArrayType(cast) && Get(written, "ColumnRef") != nullptr && SameSyntax(written, inner) &&
           TypeName(cast) == "text" && IsVarchar(written);
  }

  // A string is of the type of the column that it stands beside; of text, for functions of pg_catalog's, unless they
  // have none that takes it (manual: "Function Type Resolution").
  bool TakesText(Value cast, const Place& place) {
    const bool text = TypeName(cast) == "text" && !IsArrayType(cast);
    if (text && (place.built_in_argument || place.json_key)) return true;
    return std::ranges::any_of(place.siblings,
                               [&](Value sibling) { return IsOfType(sibling, cast) || (text && IsVarchar(sibling)); });
  }

  // An integer beside a numeric or a double. What is of another type beside one is cast itself, and so is not taken
  // for the same; but integers of two sizes have operators of their own.
  bool TakesNumber(Value cast, const Place& place) {
    if (IsArrayType(cast)) return false;
    const std::string_view type = TypeName(cast);
    if (type == "int8") {
      return std::ranges::any_of(place.siblings, [&](Value sibling) { return IsOfType(sibling, cast); });
    }
    return (type == "numeric" || type == "float8") && std::ranges::any_of(place.siblings, MentionsColumn);
  }

  std::string ColumnType(Value written) const {
    Value fields = Get(Get(written, "ColumnRef"), "fields");
    return Count(fields) == 1 ? column_types_(std::string(StringNode(At(fields, 0)))) : std::string();
  }

  bool IsVarchar(Value written) const {
    const std::string type = ColumnType(written);
    return type.starts_with("character varying") && !type.ends_with("[]");
  }

  // Modifiers aside.
  bool IsOfType(Value written, Value cast) {
    const std::string type = ColumnType(written);
    if (type.empty()) return false;
    Value null = Get(cache_.Expression("NULL::" + type), "TypeCast");
    return null != nullptr && IsArrayType(null) == IsArrayType(cast) &&
           SameSyntax(Get(Get(null, "typeName"), "names"), Get(Get(cast, "typeName"), "names"));
  }

  bool IsJson(Value written) const {
    const std::string type = ColumnType(written);
    return type == "json" || type == "jsonb";
  }

  bool MatchesOperator(Value a, Value stored) {
    const std::string_view kind = Text(a, "kind");
    Value left = Get(a, "lexpr");
    Value right = Get(a, "rexpr");
    // Which types constants have among themselves is nothing that their places tell.
    if (!MentionsColumn(left) && !MentionsColumn(right)) return false;
    if (kind == "AEXPR_BETWEEN") return MatchesBetween(a, stored);
    Value b = Get(stored, "A_Expr");
    if (b == nullptr) return false;
    if (kind == "AEXPR_IN") return MatchesIn(a, b);
    const std::string_view stored_kind = Text(b, "kind");
    // LIKE is an operator by another name: it has it already in the tree.
    const bool like = (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") && stored_kind == "AEXPR_OP";
    if (kind != stored_kind && !like) return false;
    const bool compares = kind == "AEXPR_OP" || kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT";
    if (!compares && !like) return false;
    const std::string_view name = OperatorName(a);
    if (name.empty() || name != OperatorName(b)) return false;
    Place on_right;
    if (left != nullptr) on_right.siblings.push_back(left);
    on_right.json_key = (name == "->" || name == "->>" || name == "?") && IsJson(left);
    return MatchesIfAny(left, Get(b, "lexpr"), {.siblings = {right}}) && Matches(right, Get(b, "rexpr"), on_right);
  }

  bool MatchesBetween(Value a, Value stored) {
    Value both = Get(stored, "BoolExpr");
    Value bounds = ListItems(Get(a, "rexpr"));
    if (both == nullptr || Text(both, "boolop") != "AND_EXPR" || Count(Get(both, "args")) != 2 || Count(bounds) != 2) {
      return false;
    }
    Value left = Get(a, "lexpr");
    const auto side = [&](std::size_t index, std::string_view name) {
      Value comparison = Get(At(Get(both, "args"), index), "A_Expr");
      return comparison != nullptr && OperatorName(comparison) == name && Text(comparison, "kind") == "AEXPR_OP" &&
             Matches(left, Get(comparison, "lexpr"), {.siblings = {At(bounds, index)}}) &&
             Matches(At(bounds, index), Get(comparison, "rexpr"), {.siblings = {left}});
    };
    return side(0, ">=") && side(1, "<=");
  }

  // x IN (a, b) is stored as x = ANY (ARRAY[a, b]) when all of the list are constants; of a varchar x both sides are
  // text.
  bool MatchesIn(Value a, Value b) {
    const bool negated = OperatorName(a) == "<>";
    if (Text(b, "kind") != (negated ? "AEXPR_OP_ALL" : "AEXPR_OP_ANY") || OperatorName(a) != OperatorName(b))
      return false;
    Value left = Get(a, "lexpr");
    if (!Matches(left, Get(b, "lexpr"))) return false;
    Value array = Get(b, "rexpr");
    bool of_varchar = false;
    if (Value cast = Get(array, "TypeCast")) {
      if (!IsArrayType(cast) || TypeName(cast) != "text" || !IsVarchar(left)) return false;
      array = Get(cast, "arg");
      of_varchar = true;
    }
    Value stored_items = Get(Get(array, "A_ArrayExpr"), "elements");
    Value items = ListItems(Get(a, "rexpr"));
    if (items == nullptr || Count(items) < 2 || Count(items) != Count(stored_items)) return false;
    for (std::size_t i = 0; i < Count(items); ++i) {
      if (Get(At(items, i), "A_Const") == nullptr) return false;
      if (!Matches(At(items, i), At(stored_items, i), {.siblings = {left}})) return false;
      Value cast = Get(At(stored_items, i), "TypeCast");
      if (of_varchar && (cast == nullptr || TypeName(cast) != "varchar")) return false;
    }
    return true;
  }

  SyntaxCache& cache_;
  const ColumnTypes& column_types_;
};

}  // namespace

yyjson_val* SyntaxCache::Expression(const std::string& text) {
  auto found = documents_.find(text);
  if (found == documents_.end()) found = documents_.emplace(text, ParseExpression(text)).first;
  return ExpressionIn(found->second);
}

bool StoredAs(SyntaxCache& cache, const std::string& written, const std::string& stored,
              const ColumnTypes& column_types) {
  Value left = cache.Expression(written);
  Value right = cache.Expression(stored);
  return left != nullptr && right != nullptr && Aligner(cache, column_types).Matches(left, right);
}

bool DefaultStoredAs(SyntaxCache& cache, const std::string& written, const std::string& stored,
                     const std::string& type) {
  Value left = cache.Expression(written);
  Value right = cache.Expression(stored);
  if (left == nullptr || right == nullptr) return false;
  if (SameSyntax(left, right)) return true;
  // A string constant is stored with the column's type, without its length: 'new'::character varying.
  Value constant = Get(left, "A_Const");
  if (constant == nullptr || Get(constant, "sval") == nullptr) return false;
  const std::size_t length = type.find('(');
  const std::string base =
      length == std::string::npos ? type : type.substr(0, length) + type.substr(type.find(')') + 1);
  Value expected = cache.Expression(written + "::" + base);
  return expected != nullptr && SameSyntax(expected, right);
}

}  // namespace schemadiff
