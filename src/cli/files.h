// Whole files: read at once, written at once or not at all.
#pragma once

#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace schemadiff {

/// Errors: kBadInput, naming the file and the reason.
Result<std::string> ReadFile(const std::string& path);

/// Writes a temporary file beside `path` and renames it, so that nobody ever sees half of it. An existing file keeps
/// its permissions. Devices and pipes are written to directly. Errors: kFailed; the file is as it was.
Result<void> WriteFileAtomically(const std::string& path, std::string_view text);

}  // namespace schemadiff
