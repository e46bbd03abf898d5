#include "planner/sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/access.h"
#include "planner/generic_options.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// A storage parameter's value is a word or a number; anything else is quoted.
std::string OptionValue(const std::string& value) {
  const bool plain = !value.empty() && std::ranges::all_of(value, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  return plain ? value : QuoteLiteral(value);
}

std::string ActionName(ForeignKey::Action action) {
  switch (action) {
    case ForeignKey::Action::kNoAction: return "NO ACTION";
    case ForeignKey::Action::kRestrict: return "RESTRICT";
    case ForeignKey::Action::kCascade: return "CASCADE";
    case ForeignKey::Action::kSetNull: return "SET NULL";
    case ForeignKey::Action::kSetDefault: return "SET DEFAULT";
  }
  return {};
}

std::string IndexTail(const std::vector<std::string>& include, const Options& options, const std::string& tablespace) {
  std::string sql;
  if (!include.empty()) sql += " INCLUDE (" + ColumnList(include) + ")";
  sql += WithOptions(options);
  if (!tablespace.empty()) sql += " USING INDEX TABLESPACE " + QuoteIdentifier(tablespace);
  return sql;
}

std::string KeyDefinition(const Key& key) {
  std::string sql = key.primary ? "PRIMARY KEY" : "UNIQUE";
  if (key.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  sql += " (" + ColumnList(key.columns) + (key.without_overlaps ? " WITHOUT OVERLAPS" : "") + ")";
  sql += IndexTail(key.include, key.options, key.tablespace);
  return sql + Deferrability(key.deferrable, key.initially_deferred);
}

std::string CheckDefinition(const Check& check) {
  std::string sql = "CHECK (" + check.expression.Text() + ")";
  if (check.no_inherit) sql += " NO INHERIT";
  if (!check.enforced) return sql + " NOT ENFORCED";
  return sql + (check.valid ? "" : " NOT VALID");
}

std::string ExclusionDefinition(const Exclusion& exclusion) {
  std::string sql = fmt::format("EXCLUDE USING {} ({})", exclusion.access_method, IndexElementList(exclusion.elements));
  sql += IndexTail(exclusion.include, exclusion.options, exclusion.tablespace);
  if (exclusion.predicate) sql += " WHERE (" + exclusion.predicate.Text() + ")";
  return sql + Deferrability(exclusion.deferrable, exclusion.initially_deferred);
}

std::string ForeignKeyDefinition(const ForeignKey& key) {
  const auto columns = [&](std::vector<std::string> names) {
    if (!key.period || names.empty()) return ColumnList(names);
    const std::string last = names.back();
    names.pop_back();
    return ColumnList(names) + ", PERIOD " + QuoteIdentifier(last);
  };
  std::string sql = fmt::format("FOREIGN KEY ({}) REFERENCES {} ({})", columns(key.columns),
                                RelationName(key.referenced), columns(key.referenced_columns));
  if (key.match_full) sql += " MATCH FULL";
  if (key.on_update != ForeignKey::Action::kNoAction) sql += " ON UPDATE " + ActionName(key.on_update);
  if (key.on_delete != ForeignKey::Action::kNoAction) sql += " ON DELETE " + ActionName(key.on_delete);
  if (!key.on_delete_columns.empty()) sql += " (" + ColumnList(key.on_delete_columns) + ")";
  sql += Deferrability(key.deferrable, key.initially_deferred);
  if (!key.enforced) return sql + " NOT ENFORCED";
  return sql + (key.valid ? "" : " NOT VALID");
}

}  // namespace

std::string RelationName(ObjectId id) {
  const bool in_table = id.kind() == ObjectKind::kIndex || id.kind() == ObjectKind::kKey;
  return in_table || !id.parent() ? QuoteQualified(id.schema(), id.name()) : id.ToString();
}

std::string RoleName(const std::string& role) {
  if (role == "public") return "PUBLIC";
  return role == kRunningRole ? "CURRENT_USER" : QuoteIdentifier(role);
}

std::string ColumnList(const std::vector<std::string>& columns) {
  std::vector<std::string> quoted;
  for (const std::string& column : columns) quoted.push_back(QuoteIdentifier(column));
  return Join(quoted, ", ");
}

std::string OptionList(const Options& options) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : options) parts.push_back(fmt::format("{}={}", key, OptionValue(value)));
  return Join(parts, ", ");
}

