// What the rules of columns share, and those that are not in column.cpp: changes of the type (column_retype.cpp), of
// the identity (column_identity.cpp), and of everything else (column_alter.cpp).
#pragma once

#include <string>

#include "planner/rules.h"

namespace schemadiff {

inline constexpr std::int64_t kSmallTable = 8
                                            << 20;  ///< Below this a scan under a lock is shorter than any way around.
inline constexpr const char* kSmallTableNote = "the table is small: the direct way is the shorter one";

/// `ALTER TABLE t ALTER COLUMN c`.
std::string AlterColumn(ObjectId column);
/// `what` follows that; `back` takes it back.
Action& AlterColumn(const Alteration& alteration, ActionList& actions, const std::string& what,
                    const std::string& back = {});

/// The rows of a foreign table are the server's: they are neither written nor read.
bool HasRows(ObjectId table);
void MarkRewrite(Action& action, ObjectId table, const PlanContext& context);
void MarkScan(Action& action, ObjectId table, const PlanContext& context);

/// Sets NOT NULL on a large table without blocking. With `filled`, the rows were filled by the previous action.
void SetNotNullOnline(const Object& column, const PlanContext& context, ActionList& actions, bool filled);

void SetType(const Alteration& alteration, ActionList& actions);
/// The type itself, or the collation, was made anew under the same name.
void AdaptColumn(const Alteration& alteration, ActionList& actions);
bool ColumnDisplaces(const Alteration& alteration, const Object& dependent);

void SetIdentity(const Alteration& alteration, ActionList& actions);
void DropIdentity(const Alteration& alteration, ActionList& actions);
bool LosesIdentity(const Alteration& alteration);

void SetNotNull(const Alteration& alteration, ActionList& actions);
bool CanAlterGenerated(const Alteration& alteration);
void SetGenerated(const Alteration& alteration, ActionList& actions);
void SetStorage(const Alteration& alteration, ActionList& actions);
void SetCompression(const Alteration& alteration, ActionList& actions);
void SetStatistics(const Alteration& alteration, ActionList& actions);
void SetColumnOptions(const Alteration& alteration, ActionList& actions);

}  // namespace schemadiff
