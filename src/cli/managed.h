// What is managed: the part of both schemas that a plan compares (PRODUCT.md, "What is managed").
#pragma once

#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "cli/pipeline.h"
#include "model/external_names.h"
#include "model/schema.h"

namespace schemadiff {

class Managed {
 public:
  /// `declared_schemas`: those in which the files declare something. `live` tells whom what belongs to.
  Managed(const ManageOptions& options, const std::vector<std::string>& declared_schemas, const Schema& live);

  /// The live state is what files declare, too: there is nothing in it that nobody speaks of.
  void TakeLiveAsDeclared() { live_is_declared_ = true; }
  /// Whether objects of a schema are compared.
  bool HasSchema(const std::string& schema) const;
  /// Adds the names of the live objects that are not compared: they exist when something refers to them.
  void AddUnmanagedNames(const Schema& live, ExternalNames& names) const;
  /// The part of the database that does not depend on what the files declare, beyond the schemas in which they do.
  Scope scope() const;
  /// Takes out of a live schema what is outside the scope. Gives what of that stays as it is.
  std::vector<Object> RestrictToScope(Schema& live) const;
  /// Takes out of both schemas what is not compared; the live one is within the scope already. What stays as it is
  /// (`set_aside` by RestrictToScope, too) is part of both.
  void Restrict(Schema& live, Schema& desired, std::vector<Object> set_aside);
  /// What of a renamed object stays as it is is part of the desired schema, too.
  void KeepOfRenamed(const Schema& live, Schema& desired) const;
  /// Whether the privileges on an object and its members are those that the files amount to.
  bool ManagesPrivileges(ObjectId object) const;
  /// Whether what the files leave open belongs to who runs the plan.
  bool HasExactOwners() const { return Mode(ObjectKind::kOwner) == ManageMode::kExact; }

 private:
  ManageMode Mode(ObjectKind kind) const { return modes_[static_cast<std::size_t>(kind)]; }
  bool IsOff(ObjectId id) const;
  bool IsIgnored(ObjectId id) const;
  bool IsBeside(ObjectId id) const;
  bool IsOutsideScope(ObjectId id) const;
  bool IsOutside(const Object& object, const Schema& live, const Schema& desired) const;
  bool IsDeclared(ObjectId id, const Schema& desired) const;
  void LeaveAsItIs(Object object, Schema& live, Schema& desired) const;

  const ManageOptions& options_;
  bool live_is_declared_ = false;
  std::vector<std::string> schemas_;
  std::array<ManageMode, kObjectKinds> modes_;
  std::unordered_set<ObjectId> of_ignored_owners_;
  std::unordered_set<ObjectId> granted_;  ///< What the files grant or revoke something on.
};

}  // namespace schemadiff
