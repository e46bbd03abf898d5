#include "support/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace schemadiff {
namespace {

/// Between fork and exec: only what is safe in the child of a program with threads.
[[noreturn]] void Become(char* const* arguments, const SpawnOptions& options, pid_t parent) {
  const int null = open("/dev/null", O_RDWR);
  const int input = options.input >= 0 ? options.input : null;
  const int output = options.output >= 0 ? options.output : null;
  const int errors = options.errors >= 0 ? options.errors : output;
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(kCannotExecute);
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
  if (options.in_root && chdir("/") != 0) _exit(kCannotExecute);
  execvp(arguments[0], arguments);
  _exit(kCannotExecute);
}

std::unexpected<Diagnostics> CannotStart(const std::vector<std::string>& arguments) {
  return Error(ErrorCode::kFailed, fmt::format("cannot start `{}`: {}", arguments[0], std::strerror(errno)));
}

bool Fill(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return lseek(descriptor, 0, SEEK_SET) == 0;
}

std::string ReadToEnd(int descriptor) {
  std::string text;
  std::array<char, 65536> buffer{};
  ssize_t got = 0;
  while ((got = read(descriptor, buffer.data(), buffer.size())) > 0 || (got < 0 && errno == EINTR)) {
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return text;
}

// The output goes through a pipe.
Result<ProgramOutput> Run(const std::vector<std::string>& arguments, SpawnOptions options) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return CannotStart(arguments);
  options.output = ends[1];
  const auto pid = Spawn(arguments, options);
  close(ends[1]);
  ProgramOutput output;
  if (pid) output.text = ReadToEnd(ends[0]);
  close(ends[0]);
  if (!pid) return std::unexpected(pid.error());
  int status = 0;
  while (waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  output.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return output;
}

}  // namespace

Result<pid_t> Spawn(const std::vector<std::string>& arguments, const SpawnOptions& options) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) Become(pointers.data(), options, parent);
  if (pid < 0) return CannotStart(arguments);
  return pid;
}

Result<ProgramOutput> RunProgram(const std::vector<std::string>& arguments, const std::optional<ProcessUser>& user) {
  return Run(arguments, {.user = user});
}

Result<ProgramOutput> RunFilter(const std::vector<std::string>& arguments, std::string_view input) {
  // In memory, so that neither side waits for the other.
  const int in = memfd_create("input", MFD_CLOEXEC);
  const int errors = memfd_create("errors", MFD_CLOEXEC);
  Result<ProgramOutput> output;
  if (in < 0 || errors < 0 || !Fill(in, input)) {
    output = CannotStart(arguments);
  } else {
    output = Run(arguments, {.input = in, .errors = errors, .in_root = false});
  }
  if (output) {
    lseek(errors, 0, SEEK_SET);
    output->errors = ReadToEnd(errors);
  }
  close(in);
  close(errors);
  return output;
}

}  // namespace schemadiff
