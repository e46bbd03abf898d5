#include "postgres/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace schemadiff {
namespace {

constexpr int kCannotExecute = 127;

/// Between fork and exec: only what is safe in the child of a program with threads.
[[noreturn]] void Become(char* const* arguments, const SpawnOptions& options, pid_t parent) {
  const int null = open("/dev/null", O_RDWR);
  const int output = options.output >= 0 ? options.output : null;
  if (dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(kCannotExecute);
  close_range(3, ~0U, 0);
  if (options.own_session) setsid();
  if (options.user) {
    const ProcessUser& user = *options.user;
    if (setgroups(1, &user.gid) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0) _exit(kCannotExecute);
  }
  // After setuid(), which clears it.
  if (options.death_signal != 0) {
    prctl(PR_SET_PDEATHSIG, options.death_signal);
    if (getppid() != parent) _exit(kCannotExecute);
  }
  if (chdir("/") != 0) _exit(kCannotExecute);
  execvp(arguments[0], arguments);
  _exit(kCannotExecute);
}

}  // namespace

Result<pid_t> Spawn(const std::vector<std::string>& arguments, const SpawnOptions& options) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) Become(pointers.data(), options, parent);
  if (pid < 0) {
    return Error(ErrorCode::kFailed, fmt::format("cannot start `{}`: {}", arguments[0], std::strerror(errno)));
  }
  return pid;
}

Result<ProgramOutput> RunProgram(const std::vector<std::string>& arguments, const std::optional<ProcessUser>& user) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error(ErrorCode::kFailed, fmt::format("cannot start `{}`: {}", arguments[0], std::strerror(errno)));
  }
  const auto pid = Spawn(arguments, {.user = user, .output = ends[1]});
  close(ends[1]);
  ProgramOutput output;
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  while (pid && ((got = read(ends[0], buffer.data(), buffer.size())) > 0 || (got < 0 && errno == EINTR))) {
    if (got > 0) output.text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  if (!pid) return std::unexpected(pid.error());
  int status = 0;
  while (waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  output.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return output;
}

}  // namespace schemadiff
