#include "canonical/syntax_tree.h"

#include <pg_query.h>

#include <cstring>

namespace schemadiff {
namespace {

SyntaxDocument Parse(const std::string& sql) {
  const PgQueryParseResult result = pg_query_parse(sql.c_str());
  SyntaxDocument document(nullptr, yyjson_doc_free);
  if (result.error == nullptr) document.reset(yyjson_read(result.parse_tree, std::strlen(result.parse_tree), 0));
  pg_query_free_parse_result(result);
  return document;
}

bool IsLocation(const char* key) {
  return std::strcmp(key, "location") == 0 || std::strcmp(key, "stmt_len") == 0 ||
         std::strcmp(key, "stmt_location") == 0 || std::strcmp(key, "list_start") == 0 ||
         std::strcmp(key, "list_end") == 0 || std::strcmp(key, "rexpr_list_start") == 0 ||
         std::strcmp(key, "rexpr_list_end") == 0;
}

bool HasStar(yyjson_val* value) {
  std::size_t index = 0;
  std::size_t count = 0;
  yyjson_val* key = nullptr;
  yyjson_val* item = nullptr;
  if (yyjson_is_arr(value)) {
    yyjson_arr_foreach(value, index, count, item) {
      if (HasStar(item)) return true;
    }
  } else if (yyjson_is_obj(value)) {
    yyjson_obj_foreach(value, index, count, key, item) {
      if (std::strcmp(yyjson_get_str(key), "A_Star") == 0 || HasStar(item)) return true;
    }
  }
  return false;
}

}  // namespace

// Members apart from locations; absent and default members are left out by libpg_query alike.
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
  std::size_t compared = 0;
  std::size_t others = 0;
  std::size_t index = 0;
  std::size_t count = 0;
  yyjson_val* key = nullptr;
  yyjson_val* value = nullptr;
  yyjson_obj_foreach(a, index, count, key, value) {
    const char* name = yyjson_get_str(key);
    if (IsLocation(name)) continue;
    ++compared;
    yyjson_val* other = yyjson_obj_get(b, name);
    if (other == nullptr || !SameSyntax(value, other)) return false;
  }
  yyjson_obj_foreach(b, index, count, key, value) {
    if (!IsLocation(yyjson_get_str(key))) ++others;
  }
  return compared == others;
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
