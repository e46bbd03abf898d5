// The server as the judge of spelling: desired objects, or functions of their conditions, are built in pg_temp, read
// back and rolled back. Nothing is evaluated and nothing remains. The lock on user tables is ACCESS SHARE, and ROW
// EXCLUSIVE where a rule would write to one.
#pragma once

#include <string>
#include <vector>

#include "canonical/explanation.h"
#include "model/schema.h"
#include "postgres/connection.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Whether the server can be asked, and how.
struct Spelling {
  std::string why_not;      ///< Why it cannot: `the server is a standby`; empty when it can.
  bool as_replica = false;  ///< Event triggers are kept from firing by session_replication_role.
};
/// What the connected role may do on the connected server. Errors: kUnavailable, kFailed.
Result<Spelling> CanSpell(Connection& connection);

/// For each candidate (in both schemas, and different): every field that the server spells as the live schema has it
/// takes that spelling in `desired`. What cannot be built refers to something new, and stays different.
Result<void> AdoptServerSpelling(Connection& connection, const Schema& live, Schema& desired,
                                 const std::vector<ObjectId>& candidates, const std::vector<std::string>& search_path,
                                 bool as_replica, Explanation& explanation);

}  // namespace schemadiff
