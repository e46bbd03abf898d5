// What an object's fields speak of when they name columns.
#pragma once

#include "model/object.h"

namespace schemadiff {

/// The relation whose columns the object's expressions and lists name: the one in its field `table`, or else the
/// outermost one that it belongs to.
ObjectId RelationOf(const Object& object);

}  // namespace schemadiff
