// Wrong usage, told in the house's words and with what was probably meant.
#pragma once

#include <CLI/CLI.hpp>

#include "support/diagnostic.h"

namespace schemadiff {

/// The message for arguments that `app` refused with `error`; kUsage.
Diagnostic UsageError(const CLI::App& app, const CLI::ParseError& error);

}  // namespace schemadiff
