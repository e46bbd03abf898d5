// What the rules of columns share, and those that are not in column.cpp: changes of the type (column_retype.cpp), of
// the identity (column_identity.cpp), and of everything else (column_alter.cpp).
#pragma once

#include <string>

#include "planner/rules.h"

namespace schemadiff {

/// `ALTER TABLE t ALTER COLUMN c`.
std::string AlterColumn(ObjectId column);
/// A step without its lock: `what` follows that; `back` takes it back.
Action& AlterColumnStep(const Alteration& alteration, ActionList& actions, const std::string& what,
                        const std::string& back = {});
/// The same with the lock of most forms: ACCESS EXCLUSIVE, on descendants too.
Action& AlterColumn(const Alteration& alteration, ActionList& actions, const std::string& what,
                    const std::string& back = {});

/// The rows of a foreign table are the server's: they are neither written nor read.
bool HasRows(ObjectId table);
void MarkRewrite(Action& action, ObjectId table, const PlanContext& context);
void MarkScan(Action& action, ObjectId table, const PlanContext& context);

void SetType(const Alteration& alteration, ActionList& actions);
/// The type itself, or the collation, was made anew under the same name.
void AdaptColumn(const Alteration& alteration, ActionList& actions);
bool ColumnDisplaces(const Alteration& alteration, const Object& dependent);

void SetIdentity(const Alteration& alteration, ActionList& actions);
/// The sequence behind an identity column; a null id when there is none.
ObjectId IdentitySequence(const Object& column);
/// Before a type that cannot hold the bounds of an identity's sequence these change, and one that the column loses
/// goes; whether there was anything to do.
bool SetIdentityBefore(const Alteration& type_change, ActionList& actions);

bool CanAlterGenerated(const Alteration& alteration);
void SetGenerated(const Alteration& alteration, ActionList& actions);
void SetStorage(const Alteration& alteration, ActionList& actions);
void SetCompression(const Alteration& alteration, ActionList& actions);
void SetStatistics(const Alteration& alteration, ActionList& actions);
void SetColumnOptions(const Alteration& alteration, ActionList& actions);

}  // namespace schemadiff
