// Nodes of libpg_query's syntax trees, as JSON has them.
#pragma once

#include <yyjson.h>

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::nodes {

inline yyjson_val* Get(yyjson_val* object, const char* key) { return yyjson_obj_get(object, key); }

inline std::string_view Text(yyjson_val* object, const char* key) {
  const char* text = yyjson_get_str(Get(object, key));
  return text == nullptr ? std::string_view() : std::string_view(text);
}

inline std::string_view StringNode(yyjson_val* item) { return Text(Get(item, "String"), "sval"); }

/// Whether is_meant(name, item) holds for an item of an array, which has no name, or for a member of an object.
template <typename Predicate>
bool AnyItem(yyjson_val* value, const Predicate& is_meant) {
  std::size_t index = 0;
  std::size_t count = 0;
  yyjson_val* key = nullptr;
  yyjson_val* item = nullptr;
  if (yyjson_is_arr(value)) {
    yyjson_arr_foreach(value, index, count, item) {
      if (is_meant(std::string_view(), item)) return true;
    }
  } else if (yyjson_is_obj(value)) {
    yyjson_obj_foreach(value, index, count, key, item) {
      if (is_meant(std::string_view(yyjson_get_str(key), yyjson_get_len(key)), item)) return true;
    }
  }
  return false;
}

inline std::size_t Count(yyjson_val* list) { return yyjson_arr_size(list); }
inline yyjson_val* At(yyjson_val* list, std::size_t index) { return yyjson_arr_get(list, index); }

/// The items of a List node.
inline yyjson_val* ListItems(yyjson_val* node) {
  yyjson_val* list = Get(node, "List");
  return list != nullptr ? Get(list, "items") : nullptr;
}

/// Of a ColumnRef: its names, the last of which may be `*`.
inline std::vector<std::string> FieldsOf(yyjson_val* column_ref) {
  std::vector<std::string> fields;
  std::size_t index = 0;
  std::size_t count = 0;
  yyjson_val* item = nullptr;
  yyjson_arr_foreach(Get(column_ref, "fields"), index, count, item) {
    fields.emplace_back(Get(item, "A_Star") ? "*" : StringNode(item));
  }
  return fields;
}

/// Of an A_Expr: its operator, where it has no schema.
inline std::string_view OperatorName(yyjson_val* expression) {
  yyjson_val* names = Get(expression, "name");
  return Count(names) == 1 ? StringNode(At(names, 0)) : std::string_view();
}

/// Of a TypeCast: the last part of the type's name, without pg_catalog.
inline std::string_view TypeName(yyjson_val* cast) {
  yyjson_val* names = Get(Get(cast, "typeName"), "names");
  return Count(names) == 0 ? std::string_view() : StringNode(At(names, Count(names) - 1));
}

inline bool IsArrayType(yyjson_val* cast) { return Count(Get(Get(cast, "typeName"), "arrayBounds")) > 0; }

}  // namespace schemadiff::nodes
