// Where text goes: results to standard output, everything else to standard error.
#pragma once

#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace schemadiff {

class Console {
 public:
  /// Colour is used on terminals, unless `no_color`, NO_COLOR or TERM=dumb forbid it.
  Console(bool quiet, bool no_color);

  bool color_out() const { return color_out_; }
  bool error_is_terminal() const { return error_is_terminal_; }
  bool quiet() const { return quiet_; }

  /// Writes a result. Errors: kFailed when standard output takes no more (a full disk, a closed pipe).
  Result<void> Out(std::string_view text) const;
  /// Tells how it goes, on a line of its own; nothing when quiet.
  void Note(std::string_view text) const;
  /// Shows messages, with passwords masked. Warnings are left out when quiet.
  void Show(const Diagnostics& diagnostics) const;
  /// Shows the messages and gives their exit code.
  int Fail(const Diagnostics& diagnostics) const;

 private:
  bool quiet_;
  bool error_is_terminal_;
  bool color_out_;
  bool color_error_;
};

}  // namespace schemadiff
