#include "canonical/syntax_tree.h"

#include <pg_query.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "canonical/nodes.h"

namespace schemadiff {
namespace {

SyntaxDocument Parse(const std::string& sql) {
  const PgQueryParseResult result = pg_query_parse(sql.c_str());
  SyntaxDocument document(nullptr, yyjson_doc_free);
  if (result.error == nullptr) document.reset(yyjson_read(result.parse_tree, std::strlen(result.parse_tree), 0));
  pg_query_free_parse_result(result);
  return document;
}

bool IsLocation(yyjson_val* key) {
  static constexpr auto kLocations = std::to_array<std::string_view>(
      {"location", "stmt_len", "stmt_location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end"});
  return std::ranges::contains(kLocations, std::string_view(yyjson_get_str(key), yyjson_get_len(key)));
}

bool HasStar(yyjson_val* value) {
  return nodes::AnyItem(value,
                        [](std::string_view name, yyjson_val* item) { return name == "A_Star" || HasStar(item); });
}

}  // namespace

yyjson_val* NextButLocations(yyjson_obj_iter& members) {
  yyjson_val* key = yyjson_obj_iter_next(&members);
  while (key != nullptr && IsLocation(key)) key = yyjson_obj_iter_next(&members);
  return key;
}

// Members apart from locations: libpg_query writes those of a node in one order, and leaves out what is absent or the
// default.
bool SameSyntax(yyjson_val* a, yyjson_val* b) {
  if (yyjson_get_type(a) != yyjson_get_type(b)) return false;
  if (yyjson_is_arr(a)) {
    if (yyjson_arr_size(a) != yyjson_arr_size(b)) return false;
    yyjson_arr_iter it_a = yyjson_arr_iter_with(a);
    yyjson_arr_iter it_b = yyjson_arr_iter_with(b);
    while (yyjson_val* item = yyjson_arr_iter_next(&it_a)) {
      if (!SameSyntax(item, yyjson_arr_iter_next(&it_b))) return false;
    }
    return true;
  }
  if (!yyjson_is_obj(a)) return yyjson_equals(a, b);
  yyjson_obj_iter it_a = yyjson_obj_iter_with(a);
  yyjson_obj_iter it_b = yyjson_obj_iter_with(b);
  for (;;) {
    yyjson_val* key_a = NextButLocations(it_a);
    yyjson_val* key_b = NextButLocations(it_b);
    if (key_a == nullptr || key_b == nullptr) return key_a == key_b;
    if (!yyjson_equals(key_a, key_b)) return false;
    if (!SameSyntax(yyjson_obj_iter_get_val(key_a), yyjson_obj_iter_get_val(key_b))) return false;
  }
}

SyntaxDocument ParseQuery(const std::string& query) { return Parse(query); }

yyjson_val* FirstStatement(const SyntaxDocument& document) {
  if (!document) return nullptr;
  yyjson_val* statements = yyjson_obj_get(yyjson_doc_get_root(document.get()), "stmts");
  return yyjson_obj_get(yyjson_arr_get_first(statements), "stmt");
}

yyjson_val* ExpressionIn(const SyntaxDocument& document) {
  yyjson_val* targets = yyjson_obj_get(yyjson_obj_get(FirstStatement(document), "SelectStmt"), "targetList");
  return yyjson_obj_get(yyjson_obj_get(yyjson_arr_get_first(targets), "ResTarget"), "val");
}

SyntaxDocument ParseExpression(const std::string& expression) { return Parse("SELECT (" + expression + ")"); }

bool SameQuery(const std::string& a, const std::string& b) {
  const SyntaxDocument left = Parse(a);
  const SyntaxDocument right = Parse(b);
  return left && right && SameSyntax(yyjson_doc_get_root(left.get()), yyjson_doc_get_root(right.get()));
}

bool SelectsStar(const std::string& query) {
  const SyntaxDocument document = Parse(query);
  return document && HasStar(yyjson_doc_get_root(document.get()));
}

}  // namespace schemadiff
