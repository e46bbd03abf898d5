// OPTIONS (...) of foreign-data objects. All names are quoted where needed.
#pragma once

#include "model/values.h"
#include "planner/secrets.h"

namespace schemadiff {

/// Which values are secrets.
enum class Secrecy : std::uint8_t {
  kNone,
  kAll,   ///< Every one: of wrappers, servers and user mappings.
  kSome,  ///< Those whose name speaks of a password, token, key or credential: of tables.
};

/// ` OPTIONS (name 'value', ...)`, or nothing.
SecretSql GenericOptions(const Options& options, Secrecy secrecy);
/// ` OPTIONS (ADD ..., SET ..., DROP ...)`, or nothing when they are the same.
SecretSql ChangedGenericOptions(const Options& before, const Options& after, Secrecy secrecy);

/// The same for options that hold no secrets: those of columns.
std::string GenericOptions(const Options& options);
std::string ChangedGenericOptions(const Options& before, const Options& after);

}  // namespace schemadiff
