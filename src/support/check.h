// Checks for bugs, as opposed to errors: a broken precondition ends the process with file and line.
#pragma once

#include <source_location>
#include <string_view>

namespace schemadiff {

[[noreturn]] void CheckFailed(std::string_view what, std::source_location where);

/// Ends the process when `condition` is false. For bugs only; bad input and server errors are Diagnostics.
inline void Ensure(bool condition, std::string_view what,
                   std::source_location where = std::source_location::current()) {
  if (!condition) [[unlikely]]
    CheckFailed(what, where);
}

}  // namespace schemadiff
