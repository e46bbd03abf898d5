#include "model/renaming.h"

#include <algorithm>
#include <unordered_set>

#include "model/relation_of.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A type behind a cast, or a function, may be called as the column is.
bool IsOther(const std::string& sql, std::size_t begin, std::size_t end) {
  return (begin >= 2 && sql.compare(begin - 2, 2, "::") == 0) || (end < sql.size() && sql[end] == '(');
}

// Replaces an identifier in SQL as the server prints it; strings are left alone.
std::string ReplaceIdentifier(const std::string& sql, const std::string& from, const std::string& to) {
  std::string out;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == '\'') {
      const std::size_t end = std::min(sql.find('\'', i + 1), sql.size() - 1);
      out += sql.substr(i, end + 1 - i);
      i = end + 1;
    } else if (sql.compare(i, from.size(), from) == 0 && (i == 0 || !IsIdentifierPart(sql[i - 1])) &&
               (i + from.size() >= sql.size() || !IsIdentifierPart(sql[i + from.size()])) &&
               !IsOther(sql, i, i + from.size())) {
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

enum class What : bool { kLists, kListsAndExpressions };

// Lists of columns, and expressions, that speak of the renamed column.
template <What kWhat, typename T>
void RenameColumnIn(T& value, const std::string& from, const std::string& to) {
  if constexpr (std::is_same_v<T, Expression>) {
    if constexpr (kWhat == What::kListsAndExpressions)
      value.sql = ReplaceIdentifier(value.sql, QuoteIdentifier(from), QuoteIdentifier(to));
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    for (std::string& item : value) ReplaceString(item, from, to);
  } else if constexpr (std::is_same_v<T, IndexElement>) {
    ReplaceString(value.column, from, to);
    RenameColumnIn<kWhat>(value.expression, from, to);
  } else if constexpr (std::is_same_v<T, std::vector<IndexElement>>) {
    for (IndexElement& item : value) RenameColumnIn<kWhat>(item, from, to);
  }
}

/// How texts name what is renamed: `app.t`, or of a schema `app.`.
class QualifiedNames {
 public:
  QualifiedNames(ObjectId from, ObjectId to)
      : is_schema_(from.kind() == ObjectKind::kNamespace), from_(TextOf(from)), to_(TextOf(to)) {}

  std::string Replaced(const std::string& sql) const {
    if (sql.find(from_) == std::string::npos) return sql;
    std::string out;
    for (std::size_t i = 0; i < sql.size();) {
      if (sql[i] == '\'') {
        const std::size_t close = std::min(sql.find('\'', i + 1), sql.size() - 1);
        const bool is_name = sql.compare(close + 1, 5, "::reg") == 0 || out.ends_with("nextval(");
        const std::string text = sql.substr(i + 1, close - i - 1);
        out += '\'' + (is_name ? Replaced(text) : text) + '\'';
        i = close + 1;
      } else if (StandsAt(sql, i)) {
        out += to_;
        i += from_.size();
      } else {
        out += sql[i++];
      }
    }
    return out;
  }

  template <typename T>
  void ReplaceIn(T& value) const {
    if constexpr (std::is_same_v<T, Expression> || std::is_same_v<T, DataType>) {
      value.sql = Replaced(value.sql);
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (IsName(value)) value = Replaced(value);
    } else if constexpr (HasFields<T>) {
      ForEachField(value, [&](std::string_view, auto& field) { ReplaceIn(field); });
    } else if constexpr (requires { value.has_value(); }) {
      if (value) ReplaceIn(*value);
    } else if constexpr (requires {
                           typename T::value_type;
                           value.begin();
                         } && !std::is_same_v<T, Options>) {
      for (auto& item : value) ReplaceIn(item);
    }
  }

 private:
  std::string TextOf(ObjectId id) const {
    return is_schema_ ? QuoteIdentifier(id.name()) + "." : QuoteQualified(id.schema(), id.name());
  }

  bool StandsAt(const std::string& sql, std::size_t at) const {
    if (sql.compare(at, from_.size(), from_) != 0) return false;
    const auto goes_on = [&](std::size_t i) { return i < sql.size() && (IsIdentifierPart(sql[i]) || sql[i] == '"'); };
    if (at > 0 && (goes_on(at - 1) || sql[at - 1] == '.')) return false;
    return is_schema_ || !goes_on(at + from_.size());
  }

  // A field that holds nothing but a name: of a collation, an operator class.
  bool IsName(const std::string& text) const {
    if (!is_schema_) return text == from_;
    if (!text.starts_with(from_)) return false;
    const auto [schema, name] = SplitQualified(text);
    return QuoteQualified(schema, name) == text;
  }

  bool is_schema_;
  std::string from_;
  std::string to_;
};

// The text by which expressions name a label of an enum.
std::string LabelText(ObjectId type, const std::string& label) {
  return QuoteLiteral(label) + "::" + QuoteQualified(type.schema(), type.name());
}

template <What kWhat>
void FollowColumnIn(Schema& schema, const std::vector<ObjectId>& columns, const std::string& from) {
  const std::string& to = columns.front().name();
  const std::unordered_set<ObjectId> renamed(columns.begin(), columns.end());
  std::unordered_set<ObjectId> tables;
  for (const ObjectId column : columns) tables.insert(column.root());
  for (auto [id, object] : schema) {
    const ObjectId relation = RelationOf(object);
    const bool own = !renamed.contains(id) && tables.contains(relation);
    const bool others = std::ranges::any_of(object.edges, [&](const Edge& edge) {
      return edge.target.root() != relation && renamed.contains(edge.target);
    });
    if (!own && !others) continue;
    Visit(
        [&](auto& attributes) {
          if constexpr (HasFields<std::remove_reference_t<decltype(attributes)>>) {
            ForEachField(attributes, [&](std::string_view name, auto& field) {
              bool speaks = own || (name != "columns" && name != "on_delete_columns");
              // A foreign key's two lists are of two tables, or of one.
              if constexpr (requires { attributes.referenced; }) {
                if (name == "referenced_columns") speaks = tables.contains(attributes.referenced);
              }
              if (speaks) RenameColumnIn<kWhat>(field, from, to);
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

ObjectId WithAnyArguments(ObjectId id) { return ObjectId::Of(id.kind(), id.schema(), id.name(), "*"); }

// What names something without its arguments means all of that name: whether that was only the renamed one.
bool WasAlone(const Schema& schema, ObjectId from) {
  if (!StandsIn(from.kind(), NameSpace::kRoutine) && !StandsIn(from.kind(), NameSpace::kOperator)) return false;
  return std::ranges::none_of(schema.OfKind(from.kind()), [&](const auto& item) {
    return item.first.schema() == from.schema() && item.first.name() == from.name();
  });
}

}  // namespace

ObjectId RenamedWith(ObjectId id, ObjectId from, ObjectId to) {
  if (id == from) return to;
  if (id.parent()) return id.WithParent(RenamedWith(id.parent(), from, to));
  const bool is_within = from.kind() == ObjectKind::kNamespace && id.schema() == from.name();
  if (!is_within && id.arguments().empty()) return id;
  const std::string arguments = QualifiedNames(from, to).Replaced(id.arguments());
  if (!is_within && arguments == id.arguments()) return id;
  return ObjectId::Of(id.kind(), is_within ? to.name() : id.schema(), id.name(), arguments);
}

void RenameWithMentions(Schema& schema, ObjectId from, ObjectId to) {
  const bool is_schema = from.kind() == ObjectKind::kNamespace;
  std::vector<std::pair<ObjectId, ObjectId>> renames{{from, to}};
  if (is_schema || StandsIn(from.kind(), NameSpace::kType)) {
    for (const auto& [id, object] : schema) {
      if (id.parent() || id == from) continue;
      if (const ObjectId renamed = RenamedWith(id, from, to); renamed != id) renames.emplace_back(id, renamed);
    }
  }
  schema.Rename(renames);
  if (from.parent() || (!is_schema && from.schema().empty())) return;
  const QualifiedNames names(from, to);
  const bool was_alone = WasAlone(schema, from);
  const ObjectId any = WithAnyArguments(from);
  for (auto [id, object] : schema) {
    bool is_mentioned = is_schema;
    for (Edge& edge : object.edges) {
      if (was_alone && edge.target == any) edge.target = WithAnyArguments(to);
      is_mentioned |= edge.target.root() == to || (was_alone && edge.target == WithAnyArguments(to));
    }
    if (!is_mentioned || id.kind() == ObjectKind::kComment || id.kind() == ObjectKind::kSecurityLabel) continue;
    Visit([&](auto& attributes) { names.ReplaceIn(attributes); }, object.attributes);
  }
}

void FollowColumnName(Schema& schema, const std::vector<ObjectId>& columns, const std::string& from) {
  FollowColumnIn<What::kListsAndExpressions>(schema, columns, from);
}

void FollowColumnInLists(Schema& schema, ObjectId column, const std::string& from) {
  FollowColumnIn<What::kLists>(schema, {column}, from);
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
