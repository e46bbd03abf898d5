// What the walks that follow names have in common: which texts they are for.
#pragma once

#include <unordered_set>

#include "parser/interpreter.h"
#include "parser/stored_texts.h"

namespace schemadiff {

using TextEdit = std::function<std::string(RelationColumns&, const std::string& text, const TextPlace& place)>;

/// A relation and those that have their columns from it, however deep.
std::unordered_set<ObjectId> WithHeirs(const Schema& schema, ObjectId relation);

/// Those and the functions that return their rows.
std::unordered_set<ObjectId> WithReturning(const Schema& schema, std::unordered_set<ObjectId> relations);

/// Whether an object belongs to one of some others, or refers to it.
bool IsAbout(const Object& object, const std::unordered_set<ObjectId>& others);

/// The kinds whose texts may hold queries.
inline constexpr ObjectKind kWithQueries[] = {ObjectKind::kView, ObjectKind::kMaterializedView, ObjectKind::kRule,
                                              ObjectKind::kPolicy, ObjectKind::kRoutine};

/// Replaces the texts of the objects for which is_meant() holds by what edit() makes of each. All are edited before the
/// first is replaced: what one query reads is looked up in others.
void EditTexts(Interpreter& in, const std::function<bool(const Object&)>& is_meant, const TextEdit& edit);
/// The same for those of kWithQueries alone, which is all that this costs.
void EditQueries(Interpreter& in, const std::function<bool(const Object&)>& is_meant, const TextEdit& edit);

}  // namespace schemadiff