std::string WithOptions(const Options& options) {
  return options.empty() ? std::string() : " WITH (" + OptionList(options) + ")";
}

std::string IndexElementList(const std::vector<IndexElement>& elements) {
  std::vector<std::string> parts;
  for (const IndexElement& element : elements) {
    std::string sql = element.expression ? "(" + element.expression.Text() + ")" : QuoteIdentifier(element.column);
    if (!element.collation.empty()) sql += " COLLATE " + element.collation;
    if (!element.operator_class.empty()) sql += " " + element.operator_class;
    if (!element.operator_class_options.empty()) sql += " (" + OptionList(element.operator_class_options) + ")";
    if (element.descending) sql += " DESC";
    if (element.nulls_first != element.descending) sql += element.nulls_first ? " NULLS FIRST" : " NULLS LAST";
    if (!element.exclusion_operator.empty()) {
      const bool qualified = element.exclusion_operator.contains('.');
      sql += " WITH " + (qualified ? "OPERATOR(" + element.exclusion_operator + ")" : element.exclusion_operator);
    }
    parts.push_back(std::move(sql));
  }
  return Join(parts, ", ");
}

SequenceParameters DefaultSequenceParameters(std::string_view type, bool descending) {
  SequenceParameters parameters;
  const std::int64_t limit = type == "smallint" ? INT16_MAX : type == "integer" ? INT32_MAX : INT64_MAX;
  parameters.increment = descending ? -1 : 1;
  parameters.min_value = descending ? -limit - 1 : 1;
  parameters.max_value = descending ? -1 : limit;
  parameters.start = descending ? -1 : 1;
  return parameters;
}

std::string SequenceOptions(const SequenceParameters& p, std::string_view type) {
  const SequenceParameters standard = DefaultSequenceParameters(type, p.increment < 0);
  std::vector<std::string> parts;
  if (p.start != (p.increment < 0 ? p.max_value : p.min_value)) parts.push_back(fmt::format("START WITH {}", p.start));
  if (p.increment != 1) parts.push_back(fmt::format("INCREMENT BY {}", p.increment));
  if (p.min_value != standard.min_value) parts.push_back(fmt::format("MINVALUE {}", p.min_value));
  if (p.max_value != standard.max_value) parts.push_back(fmt::format("MAXVALUE {}", p.max_value));
  if (p.cache != 1) parts.push_back(fmt::format("CACHE {}", p.cache));
  if (p.cycle) parts.emplace_back("CYCLE");
  return Join(parts, " ");
}

std::string Deferrability(bool deferrable, bool initially_deferred) {
  if (!deferrable) return {};
  return initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
}

std::string_view EnableWords(Trigger::Enabled enabled) {
  switch (enabled) {
    case Trigger::Enabled::kOrigin: return "ENABLE";
    case Trigger::Enabled::kDisabled: return "DISABLE";
    case Trigger::Enabled::kReplica: return "ENABLE REPLICA";
    case Trigger::Enabled::kAlways: return "ENABLE ALWAYS";
  }
  return {};
}

std::string IdentityClause(const Object& object) {
  const Column& column = object.As<Column>();
  std::string sql =
      fmt::format(" GENERATED {} AS IDENTITY", column.identity == Column::Identity::kAlways ? "ALWAYS" : "BY DEFAULT");
  std::string options = SequenceOptions(column.identity_parameters, column.type.sql);
  const std::string implied =
      QuoteQualified(object.id.schema(), object.id.parent().name() + "_" + object.id.name() + "_seq");
  if (!column.identity_sequence.empty() && column.identity_sequence != implied && object.id.schema() != "pg_temp") {
    options = "SEQUENCE NAME " + column.identity_sequence + (options.empty() ? "" : " ") + options;
  }
  return options.empty() ? sql : sql + " (" + options + ")";
}

std::string NotNullDefinition(const NotNull& not_null, std::string_view column) {
  std::string sql = not_null.name.empty() ? "NOT NULL" : "CONSTRAINT " + QuoteIdentifier(not_null.name) + " NOT NULL";
  if (!column.empty()) sql += " " + QuoteIdentifier(column);
  if (not_null.no_inherit) sql += " NO INHERIT";
  return not_null.valid ? sql : sql + " NOT VALID";
}

