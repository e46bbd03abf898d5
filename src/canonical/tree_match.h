// Whether two syntax trees say the same, when either may be what PostgreSQL printed of the other: without a server, and
// so only what syntax and the columns of relations tell.
#pragma once

#include <yyjson.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/attributes.h"

namespace schemadiff {

/// The columns of a relation by its qualified name, in their order; nothing when they are not known.
using Columns = std::optional<std::vector<ViewColumn>>;
using RelationColumns = std::function<Columns(std::string_view schema, std::string_view name)>;

/// Compares expressions and queries. Apart from casts that PostgreSQL adds to constants, columns and arrays of them, it
/// takes for the same: IN, NOT IN, BETWEEN and LIKE and what they are stored as; a column with and without the name of
/// the one relation that has it; a result with and without the name that it has anyway.
class TreeMatcher {
 public:
  /// `schema`, `relation`: whose columns stand in an expression of its own, where there is one.
  TreeMatcher(RelationColumns columns_a, RelationColumns columns_b, std::string_view schema, std::string_view relation);

  /// Two nodes of the same place.
  bool Same(yyjson_val* a, yyjson_val* b);
  /// Two queries whose results have the names that are given, as far as they are.
  bool SameQuery(yyjson_val* a, const std::vector<std::string>& names_a, yyjson_val* b,
                 const std::vector<std::string>& names_b);

 private:
  /// A relation in FROM: what columns are qualified with, and which it has where that is known.
  struct Source {
    std::string name;
    Columns columns;
  };
  using Scope = std::vector<Source>;

  bool SameMember(std::string_view name, yyjson_val* a, yyjson_val* b);
  bool SameObject(yyjson_val* a, yyjson_val* b);
  bool SameList(yyjson_val* a, yyjson_val* b);
  bool SameSelect(yyjson_val* a, yyjson_val* b);
  bool SameColumn(yyjson_val* a, yyjson_val* b) const;
  bool SameTargets(yyjson_val* a, yyjson_val* b);
  bool SameOperator(yyjson_val* a, yyjson_val* b);
  bool SameBetween(yyjson_val* between, yyjson_val* both);
  bool SameIn(yyjson_val* in, yyjson_val* any);
  bool SameName(yyjson_val* a, yyjson_val* b) const;
  static Scope ScopeOf(yyjson_val* select, const RelationColumns& columns);
  static void AddSource(Scope& scope, yyjson_val* item, const RelationColumns& columns);
  static std::vector<std::string> Resolved(yyjson_val* column_ref, const std::vector<Scope>& scopes);
  static bool MayBeAdded(yyjson_val* cast, const std::vector<Scope>& scopes);
  static bool IsVarchar(yyjson_val* column_ref, const std::vector<Scope>& scopes);

  /// What is symmetrical is written once.
  template <typename Compare>
  bool Swapped(Compare&& compare);

  RelationColumns columns_a_;
  RelationColumns columns_b_;
  std::vector<Scope> scopes_a_;
  std::vector<Scope> scopes_b_;
  yyjson_val* unnamed_ = nullptr;  ///< The results whose names were compared already.
};

/// The name that a result of a query has when none is given (src/backend/parser/parse_target.c, FigureColname).
std::string ResultName(yyjson_val* expression);
/// The name of a result (ResTarget): the given one, or else that.
std::string TargetName(yyjson_val* target);

}  // namespace schemadiff
