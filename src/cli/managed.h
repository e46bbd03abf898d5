// What is managed: the part of both schemas that a plan compares (PRODUCT.md, "What is managed").
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cli/pipeline.h"
#include "model/external_names.h"
#include "model/schema.h"

namespace schemadiff {

class Managed {
 public:
  /// `declared_schemas`: those in which the files declare something.
  Managed(const ManageOptions& options, const std::vector<std::string>& declared_schemas);

  /// Whether objects of a schema are compared.
  bool HasSchema(const std::string& schema) const;
  /// Adds the names of the live objects that are not compared: they exist when something refers to them.
  void AddUnmanagedNames(const Schema& live, ExternalNames& names) const;
  /// The part of the database that does not depend on what the files declare, beyond the schemas in which they do.
  Scope scope() const;
  /// Takes out of a live schema what is outside the scope.
  void RestrictToScope(Schema& live) const;
  /// Takes out of both schemas what is not compared; the live one is within the scope already.
  void Restrict(Schema& live, Schema& desired) const;

 private:
  ManageMode Mode(ObjectKind kind) const { return modes_[static_cast<std::size_t>(kind)]; }
  bool IsOff(ObjectId id) const;
  bool IsIgnored(ObjectId id) const;
  bool IsOutsideScope(ObjectId id) const;
  bool IsOutside(const Object& object, const Schema& desired) const;

  const ManageOptions& options_;
  std::vector<std::string> schemas_;
  std::array<ManageMode, kObjectKinds> modes_;
};

}  // namespace schemadiff
