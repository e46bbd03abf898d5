#include "canonical/tree_match.h"

#include <algorithm>
#include <cstring>

#include "canonical/nodes.h"
#include "canonical/syntax_tree.h"

namespace schemadiff {
namespace {

using namespace nodes;  // NOLINT: the vocabulary of this file
using Value = yyjson_val*;

Value Member(Value node, const char* kind) { return yyjson_is_obj(node) ? Get(node, kind) : nullptr; }

bool IsConstant(Value node) {
  if (Member(node, "A_Const")) return true;
  Value cast = Member(node, "TypeCast");
  return cast != nullptr && IsConstant(Get(cast, "arg"));
}

bool IsArrayOfConstants(Value node) {
  if (Value cast = Member(node, "TypeCast")) return IsArrayOfConstants(Get(cast, "arg"));
  Value array = Member(node, "A_ArrayExpr");
  if (array == nullptr) return false;
  std::size_t index = 0;
  std::size_t count = 0;
  Value item = nullptr;
  yyjson_arr_foreach(Get(array, "elements"), index, count, item) {
    if (!IsConstant(item)) return false;
  }
  return true;
}

// Names of types and functions, which are found with pg_catalog in front and without.
std::vector<std::string_view> Unqualified(Value names) {
  std::vector<std::string_view> parts;
  std::size_t index = 0;
  std::size_t count = 0;
  Value item = nullptr;
  yyjson_arr_foreach(names, index, count, item) { parts.push_back(StringNode(item)); }
  if (parts.size() == 2 && parts.front() == "pg_catalog") parts.erase(parts.begin());
  return parts;
}

}  // namespace

std::string ResultName(Value expression) {
  if (Value column = Member(expression, "ColumnRef")) {
    const std::vector<std::string> fields = FieldsOf(column);
    return fields.empty() ? "" : fields.back();
  }
  if (Value call = Member(expression, "FuncCall")) {
    Value names = Get(call, "funcname");
    return Count(names) == 0 ? "" : std::string(StringNode(At(names, Count(names) - 1)));
  }
  if (Value cast = Member(expression, "TypeCast")) {
    std::string name = ResultName(Get(cast, "arg"));
    return name == "?column?" ? std::string(TypeName(cast)) : name;
  }
  if (Value when = Member(expression, "CaseExpr")) {
    std::string name = ResultName(Get(when, "defresult"));
    return Get(when, "defresult") == nullptr || name == "?column?" ? "case" : name;
  }
  if (Member(expression, "CoalesceExpr")) return "coalesce";
  if (Member(expression, "A_ArrayExpr")) return "array";
  if (Member(expression, "RowExpr")) return "row";
  if (Value collate = Member(expression, "CollateClause")) return ResultName(Get(collate, "arg"));
  return "?column?";
}

std::string TargetName(Value target) {
  const std::string_view given = Text(target, "name");
  return given.empty() ? ResultName(Get(target, "val")) : std::string(given);
}

TreeMatcher::TreeMatcher(RelationColumns columns_a, RelationColumns columns_b, std::string_view schema,
                         std::string_view relation)
    : columns_a_(std::move(columns_a)), columns_b_(std::move(columns_b)) {
  if (relation.empty()) return;
  scopes_a_.push_back({{std::string(relation), columns_a_(schema, relation)}});
  scopes_b_.push_back({{std::string(relation), columns_b_(schema, relation)}});
}

template <typename Compare>
bool TreeMatcher::Swapped(Compare&& compare) {
  const auto swap = [&] {
    std::swap(columns_a_, columns_b_);
    std::swap(scopes_a_, scopes_b_);
  };
  swap();
  const bool same = compare();
  swap();
  return same;
}

bool TreeMatcher::Same(Value a, Value b) {
  if (yyjson_get_type(a) != yyjson_get_type(b)) return false;
  if (yyjson_is_arr(a)) return SameList(a, b);
  if (!yyjson_is_obj(a)) return yyjson_equals(a, b);
  Value cast_a = Member(a, "TypeCast");
  Value cast_b = Member(b, "TypeCast");
  if (cast_a && !cast_b) return MayBeAdded(cast_a, scopes_a_) && Same(Get(cast_a, "arg"), b);
  if (cast_b && !cast_a) return MayBeAdded(cast_b, scopes_b_) && Same(a, Get(cast_b, "arg"));
  if (cast_a && cast_b && SameObject(cast_a, cast_b)) return true;
  if (cast_a && cast_b) {
    return (MayBeAdded(cast_a, scopes_a_) && Member(Get(cast_a, "arg"), "TypeCast") && Same(Get(cast_a, "arg"), b)) ||
           (MayBeAdded(cast_b, scopes_b_) && Member(Get(cast_b, "arg"), "TypeCast") && Same(a, Get(cast_b, "arg")));
  }
  if (Value in = Member(a, "A_Expr"), other = Member(b, "A_Expr"); in && other) return SameOperator(in, other);
  if (Value between = Member(a, "A_Expr"), both = Member(b, "BoolExpr"); between && both) {
    return SameBetween(between, both);
  }
  if (Value between = Member(b, "A_Expr"), both = Member(a, "BoolExpr"); between && both) {
    return Swapped([&] { return SameBetween(between, both); });
  }
  if (Value one = Member(a, "ColumnRef"), other = Member(b, "ColumnRef"); one && other) return SameColumn(one, other);
  if (Value one = Member(a, "SelectStmt"), other = Member(b, "SelectStmt"); one && other) return SameSelect(one, other);
  return SameObject(a, b);
}

bool TreeMatcher::SameList(Value a, Value b) {
  if (Count(a) != Count(b)) return false;
  yyjson_arr_iter it_a = yyjson_arr_iter_with(a);
  yyjson_arr_iter it_b = yyjson_arr_iter_with(b);
  while (Value item = yyjson_arr_iter_next(&it_a)) {
    if (!Same(item, yyjson_arr_iter_next(&it_b))) return false;
  }
  return true;
}

bool TreeMatcher::SameMember(std::string_view name, Value a, Value b) {
  if (name == "funcname" || name == "names") return SameName(a, b);
  return name == "targetList" ? SameTargets(a, b) : Same(a, b);
}

bool TreeMatcher::SameObject(Value a, Value b) {
  yyjson_obj_iter it_a = yyjson_obj_iter_with(a);
  yyjson_obj_iter it_b = yyjson_obj_iter_with(b);
  for (;;) {
    Value key_a = NextButLocations(it_a);
    Value key_b = NextButLocations(it_b);
    if (key_a == nullptr || key_b == nullptr) return key_a == key_b;
    if (!yyjson_equals(key_a, key_b)) return false;
    if (!SameMember(yyjson_get_str(key_a), yyjson_obj_iter_get_val(key_a), yyjson_obj_iter_get_val(key_b))) {
      return false;
    }
  }
}

bool TreeMatcher::SameName(Value a, Value b) const { return Unqualified(a) == Unqualified(b); }

bool TreeMatcher::SameTargets(Value a, Value b) {
  if (Count(a) != Count(b)) return false;
  const bool named = a != unnamed_;
  for (std::size_t i = 0; i < Count(a); ++i) {
    Value one = Member(At(a, i), "ResTarget");
    Value other = Member(At(b, i), "ResTarget");
    if (!Same(Get(one, "val"), Get(other, "val"))) return false;
    if (named && TargetName(one) != TargetName(other)) return false;
  }
  return true;
}

bool TreeMatcher::SameOperator(Value a, Value b) {
  const std::string_view kind_a = Text(a, "kind");
  const std::string_view kind_b = Text(b, "kind");
  if (kind_a == "AEXPR_IN" && kind_b != "AEXPR_IN") return SameIn(a, b);
  if (kind_b == "AEXPR_IN" && kind_a != "AEXPR_IN") {
    return Swapped([&] { return SameIn(b, a); });
  }
  const auto plain = [](std::string_view kind) {
    return kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" ? std::string_view("AEXPR_OP") : kind;
  };
  if (plain(kind_a) != plain(kind_b) || !SameName(Get(a, "name"), Get(b, "name"))) return false;
  const auto side = [&](const char* name) {
    Value one = Get(a, name);
    Value other = Get(b, name);
    return one == nullptr || other == nullptr ? one == other : Same(one, other);
  };
  return side("lexpr") && side("rexpr");
}

bool TreeMatcher::SameBetween(Value between, Value both) {
  Value bounds = ListItems(Get(between, "rexpr"));
  if (Text(between, "kind") != "AEXPR_BETWEEN" || Text(both, "boolop") != "AND_EXPR") return false;
  if (Count(Get(both, "args")) != 2 || Count(bounds) != 2) return false;
  const auto side = [&](std::size_t index, std::string_view name) {
    Value comparison = Member(At(Get(both, "args"), index), "A_Expr");
    return comparison != nullptr && OperatorName(comparison) == name && Text(comparison, "kind") == "AEXPR_OP" &&
           Same(Get(between, "lexpr"), Get(comparison, "lexpr")) && Same(At(bounds, index), Get(comparison, "rexpr"));
  };
  return side(0, ">=") && side(1, "<=");
}

// x IN (a, b) is stored as x = ANY (ARRAY[a, b]).
bool TreeMatcher::SameIn(Value in, Value any) {
  const bool negated = OperatorName(in) == "<>";
  if (Text(any, "kind") != (negated ? "AEXPR_OP_ALL" : "AEXPR_OP_ANY")) return false;
  if (OperatorName(in) != OperatorName(any) || !Same(Get(in, "lexpr"), Get(any, "lexpr"))) return false;
  Value array = Get(any, "rexpr");
  while (Value cast = Member(array, "TypeCast")) array = Get(cast, "arg");
  Value elements = Get(Member(array, "A_ArrayExpr"), "elements");
  Value items = ListItems(Get(in, "rexpr"));
  return items != nullptr && elements != nullptr && SameList(items, elements);
}

void TreeMatcher::AddSource(Scope& scope, Value item, const RelationColumns& columns) {
  if (Value join = Member(item, "JoinExpr")) {
    AddSource(scope, Get(join, "larg"), columns);
    AddSource(scope, Get(join, "rarg"), columns);
    return;
  }
  if (Value range = Member(item, "RangeVar")) {
    const std::string_view alias = Text(Get(range, "alias"), "aliasname");
    scope.push_back({std::string(alias.empty() ? Text(range, "relname") : alias),
                     columns(Text(range, "schemaname"), Text(range, "relname"))});
    return;
  }
  for (const char* kind : {"RangeSubselect", "RangeFunction", "RangeTableFunc"}) {
    if (Value range = Member(item, kind)) {
      scope.push_back({std::string(Text(Get(range, "alias"), "aliasname")), std::nullopt});
      return;
    }
  }
  scope.push_back({});
}

TreeMatcher::Scope TreeMatcher::ScopeOf(Value select, const RelationColumns& columns) {
  Scope scope;
  std::size_t index = 0;
  std::size_t count = 0;
  Value item = nullptr;
  yyjson_arr_foreach(Get(select, "fromClause"), index, count, item) { AddSource(scope, item, columns); }
  return scope;
}

bool TreeMatcher::SameSelect(Value a, Value b) {
  scopes_a_.push_back(ScopeOf(a, columns_a_));
  scopes_b_.push_back(ScopeOf(b, columns_b_));
  const bool same = SameObject(a, b);
  scopes_a_.pop_back();
  scopes_b_.pop_back();
  return same;
}

// With the name of the relation in front: of the only one that there is, or the only one that has such a column.
std::vector<std::string> TreeMatcher::Resolved(Value column_ref, const std::vector<Scope>& scopes) {
  std::vector<std::string> fields = FieldsOf(column_ref);
  if (fields.size() != 1) return fields;
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    const auto has = [&](const Source& source) {
      return !source.columns || std::ranges::contains(*source.columns, fields.front(), &ViewColumn::name);
    };
    const auto owners = std::ranges::count_if(*scope, has);
    if (owners == 0) continue;
    if (owners == 1) fields.insert(fields.begin(), std::ranges::find_if(*scope, has)->name);
    return fields;
  }
  return fields;
}