std::string ColumnDefinition(const Object& object, const std::vector<const Object*>& folded) {
  const Column& column = object.As<Column>();
  const auto find = [&](ObjectKind kind) -> const Object* {
    const auto found = std::ranges::find(folded, ObjectId::Member(kind, object.id, ""), &Object::id);
    return found == folded.end() ? nullptr : *found;
  };
  // A typed table's column has its type from there.
  std::string sql = QuoteIdentifier(object.id.name());
  if (!column.type.sql.empty()) sql += " " + column.type.sql;
  sql += GenericOptions(column.foreign_options);
  if (!column.compression.empty()) sql += " COMPRESSION " + column.compression;
  if (!column.collation.empty()) sql += " COLLATE " + column.collation;
  if (const Object* value = find(ObjectKind::kColumnDefault)) {
    sql += " DEFAULT " + value->As<ColumnDefault>().expression.Text();
  }
  if (column.generated != Column::Generated::kNone) {
    sql += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.generation_expression.Text(),
                       column.generated == Column::Generated::kStored ? "STORED" : "VIRTUAL");
  }
  if (column.identity != Column::Identity::kNone) sql += IdentityClause(object);
  if (const Object* not_null = find(ObjectKind::kNotNull)) {
    // An identity column is NOT NULL of itself.
    const NotNull& attributes = not_null->As<NotNull>();
    const bool implied = column.identity != Column::Identity::kNone && attributes == NotNull{};
    if (!implied) sql += " " + NotNullDefinition(attributes);
  }
  return sql;
}

std::string ConstraintDefinition(const Object& constraint) {
  std::string sql = "CONSTRAINT " + QuoteIdentifier(constraint.id.name()) + " ";
  if (const Key* key = constraint.If<Key>()) return sql + KeyDefinition(*key);
  if (const Check* check = constraint.If<Check>()) return sql + CheckDefinition(*check);
  if (const Exclusion* exclusion = constraint.If<Exclusion>()) return sql + ExclusionDefinition(*exclusion);
  return sql + ForeignKeyDefinition(constraint.As<ForeignKey>());
}

OptionChanges CompareOptions(const Options& before, const Options& after) {
  OptionChanges changes;
  for (const auto& [key, value] : after) {
    const auto old = before.find(key);
    if (old == before.end() || old->second != value) changes.set[key] = value;
  }
  for (const auto& [key, value] : before) {
    if (!after.contains(key)) changes.reset.push_back(key);
  }
  return changes;
}

std::string AlterRelation(ObjectId relation) {
  const std::string_view kind = relation.kind() == ObjectKind::kMaterializedView ? "MATERIALIZED VIEW"
                                : relation.kind() == ObjectKind::kView           ? "VIEW"
                                : relation.kind() == ObjectKind::kIndex          ? "INDEX"
                                : relation.kind() == ObjectKind::kSequence       ? "SEQUENCE"
                                : relation.kind() == ObjectKind::kForeignTable   ? "FOREIGN TABLE"
                                                                                 : "TABLE";
  return fmt::format("ALTER {} {}", kind, RelationName(relation));
}

// Lists of names are kept as they would be written; an empty name can only be written as a literal.
std::string SettingValue(const std::string& name, const std::string& value) {
  static constexpr auto kNameLists =
      std::to_array<std::string_view>({"local_preload_libraries", "search_path", "session_preload_libraries",
                                       "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories"});
  if (std::ranges::find(kNameLists, name) == kNameLists.end()) return QuoteLiteral(value);
  if (value.empty()) return "''";
  std::string sql;
  bool quoted = false;
  std::string item;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i == value.size() || (value[i] == ',' && !quoted)) {
      sql += item == "\"\"" ? "''" : item;
      item.clear();
      if (i < value.size()) sql += ", ";
      while (i + 1 < value.size() && !quoted && value[i + 1] == ' ') ++i;
      continue;
    }
    if (value[i] == '"') quoted = !quoted;
    item += value[i];
  }
  return sql;
}

}  // namespace schemadiff
