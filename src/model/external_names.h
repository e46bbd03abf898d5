// Names that exist in the live database but are not modelled: what extensions brought, and what other schemas hold.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "model/identity.h"

namespace schemadiff {

class ExternalNames {
 public:
  void Add(NameSpace space, std::string_view schema, std::string_view name) {
    names_[static_cast<std::size_t>(space)].insert(Key(schema, name));
  }
  /// What is outside schemas: a server, an extension's wrapper.
  void Add(ObjectId id) { objects_.insert(id); }
  bool Contains(ObjectId id) const { return objects_.contains(id); }

  int version = 0;           ///< server_version_num; 0 without a database, which means the latest.
  std::string current_user;  ///< Who connects; empty without a database.
  std::string database;      ///< The database that is connected to; empty without one.

  bool Contains(NameSpace space, std::string_view schema, std::string_view name) const {
    return names_[static_cast<std::size_t>(space)].contains(Key(schema, name));
  }

 private:
  static std::string Key(std::string_view schema, std::string_view name) {
    return std::string(schema) + '\0' + std::string(name);
  }
  std::unordered_set<std::string> names_[kNameSpaceCount];
  std::unordered_set<ObjectId> objects_;
};

}  // namespace schemadiff
