// Canonical form: where the live and the desired schema spell the same thing in two ways, the desired one takes the
// live one's spelling, so that equality is `==`.
#pragma once

#include <string>
#include <vector>

#include "canonical/explanation.h"
#include "catalog/read.h"
#include "model/schema.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The part that needs no server: what the desired state leaves open is taken from the live one, equal syntax trees are
/// equal, and so are the forms that PostgreSQL is known to make of what was written. Whether nothing differs then.
bool AdoptKnownForms(const Schema& live, Schema& desired);

/// The rest: pairs that still differ are spelled by the server itself, in one transaction that is rolled back. The
/// connection must not be in a transaction. `search_path`: under which the desired expressions were written. Returns
/// why the server could not be asked (a standby, a role without TEMP, event triggers); empty when it was, or nothing
/// was left to ask. Errors: kUnavailable, kFailed.
Result<std::string> AdoptServerForms(Connection& connection, const Schema& live, Schema& desired,
                                     const std::vector<std::string>& search_path, Explanation& explanation);

}  // namespace schemadiff
