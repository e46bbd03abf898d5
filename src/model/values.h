// The types that attributes are made of, and Field, which names them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/identity.h"
#include "model/options.h"

namespace schemadiff {

/// An attribute of a kind: its stable name and where it is. A kind hands all of them to what its static Fields() is
/// called with: a template, so that nobody pays for a list that he does not read.
template <typename Kind, typename T>
struct Field {
  std::string_view name;
  T Kind::* member;
};
template <typename Kind, typename T>
Field(const char*, T Kind::*) -> Field<Kind, T>;

/// SQL text of an expression or query. PostgreSQL rewrites these when it stores them, so two spellings may mean the
/// same: the canonical stage makes them `==` before they are compared. Empty: there is none.
struct Expression {
  std::string sql;
  std::string written;  ///< The author's spelling, once `sql` is the server's; otherwise empty. Not compared.

  explicit operator bool() const { return !sql.empty(); }
  /// What statements are made of: the author's spelling, which goes on meaning what its author meant when an overload
  /// or a type that the server's spelling names is replaced.
  const std::string& Text() const { return written.empty() ? sql : written; }
  bool operator==(const Expression& other) const { return sql == other.sql; }
};

/// A data type as format_type() writes it under an empty search_path: `integer`, `character varying(20)`, `app.mood[]`.
struct DataType {
  std::string sql;

  /// Whether it is text or one of its like: what has such a type has the database's collation unless it says otherwise.
  /// `name`, domains and an extension's types may have a collation of their own.
  bool HasDatabaseCollation() const;
  bool operator==(const DataType&) const = default;
};

/// Stands in the files for a secret that they do not hold: the database keeps the one it has.
inline constexpr std::string_view kLeftOut = "***";
/// Takes the secrets that are left out from the live state; where that is files as well, either may leave them out.
inline void TakeLeftOut(std::string& value, const std::string& live) {
  if (value == kLeftOut || live == kLeftOut) value = live;
}
inline void TakeLeftOut(Options& options, const Options& live) {
  for (auto& [name, value] : options) {
    if (const auto found = live.find(name); found != live.end()) TakeLeftOut(value, found->second);
  }
}

/// A key of an index or exclusion constraint (manual: CREATE INDEX).
struct IndexElement {
  std::string column;          ///< Unquoted; empty when the key is an expression.
  Expression expression;       ///< Without the outer parentheses.
  std::string collation;       ///< Qualified and quoted; empty for the column's own.
  std::string operator_class;  ///< Qualified and quoted; empty for the type's default.
  Options operator_class_options;
  bool descending = false;
  bool nulls_first = false;
  std::string exclusion_operator;  ///< Of an exclusion constraint only: `=` or `pg_catalog.&&`.

  bool operator==(const IndexElement&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"column", &IndexElement::column}, Field{"expression", &IndexElement::expression},
                 Field{"collation", &IndexElement::collation}, Field{"operator_class", &IndexElement::operator_class},
                 Field{"operator_class_options", &IndexElement::operator_class_options},
                 Field{"descending", &IndexElement::descending}, Field{"nulls_first", &IndexElement::nulls_first},
                 Field{"exclusion_operator", &IndexElement::exclusion_operator});
  }
};

/// Parameters of a sequence, also of the one behind an identity column (manual: CREATE SEQUENCE).
struct SequenceParameters {
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t min_value = 1;
  std::int64_t max_value = INT64_MAX;
  std::int64_t cache = 1;
  bool cycle = false;

  bool operator==(const SequenceParameters&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"start", &SequenceParameters::start}, Field{"increment", &SequenceParameters::increment},
                 Field{"min_value", &SequenceParameters::min_value}, Field{"max_value", &SequenceParameters::max_value},
                 Field{"cache", &SequenceParameters::cache}, Field{"cycle", &SequenceParameters::cycle});
  }
};

/// Calls visit(name, value) for every field of a kind or a struct of values.
template <typename T, typename Visitor>
void ForEachField(T& value, Visitor&& visit) {
  std::remove_const_t<T>::Fields([&](const auto&... field) { (visit(field.name, value.*field.member), ...); });
}

template <typename T>
concept HasFields = requires { T::Fields([](const auto&...) {}); };

/// Appends an unambiguous text of a value: the input of fingerprints and of JSON.
void AppendText(std::string& out, bool value);
void AppendText(std::string& out, std::int64_t value);
void AppendText(std::string& out, const std::string& value);
void AppendText(std::string& out, const Expression& value);
void AppendText(std::string& out, const DataType& value);
void AppendText(std::string& out, ObjectId value);
void AppendText(std::string& out, const Options& value);

template <typename T>
  requires std::is_enum_v<T>
void AppendText(std::string& out, T value) {
  AppendText(out, static_cast<std::int64_t>(value));
}
template <HasFields T>
void AppendText(std::string& out, const T& value);
template <typename T>
void AppendText(std::string& out, const std::vector<T>& value) {
  out += '[';
  for (const auto& item : value) AppendText(out, item);
  out += ']';
}
template <typename T>
void AppendText(std::string& out, const std::optional<T>& value) {
  if (value) AppendText(out, *value);
  out += ';';
}
template <HasFields T>
void AppendText(std::string& out, const T& value) {
  out += '{';
  ForEachField(value, [&](std::string_view, const auto& field) { AppendText(out, field); });
  out += '}';
}

/// Calls visit(expression) for every Expression within a value, however deep.
template <typename T, typename Visitor>
void ForEachExpression(T& value, Visitor&& visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, Expression>) {
    visit(value);
  } else if constexpr (HasFields<Plain>) {
    ForEachField(value, [&](std::string_view, auto& field) { ForEachExpression(field, visit); });
  } else if constexpr (requires {
                         typename Plain::value_type;
                         value.begin();
                       } && !std::is_same_v<Plain, std::string> && !std::is_same_v<Plain, Options>) {
    for (auto& item : value) ForEachExpression(item, visit);
  }
}

}  // namespace schemadiff
