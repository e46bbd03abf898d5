// Canonical form: where the live and the desired schema spell the same thing in two ways, the desired one takes the live
// one's spelling, so that equality is `==`.
#pragma once

#include <string>
#include <vector>

#include "catalog/read.h"
#include "model/schema.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

struct CanonicalOptions {
  std::vector<std::string> search_path;  ///< Under which the desired expressions were written.
};

/// Brings `desired` to the canonical form with regard to `live`: what the desired state leaves open is taken from the live
/// one; equal syntax trees are equal; all other pairs are spelled by the server itself, in one transaction that is rolled
/// back. The connection must not be in a transaction. Errors: kUnavailable, kFailed.
Result<void> Canonicalize(Connection& connection, const Schema& live, Schema& desired, const CanonicalOptions& options);

}  // namespace schemadiff
