// Child processes: started without a shell, as another user where asked.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostic.h"

namespace schemadiff {

/// Exit status of a program that cannot be executed.
inline constexpr int kCannotExecute = 127;

struct ProcessUser {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
};

struct SpawnOptions {
  std::optional<ProcessUser> user;  ///< Needs root; without it the caller's own user.
  int input = -1;                   ///< Descriptor for standard input; -1: /dev/null.
  int output = -1;                  ///< Descriptor for standard output and error; -1: /dev/null.
  int errors = -1;                  ///< Descriptor for standard error; -1: where output goes.
  bool in_root = true;              ///< With `/` as its folder, and not that of this process.
  bool own_session = false;         ///< Out of reach of the terminal's Ctrl-C.
  int death_signal = 0;             ///< Sent to the child when the calling thread ends in whatever way; 0: none.
};

/// Starts a program, looked up in PATH unless it holds a slash, with no other open descriptors.
/// A program that cannot be executed ends with kCannotExecute. Errors: kFailed when there is no process to be had.
Result<pid_t> Spawn(const std::vector<std::string>& arguments, const SpawnOptions& options);

struct ProgramOutput {
  int status = 0;      ///< Exit status; 128 and the signal's number when killed by one.
  std::string text;    ///< Standard output and error.
  std::string errors;  ///< Standard error, where it was asked for apart.
};

/// Runs a program to its end.
Result<ProgramOutput> RunProgram(const std::vector<std::string>& arguments,
                                 const std::optional<ProcessUser>& user = std::nullopt);

/// The same in the folder of this process, with something to read and its errors apart.
Result<ProgramOutput> RunFilter(const std::vector<std::string>& arguments, std::string_view input);

}  // namespace schemadiff
