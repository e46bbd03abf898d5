// The folder of revision files, `<id>_<slug>.sql` and `<id>_<slug>.down.sql`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "revision/revision.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// All revisions of a folder, in the order of their file names; none when the folder is not there. Errors: kBadInput,
/// one for each file that cannot be read or was cut off, whose name has another id than its header, and for a way back
/// without its revision.
Result<std::vector<Revision>> ReadRevisions(const std::string& folder);

/// SHA-256 in hex of a text; CR LF counts as LF, so that a checkout on another system has the same.
std::string Checksum(std::string_view text);

/// A new id for a moment (seconds since the epoch): its UTC time and four random characters.
std::string NewRevisionId(std::int64_t moment);

/// `<id>_<slug>`, the slug made of the message.
std::string RevisionFileName(const Revision& revision);

}  // namespace schemadiff
