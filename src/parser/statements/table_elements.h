// What CREATE TABLE and ALTER TABLE share: adding a column or a constraint to a table.
#pragma once

#include <string>
#include <vector>

#include "parser/interpreter.h"

namespace schemadiff {

/// Adds the column of a ColumnDef with all its inline constraints.
void AddColumn(Interpreter& in, const Statement& statement, ObjectId table, Node definition);

/// Adds the constraint of a Constraint node; a null id when it makes no object. `column` is the one that it stands at.
ObjectId AddConstraint(Interpreter& in, const Statement& statement, ObjectId table, Node constraint, ObjectId column);

/// The sequence of an identity column for which no other name is given.
std::string IdentitySequenceName(const Interpreter& in, ObjectId column);

/// Sets or replaces a column's default.
void SetDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression, std::size_t begin,
                std::size_t end);

/// The columns and constraints of CREATE TABLE.
void AddElements(Interpreter& in, const Statement& statement, ObjectId table, Node elements);

/// CREATE TABLE AS and SELECT INTO, where the columns can be known.
Outcome CreateTableAs(Interpreter& in, const Statement& statement);

/// Waits for the tables that a new one is made from: LIKE copies, partitions and children inherit.
Outcome WaitForParents(Interpreter& in, const Statement& statement);

/// `FOR VALUES ...` or `DEFAULT`, of a PartitionBoundSpec.
Expression PartitionBound(const Statement& statement, Node bound);

/// Copies what LIKE asks for from another table.
Outcome CopyLike(Interpreter& in, const Statement& statement, ObjectId table, Node like_clause);

/// The keys of an index or exclusion constraint; `items` are IndexElem nodes, `ranges` their tokens.
std::vector<IndexElement> IndexElements(Interpreter& in, const Statement& statement, const std::vector<Node>& items,
                                        const std::vector<std::pair<std::size_t, std::size_t>>& ranges, ObjectId table,
                                        std::vector<Edge>& edges);

/// The identity of statistics without a name; `columns` are those that they are on, `expr` for an expression.
ObjectId ImplicitStatisticsId(const Interpreter& in, ObjectId table, const std::vector<std::string>& columns);

/// ALTER INDEX ... ATTACH PARTITION.
Outcome AttachPartitionOfIndex(Interpreter& in, const Statement& statement, ObjectId parent, Node command);

/// The tablespace or access method that a statement gives, or the one that it is read under; empty for the server's
/// own.
std::string TablespaceIn(const Statement& statement, std::string_view given);
std::string AccessMethodIn(const Statement& statement, std::string_view given);

/// Storage parameters: `fillfactor`, `toast.autovacuum_enabled`.
Options ParseOptions(Node def_elems);

/// Edges to columns of a table.
void AddColumnEdges(ObjectId table, const std::vector<std::string>& columns, std::vector<Edge>& edges);

/// The name of a constraint: given, or made as PostgreSQL makes it.
std::string ConstraintName(Interpreter& in, ObjectId table, Node constraint, const std::string& middle,
                           std::string_view label);

/// Makes a column NOT NULL, at a byte offset of the file (-1: at the statement). One that is so stays as it is.
void AddNotNull(Interpreter& in, const Statement& statement, ObjectId column, NotNull attributes = {},
                std::int64_t offset = -1);
/// The same for the columns of a primary key.
void AddNotNull(Interpreter& in, const Statement& statement, ObjectId table, const std::vector<std::string>& columns);
/// The constraint of a table by that name; a null id when there is none.
ObjectId FindConstraint(Interpreter& in, ObjectId table, std::string_view name);
/// The not-null constraint of that name, given or implicit, of a table; a null id when there is none.
ObjectId FindNotNull(Interpreter& in, ObjectId table, std::string_view name);
/// A table or column that is renamed leaves not-null constraints their names.
void KeepNotNullNames(Interpreter& in, ObjectId renamed);

}  // namespace schemadiff
