// Folders of other tools as a history, read-only: flyway, golang-migrate, dbmate, goose, atlas, and plain files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "revision/revision.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// The revisions of a folder in the order in which its tool runs them, each resting on the one before; ids are the
/// tool's versions as the files have them. `file` and `down` have the text of the file with all that is no part of that
/// way as spaces, so that offsets, lines and columns are those of the file; `checksum` is that of the whole file.
///
/// A snapshot that the tool runs in place of earlier files (a baseline of flyway) replaces them. `warnings` takes what
/// the tool passes over, too, and what is left out because it is no SQL.
///
/// Errors: kUsage for another format; kBadInput, all that there are, for a folder or file that cannot be read, a
/// version that two files have, a name or a section that the tool refuses, a way back without its way there.
Result<std::vector<Revision>> ReadOtherRevisions(const std::string& folder, std::string_view format,
                                                 Diagnostics* warnings = nullptr);

/// Whether it is one that flyway runs behind all versions, and again whenever its file changes.
bool IsRepeatable(const Revision& revision);

}  // namespace schemadiff
