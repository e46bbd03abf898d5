// Tables with parents, in a replay: each holds what it has from them as objects of its own, marked as inherited, as the
// catalogs do (pg_attribute.attinhcount, attislocal). What is not marked stays when they part.
#pragma once

#include "parser/interpreter.h"

namespace schemadiff {

/// Gives a new table what its parents have.
void TakeFromParents(Interpreter& in, ObjectId table);
/// Whether a table may get a parent; reported where it would come to inherit from itself.
bool MayJoin(Interpreter& in, const Statement& statement, std::int64_t offset, ObjectId table, ObjectId parent);
/// A table has got a parent: ATTACH PARTITION, INHERIT.
void JoinParent(Interpreter& in, ObjectId table, ObjectId parent);
/// A table has lost a parent: DETACH PARTITION, NO INHERIT. What it had from there is its own; copies of triggers go.
void LeaveParent(Interpreter& in, ObjectId table, ObjectId parent);
/// Gives a new column, constraint, index or trigger to the table's children, and to theirs.
void HandDown(Interpreter& in, ObjectId member);
/// What the table's children have from it of a member.
std::vector<ObjectId> CopiesOf(Interpreter& in, ObjectId member);

/// Runs a subcommand of ALTER TABLE on a table, and on its children where PostgreSQL does.
Outcome RunWithChildren(Interpreter& in, const Statement& statement, ObjectId table, SubcommandHandler run);

/// Leaves of it, at the end, what files declare.
void FoldIntoParents(Interpreter& in);

}  // namespace schemadiff
