// What PostgreSQL does to an expression when it stores it, as far as syntax and the columns' types tell without doubt:
// the common cases, which then need no server. Whatever is in doubt is not aligned.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "canonical/syntax_tree.h"

namespace schemadiff {

/// Trees of expressions by their text: schemas say the same thing in many places.
class SyntaxCache {
 public:
  /// Null when the text does not parse.
  yyjson_val* Expression(const std::string& text);

 private:
  std::unordered_map<std::string, SyntaxDocument> documents_;
};

/// Type of a column as format_type() has it; empty when it is not known.
using ColumnTypes = std::function<std::string(const std::string& column)>;

/// Whether `stored`, as the catalog prints it, is what PostgreSQL makes of `written`:
/// - a string constant is given the type of the column that it stands beside, and a number one of its own family;
/// - a varchar column is read as text;
/// - IN, NOT IN, BETWEEN and LIKE become = ANY, <> ALL, a pair of comparisons, and ~~;
/// - CASE, COALESCE, GREATEST, LEAST, IS DISTINCT FROM and the author's casts stay, around such.
bool StoredAs(SyntaxCache& cache, const std::string& written, const std::string& stored,
              const ColumnTypes& column_types);

/// The same for the default of a column of a type.
bool DefaultStoredAs(SyntaxCache& cache, const std::string& written, const std::string& stored,
                     const std::string& type);

}  // namespace schemadiff
