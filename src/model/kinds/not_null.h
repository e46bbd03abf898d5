// NOT NULL of a column. From version 18 a constraint with a name of its own; before, a mark on the column.
#pragma once

#include "model/implicit_names.h"
#include "model/values.h"

namespace schemadiff {

struct NotNull {
  std::string name;         ///< Empty where it is left to the server, and before version 18.
  bool no_inherit = false;  ///< From version 18.
  bool valid = true;        ///< False only from version 18.

  /// A name that neither the files nor the server have is no difference: it is the one given when the column or its
  /// table had another name, or there is none.
  void TakeUnstated(const NotNull& live) {
    if (name.empty() || live.name.empty()) name = live.name;
  }

  /// The name that PostgreSQL gives to that of a column: src/backend/catalog/heap.c, AddRelationNotNullConstraints().
  static std::string ImplicitName(ObjectId id) {
    return MakeObjectName(id.root().name(), id.parent().name(), "not_null");
  }

  bool operator==(const NotNull&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"name", &NotNull::name}, Field{"no_inherit", &NotNull::no_inherit},
                 Field{"valid", &NotNull::valid});
  }
};

}  // namespace schemadiff
