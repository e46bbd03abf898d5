// Parts of partitioned indexes and keys: which PostgreSQL attaches of itself, and which a step has to.
#pragma once

#include "planner/rules.h"

namespace schemadiff {

/// Attaches a part to its partitioned index, unless that takes it when it is created, or its table brings it along when
/// it becomes a partition. `follows`: the part was made by the previous action.
void AttachPart(const Object& part, const PlanContext& context, ActionList& actions, bool follows);
/// For the field `attached_to`.
void SetAttached(const Alteration& alteration, ActionList& actions);
/// There is no way to detach a part.
bool CanSetAttached(const Alteration& alteration);

/// A new partitioned index does not take what is dropped anyway.
void ExcludeFormerParts(Action& action, const Object& whole, const PlanContext& context);

/// The existing partitions of a table that can have parts: there are none on foreign tables.
std::vector<ObjectId> PartitionsOf(ObjectId table, const PlanContext& context);
/// Whether all partitions that are there stay, and have their parts of a partitioned index of the desired state: then
/// nothing is built when it is created.
bool HasAllParts(const Object& whole, const PlanContext& context);
/// What the step that creates it says then.
void TellPartsTaken(Action& action);

/// What the undo of a part needs: the whole, whose undo comes first, takes it along.
std::string_view IfExists(const Object& index);

/// Whether a new partition has parts of its own of indexes that exist: it is made as a table of its own then, and
/// attached once it has them, or PostgreSQL would make others.
bool BringsParts(const Object& table, const PlanContext& context);

}  // namespace schemadiff
