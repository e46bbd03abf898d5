// A state as a person names it: `schema`, `schema/shop.sql`, `git:main:schema`, the id of a revision.
#pragma once

#include <functional>
#include <memory>

#include "cli/revisions.h"
#include "support/file_tree.h"

namespace schemadiff {

/// Whether the name is that of a database: a URL, or `embedded`.
bool IsDatabase(std::string_view name);

/// The files that declare the state. `option` is what names it, for messages. What is no file may be a revision, by its
/// id or the beginning of it, `head`, or `base` before all of them: `history` reads them. Errors: kUsage for text that
/// names no state, kBadInput for a revision or path in it that there is not, kFailed without git where it is needed.
Result<std::unique_ptr<FileTree>> OpenState(std::string_view option, const std::string& name,
                                            const std::function<Result<History>()>& history);

}  // namespace schemadiff
