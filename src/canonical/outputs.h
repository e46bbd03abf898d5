// What relations return, from files alone: the columns of tables, and those of views as far as their queries tell.
#pragma once

#include <string_view>
#include <unordered_map>

#include "canonical/syntax_tree.h"
#include "canonical/tree_match.h"
#include "model/schema.h"

namespace schemadiff {

class Outputs {
 public:
  explicit Outputs(const Schema& schema) : schema_(schema) {}

  /// The columns of a table or view in their order. A type that does not follow from columns is the text of the
  /// expression, with what it is selected from: the same text is the same type, and nothing is known of another.
  /// Nothing for what the schema does not hold, and for a view that selects everything from such a thing.
  const Columns& Of(ObjectId relation);
  /// The same by name, for whatever kind of relation.
  const Columns& Named(std::string_view schema, std::string_view name);

 private:
  struct Source {
    std::string name;
    Columns columns;
  };

  Columns OfTable(ObjectId table);
  Columns OfQuery(const std::string& query, const std::vector<std::string>& names);
  void AddSource(std::vector<Source>& sources, yyjson_val* item);

  const Schema& schema_;
  std::unordered_map<ObjectId, Columns> known_;
};

}  // namespace schemadiff
