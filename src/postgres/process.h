// Child processes: started without a shell, as another user where asked.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "support/diagnostic.h"

namespace schemadiff {

struct ProcessUser {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
};

struct SpawnOptions {
  std::optional<ProcessUser> user;  ///< Needs root; without it the caller's own user.
  int output = -1;                  ///< Descriptor for standard output and error; -1: /dev/null.
  bool own_session = false;         ///< Out of reach of the terminal's Ctrl-C.
  int death_signal = 0;             ///< Sent to the child when the calling thread ends in whatever way; 0: none.
};

/// Starts a program, looked up in PATH unless it holds a slash, with `/` as its folder and no other open descriptors.
/// A program that cannot be executed ends with status 127. Errors: kFailed when there is no process to be had.
Result<pid_t> Spawn(const std::vector<std::string>& arguments, const SpawnOptions& options);

struct ProgramOutput {
  int status = 0;    ///< Exit status; 128 and the signal's number when killed by one.
  std::string text;  ///< Standard output and error.
};

/// Runs a program to its end.
Result<ProgramOutput> RunProgram(const std::vector<std::string>& arguments,
                                 const std::optional<ProcessUser>& user = std::nullopt);

}  // namespace schemadiff
