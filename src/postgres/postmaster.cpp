#include "postgres/postmaster.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

/// Server processes whose folder the cluster is: a postmaster and its children work in their data folder.
std::vector<pid_t> ServerProcesses(const fs::path& data) {
  std::vector<pid_t> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("/proc", none)) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc()) continue;
    if (fs::read_symlink(entry.path() / "cwd", none) != data) continue;
    if (fs::read_symlink(entry.path() / "exe", none).filename() == "postgres") found.push_back(pid);
  }
  return found;
}

}  // namespace

PidFile ReadPidFile(const fs::path& data) {
  std::ifstream file(data / "postmaster.pid");
  PidFile out;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1) std::from_chars(line.data(), line.data() + line.size(), out.pid);
    if (number == 5) out.socket = line;
    if (number == 8) out.status = line.substr(0, line.find(' '));
  }
  return out;
}

bool IsPostmaster(pid_t pid, const fs::path& data) {
  if (pid <= 0) return false;
  std::ifstream file(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
  const std::string command{std::istreambuf_iterator<char>(file), {}};
  return command.contains(std::string("-D") + '\0' + data.string() + '\0');
}

void EndOrphans(const fs::path& data) {
  // SIGQUIT: a server process exits at once. The second round is for one that does not.
  for (const int signal : {SIGQUIT, SIGKILL}) {
    for (const pid_t pid : ServerProcesses(data)) kill(pid, signal);
    for (int i = 0; i < 200; ++i) {
      if (ServerProcesses(data).empty()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

}  // namespace schemadiff
