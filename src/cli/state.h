// A state as a person names it: `schema`, `schema/shop.sql`, `git:main:schema`.
#pragma once

#include <memory>

#include "support/file_tree.h"

namespace schemadiff {

/// The files that declare the state. `option` is what names it, for messages. Errors: kUsage for text that names no
/// state, kBadInput for a revision or path in it that there is not, kFailed without git where it is needed.
Result<std::unique_ptr<FileTree>> OpenState(std::string_view option, const std::string& name);

}  // namespace schemadiff
