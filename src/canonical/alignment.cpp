#include "canonical/alignment.h"

#include <yyjson.h>

#include <string>
#include <string_view>

#include "canonical/nodes.h"
#include "canonical/syntax_tree.h"

namespace schemadiff {
namespace {

using Value = yyjson_val*;

using namespace nodes;  // NOLINT: the vocabulary of this file

class Aligner {
 public:
  explicit Aligner(const ColumnTypes& column_types) : column_types_(column_types) {}

  // `written` as its author wrote it, `stored` as the catalog prints it.
  bool Matches(Value written, Value stored) {
    if (SameSyntax(written, stored)) return true;
    if (!yyjson_is_obj(written) || !yyjson_is_obj(stored)) return false;
    if (Value cast = Get(stored, "TypeCast")) {
      Value own = Get(written, "TypeCast");
      return own != nullptr ? MatchesOwnCast(own, cast) : IsNegative(written, cast) || MatchesCast(written, cast);
    }
    if (Value a = Get(written, "A_Expr")) return MatchesOperator(a, stored);
    if (Value a = Get(written, "BoolExpr")) {
      Value b = Get(stored, "BoolExpr");
      return b != nullptr && Text(a, "boolop") == Text(b, "boolop") && MatchesList(Get(a, "args"), Get(b, "args"));
    }
    if (Value a = Get(written, "NullTest")) {
      Value b = Get(stored, "NullTest");
      return b != nullptr && Text(a, "nulltesttype") == Text(b, "nulltesttype") &&
             Matches(Get(a, "arg"), Get(b, "arg"));
    }
    if (Value a = Get(written, "FuncCall")) {
      Value b = Get(stored, "FuncCall");
      return b != nullptr && IsPlainCall(a) && IsPlainCall(b) && SameSyntax(Get(a, "funcname"), Get(b, "funcname")) &&
             MatchesList(Get(a, "args"), Get(b, "args"));
    }
    for (const char* node : {"CoalesceExpr", "MinMaxExpr"}) {
      Value a = Get(written, node);
      Value b = Get(stored, node);
      if (a != nullptr && b != nullptr)
        return Text(a, "op") == Text(b, "op") && MatchesList(Get(a, "args"), Get(b, "args"));
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

  bool MatchesList(Value written, Value stored) {
    if (Count(written) != Count(stored)) return false;
    for (std::size_t i = 0; i < Count(written); ++i) {
      if (!Matches(At(written, i), At(stored, i))) return false;
    }
    return true;
  }

  bool MatchesIfAny(Value written, Value stored) {
    return written == nullptr ? stored == nullptr : stored != nullptr && Matches(written, stored);
  }

  bool MatchesCase(Value a, Value b) {
    const auto same_branch = [&](Value written, Value stored) {
      return Matches(Get(Get(written, "CaseWhen"), "expr"), Get(Get(stored, "CaseWhen"), "expr")) &&
             Matches(Get(Get(written, "CaseWhen"), "result"), Get(Get(stored, "CaseWhen"), "result"));
    };
    Value branches = Get(a, "args");
    if (b == nullptr || Count(branches) != Count(Get(b, "args"))) return false;
    for (std::size_t i = 0; i < Count(branches); ++i) {
      if (!same_branch(At(branches, i), At(Get(b, "args"), i))) return false;
    }
    // Without ELSE it is stored with ELSE NULL, of some type.
    return MatchesIfAny(Get(a, "arg"), Get(b, "arg")) && MatchesIfAny(Get(a, "defresult"), Get(b, "defresult"));
  }

  // A cast that both have. Of a constant the server makes another constant, so that only the same one is sure to be it.
  bool MatchesOwnCast(Value a, Value b) {
    return SameSyntax(Get(a, "typeName"), Get(b, "typeName")) && Get(Get(a, "arg"), "A_Const") == nullptr &&
           Matches(Get(a, "arg"), Get(b, "arg"));
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
  bool MatchesCast(Value written, Value cast) {
    Value inner = Get(cast, "arg");
    if (IsArrayType(cast)) return false;
    if (Value constant = Get(written, "A_Const")) {
      Value inner_cast = Get(inner, "TypeCast");
      const bool negative = inner_cast != nullptr && IsNegative(written, inner_cast);
      if (!negative && !SameSyntax(written, inner)) return false;
      if (Get(constant, "sval") != nullptr) return true;
      const std::string_view type = TypeName(cast);
      return (Get(constant, "ival") != nullptr || Get(constant, "fval") != nullptr) &&
             (type == "numeric" || type == "float8" || type == "int8");
    }
    return Get(written, "ColumnRef") != nullptr && SameSyntax(written, inner) && TypeName(cast) == "text" &&
           IsVarchar(written);
  }

  bool IsVarchar(Value column) const {
    Value fields = Get(Get(column, "ColumnRef"), "fields");
    if (Count(fields) != 1) return false;
    const std::string type = column_types_(std::string(StringNode(At(fields, 0))));
    return type.starts_with("character varying") && !type.ends_with("[]");
  }

  bool MatchesOperator(Value a, Value stored) {
    const std::string_view kind = Text(a, "kind");
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
    if (OperatorName(a).empty() || OperatorName(a) != OperatorName(b)) return false;
    return MatchesIfAny(Get(a, "lexpr"), Get(b, "lexpr")) && Matches(Get(a, "rexpr"), Get(b, "rexpr"));
  }

  bool MatchesBetween(Value a, Value stored) {
    Value both = Get(stored, "BoolExpr");
    Value bounds = ListItems(Get(a, "rexpr"));
    if (both == nullptr || Text(both, "boolop") != "AND_EXPR" || Count(Get(both, "args")) != 2 || Count(bounds) != 2) {
      return false;
    }
    const auto side = [&](std::size_t index, std::string_view name) {
      Value comparison = Get(At(Get(both, "args"), index), "A_Expr");
      return comparison != nullptr && OperatorName(comparison) == name && Text(comparison, "kind") == "AEXPR_OP" &&
             Matches(Get(a, "lexpr"), Get(comparison, "lexpr")) && Matches(At(bounds, index), Get(comparison, "rexpr"));
    };
    return side(0, ">=") && side(1, "<=");
  }

  // x IN (a, b) is stored as x = ANY (ARRAY[a, b]) when all of the list are constants; of a varchar x both sides are
  // text.
  bool MatchesIn(Value a, Value b) {
    const bool negated = OperatorName(a) == "<>";
    if (Text(b, "kind") != (negated ? "AEXPR_OP_ALL" : "AEXPR_OP_ANY") || OperatorName(a) != OperatorName(b))
      return false;
    if (!Matches(Get(a, "lexpr"), Get(b, "lexpr"))) return false;
    Value array = Get(b, "rexpr");
    std::string_view element_type;
    if (Value cast = Get(array, "TypeCast")) {
      if (!IsArrayType(cast) || TypeName(cast) != "text" || !IsVarchar(Get(a, "lexpr"))) return false;
      array = Get(cast, "arg");
      element_type = "varchar";
    }
    Value stored_items = Get(Get(array, "A_ArrayExpr"), "elements");
    Value items = ListItems(Get(a, "rexpr"));
    if (items == nullptr || Count(items) < 2 || Count(items) != Count(stored_items)) return false;
    for (std::size_t i = 0; i < Count(items); ++i) {
      if (Get(At(items, i), "A_Const") == nullptr || !Matches(At(items, i), At(stored_items, i))) return false;
      Value cast = Get(At(stored_items, i), "TypeCast");
      if (!element_type.empty() && (cast == nullptr || TypeName(cast) != element_type)) return false;
    }
    return true;
  }

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
  return left != nullptr && right != nullptr && Aligner(column_types).Matches(left, right);
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
