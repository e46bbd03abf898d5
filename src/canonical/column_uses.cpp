#include "canonical/column_uses.h"

#include <cstring>
#include <unordered_set>

#include "canonical/nodes.h"
#include "canonical/syntax_tree.h"
#include "model/lineage.h"

namespace schemadiff {
namespace {

using enum ObjectKind;

constexpr bool MentionsColumns(ObjectKind kind) {
  return kind == kView || kind == kMaterializedView || kind == kRule || kind == kTrigger || kind == kPolicy ||
         kind == kRoutine;
}

/// The names that stand where columns may.
struct Mentioned {
  std::unordered_set<std::string> names;
  bool all = false;  ///< `*`
};

void Collect(yyjson_val* value, Mentioned& mentioned) {
  std::size_t index = 0;
  std::size_t count = 0;
  yyjson_val* key = nullptr;
  yyjson_val* item = nullptr;
  if (yyjson_is_arr(value)) {
    yyjson_arr_foreach(value, index, count, item) { Collect(item, mentioned); }
    return;
  }
  if (!yyjson_is_obj(value)) return;
  yyjson_obj_foreach(value, index, count, key, item) {
    const char* name = yyjson_get_str(key);
    if (std::strcmp(name, "ColumnRef") == 0) {
      std::size_t at = 0;
      std::size_t fields = 0;
      yyjson_val* field = nullptr;
      yyjson_arr_foreach(nodes::Get(item, "fields"), at, fields, field) {
        if (nodes::Get(field, "A_Star")) mentioned.all = true;
        mentioned.names.emplace(nodes::StringNode(field));
      }
    } else {
      // What INSERT and UPDATE set, and what USING merges.
      if (std::strcmp(name, "ResTarget") == 0) mentioned.names.emplace(nodes::Text(item, "name"));
      if (std::strcmp(name, "usingClause") == 0) {
        std::size_t at = 0;
        std::size_t columns = 0;
        yyjson_val* column = nullptr;
        yyjson_arr_foreach(item, at, columns, column) { mentioned.names.emplace(nodes::StringNode(column)); }
      }
      Collect(item, mentioned);
    }
  }
}

// A query, an expression, what a rule does, or the body of a function.
SyntaxDocument ParseAny(const std::string& text) {
  for (const char* before : {"", "SELECT ", "CREATE RULE r AS ON UPDATE TO t ", "CREATE FUNCTION f() RETURNS int "}) {
    if (SyntaxDocument document = ParseQuery(before + text)) return document;
  }
  return ParseQuery("SELECT");
}

Mentioned MentionedIn(const Object& object) {
  Mentioned mentioned;
  Visit(
      [&](const auto& attributes) {
        if constexpr (HasFields<std::remove_cvref_t<decltype(attributes)>>) {
          ForEachExpression(attributes, [&](const Expression& expression) {
            if (!expression) return;
            const SyntaxDocument document = ParseAny(expression.Text());
            Collect(yyjson_doc_get_root(document.get()), mentioned);
          });
        }
        if constexpr (requires { attributes.update_columns; }) {
          for (const std::string& column : attributes.update_columns) mentioned.names.insert(column);
        }
      },
      object.attributes);
  return mentioned;
}

void AddUses(const Schema& schema, Object& object) {
  std::vector<ObjectId> relations;
  for (const Edge& edge : object.edges) {
    if (HasOwnColumns(edge.target.kind())) relations.push_back(edge.target);
  }
  if (object.id.parent() && HasOwnColumns(object.id.root().kind())) relations.push_back(object.id.root());
  if (relations.empty()) return;
  const Mentioned mentioned = MentionedIn(object);
  const auto add = [&](ObjectId column) {
    if (schema.Contains(column) && !std::ranges::contains(object.edges, column, &Edge::target)) {
      object.edges.push_back({column});
    }
  };
  for (const ObjectId relation : relations) {
    for (const std::string& name : mentioned.names)
      add(TopmostColumn(schema, ObjectId::Member(kColumn, relation, name)));
    if (!mentioned.all) continue;
    for (const Object* member : schema.Members(relation)) {
      if (member->id.kind() == kColumn) add(TopmostColumn(schema, member->id));
    }
  }
}

}  // namespace

void AddColumnUses(Schema& schema) {
  for (auto [id, object] : schema) {
    if (MentionsColumns(id.kind())) AddUses(schema, object);
  }
}

}  // namespace schemadiff
