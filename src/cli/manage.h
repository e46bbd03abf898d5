// What is managed, as words: the [manage] table and --manage.
#pragma once

#include <optional>
#include <string_view>

#include "cli/pipeline.h"

namespace schemadiff {

/// `off`, `declared`, `exact`; nothing when it is none of them.
std::optional<ManageMode> ParseManageMode(std::string_view word);

/// Applies `--manage LIST`: words separated by commas, each `all`, `KEY=MODE`, or `KEY` for `KEY=exact`. Later words
/// win. Errors: kUsage.
Result<void> ApplyManageList(std::string_view list, ManageOptions& options);

}  // namespace schemadiff
