#include "model/renaming.h"

#include <algorithm>

#include "model/relation_of.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Replaces an identifier in SQL as the server prints it; strings are left alone.
std::string ReplaceIdentifier(const std::string& sql, const std::string& from, const std::string& to) {
  std::string out;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == '\'') {
      const std::size_t end = std::min(sql.find('\'', i + 1), sql.size() - 1);
      out += sql.substr(i, end + 1 - i);
      i = end + 1;
    } else if (sql.compare(i, from.size(), from) == 0 && (i == 0 || !IsWord(sql[i - 1])) &&
               (i + from.size() >= sql.size() || !IsWord(sql[i + from.size()]))) {
      out += to;
      i += from.size();
    } else {
      out += sql[i++];
    }
  }
  return out;
}

void ReplaceString(std::string& text, const std::string& from, const std::string& to) {
  if (text == from) text = to;
}

// Lists of columns, and expressions, that speak of the renamed column.
template <typename T>
void RenameColumnIn(T& value, const std::string& from, const std::string& to) {
  if constexpr (std::is_same_v<T, Expression>) {
    value.sql = ReplaceIdentifier(value.sql, QuoteIdentifier(from), QuoteIdentifier(to));
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    for (std::string& item : value) ReplaceString(item, from, to);
  } else if constexpr (std::is_same_v<T, IndexElement>) {
    ReplaceString(value.column, from, to);
    RenameColumnIn(value.expression, from, to);
  } else if constexpr (std::is_same_v<T, std::vector<IndexElement>>) {
    for (IndexElement& item : value) RenameColumnIn(item, from, to);
  }
}

// The text by which expressions name a label of an enum.
std::string LabelText(ObjectId type, const std::string& label) {
  return QuoteLiteral(label) + "::" + QuoteQualified(type.schema(), type.name());
}

}  // namespace

void FollowColumnName(Schema& schema, ObjectId column, const std::string& from) {
  for (auto [id, object] : schema) {
    const bool own = id != column && RelationOf(object) == column.root();
    const bool mentions = std::ranges::any_of(object.edges, [&](const Edge& edge) { return edge.target == column; });
    if (!own && !mentions) continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachField(attributes, [&](std::string_view name, auto& field) {
              // A foreign key's two lists are of two tables.
              const bool others = own ? name == "referenced_columns" : name == "columns" || name == "on_delete_columns";
              if (!others) RenameColumnIn(field, from, column.name());
            });
            // What is no member of its table keeps its columns sorted.
            if constexpr (requires {
                            attributes.table;
                            attributes.columns.front().size();
                          }) {
              std::ranges::sort(attributes.columns);
            }
          }
        },
        object.attributes);
  }
}

void FollowLabel(Schema& schema, ObjectId type, const std::string& from, const std::string& to) {
  const std::string old_text = LabelText(type, from);
  for (auto [id, object] : schema) {
    if (std::ranges::none_of(object.edges, [&](const Edge& edge) { return edge.target == type; }) && !id.parent())
      continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachExpression(attributes, [&](Expression& expression) {
              for (std::size_t at = 0; (at = expression.sql.find(old_text, at)) != std::string::npos;) {
                expression.sql.replace(at, old_text.size(), LabelText(type, to));
              }
            });
          }
        },
        object.attributes);
  }
}

}  // namespace schemadiff
