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

/// Sets or replaces a column's default.
void SetDefault(Interpreter& in, const Statement& statement, ObjectId column, Node expression, std::size_t begin,
                std::size_t end);

/// The columns and constraints of CREATE TABLE.
void AddElements(Interpreter& in, const Statement& statement, ObjectId table, Node elements);

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

/// ALTER INDEX ... ATTACH PARTITION.
Outcome AttachPartitionOfIndex(Interpreter& in, const Statement& statement, ObjectId parent, Node command);

/// Storage parameters: `fillfactor`, `toast.autovacuum_enabled`.
Options ParseOptions(Node def_elems);

/// Edges to columns of a table.
void AddColumnEdges(ObjectId table, const std::vector<std::string>& columns, std::vector<Edge>& edges);

/// The name of a constraint: given, or made as PostgreSQL makes it.
std::string ConstraintName(Interpreter& in, ObjectId table, Node constraint, const std::string& middle,
                           std::string_view label);

/// Marks the columns of a primary key, or of an identity, as NOT NULL.
void MarkNotNull(Interpreter& in, ObjectId table, const std::vector<std::string>& columns);

}  // namespace schemadiff