// What PostgreSQL casts by itself: constants to the type that their place asks for, arrays of them, and columns of
// varchar to text.
bool TreeMatcher::MayBeAdded(Value cast, const std::vector<Scope>& scopes) {
  Value inner = Get(cast, "arg");
  if (IsConstant(inner) || IsArrayOfConstants(inner)) return true;
  Value column = Member(inner, "ColumnRef");
  return column != nullptr && TypeName(cast) == "text" && !IsArrayType(cast) && IsVarchar(column, scopes);
}

bool TreeMatcher::IsVarchar(Value column_ref, const std::vector<Scope>& scopes) {
  const std::vector<std::string> fields = Resolved(column_ref, scopes);
  if (fields.size() != 2) return false;
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    const auto source = std::ranges::find(*scope, fields.front(), &Source::name);
    if (source == scope->end()) continue;
    if (!source->columns) return false;
    const auto column = std::ranges::find(*source->columns, fields.back(), &ViewColumn::name);
    if (column == source->columns->end()) return false;
    const std::string& type = column->type.sql;
    return type.starts_with("character varying") && !type.ends_with("[]");
  }
  return false;
}

bool TreeMatcher::SameColumn(Value a, Value b) const {
  const std::vector<std::string> one = FieldsOf(a);
  const std::vector<std::string> other = FieldsOf(b);
  if (one.size() == other.size()) return one == other;
  return Resolved(a, scopes_a_) == Resolved(b, scopes_b_);
}

bool TreeMatcher::SameQuery(Value a, const std::vector<std::string>& names_a, Value b,
                            const std::vector<std::string>& names_b) {
  if (names_a.empty() && names_b.empty()) return Same(a, b);
  Value one = Member(a, "SelectStmt");
  Value other = Member(b, "SelectStmt");
  // The names of a union are those of its first part.
  if (one == nullptr || other == nullptr || Get(one, "larg") || Get(other, "larg")) return false;
  Value targets_a = Get(one, "targetList");
  Value targets_b = Get(other, "targetList");
  if (Count(targets_a) != Count(targets_b)) return false;
  const auto name = [](Value targets, std::size_t index, const std::vector<std::string>& names) {
    if (index < names.size()) return names[index];
    return TargetName(Member(At(targets, index), "ResTarget"));
  };
  for (std::size_t i = 0; i < Count(targets_a); ++i) {
    if (name(targets_a, i, names_a) != name(targets_b, i, names_b)) return false;
  }
  unnamed_ = targets_a;
  const bool same = Same(a, b);
  unnamed_ = nullptr;
  return same;
}

}  // namespace schemadiff
