// Fragments of SQL that several kinds' rules share. All names are qualified and quoted where needed.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"

namespace schemadiff {

/// `schema.name` of a relation, type or sequence.
std::string RelationName(ObjectId id);
/// A role as statements name it: `PUBLIC`, `CURRENT_USER`, or a quoted name.
std::string RoleName(const std::string& role);
/// Quoted names, joined by commas.
std::string ColumnList(const std::vector<std::string>& columns);
/// `fillfactor=70, toast.autovacuum_enabled=false`, values quoted where needed.
std::string OptionList(const Options& options);
/// ` WITH (...)`, or nothing.
std::string WithOptions(const Options& options);
/// The keys of an index or exclusion constraint, joined by commas, without parentheses.
std::string IndexElementList(const std::vector<IndexElement>& elements);
/// `START WITH 1 INCREMENT BY 1 ...`, only what differs from the default of the type and direction; empty when nothing.
std::string SequenceOptions(const SequenceParameters& parameters, std::string_view type);
/// The parameters that CREATE SEQUENCE gives a type without options.
SequenceParameters DefaultSequenceParameters(std::string_view type, bool descending);
/// ` DEFERRABLE INITIALLY DEFERRED`, or nothing.
std::string Deferrability(bool deferrable, bool initially_deferred);

/// `ENABLE REPLICA`: how a trigger or rule gets into a state.
std::string_view EnableWords(Trigger::Enabled enabled);

/// `name type COLLATE ... NOT NULL ...`: a column as CREATE TABLE and ADD COLUMN have it, with its default and its NOT
/// NULL where they are among `folded`.
std::string ColumnDefinition(const Object& column, const std::vector<const Object*>& folded);
/// ` GENERATED ALWAYS AS IDENTITY (...)`, of an identity column.
std::string IdentityClause(const Object& column);
/// `CONSTRAINT name NOT NULL NO INHERIT`, or with the column's name where a table's constraints stand.
std::string NotNullDefinition(const NotNull& not_null, std::string_view column = {});
/// `CONSTRAINT name PRIMARY KEY (...)` and its like, for keys, checks, exclusion constraints and foreign keys.
std::string ConstraintDefinition(const Object& constraint);
/// `SET a = 1, b = 2` / `RESET (a)` differences of options: what to set and what to reset.
struct OptionChanges {
  Options set;
  std::vector<std::string> reset;
};
OptionChanges CompareOptions(const Options& before, const Options& after);

/// The value of a parameter as the catalogs have it, as it stands behind `SET name TO`.
std::string SettingValue(const std::string& name, const std::string& value);

/// `ALTER TABLE name`, `ALTER MATERIALIZED VIEW name`.
std::string AlterRelation(ObjectId relation);

}  // namespace schemadiff
