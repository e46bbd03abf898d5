#include "postgres/server_discovery.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "support/process.h"

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

bool HasServer(const fs::path& folder) {
  return access((folder / "initdb").c_str(), X_OK) == 0 && access((folder / "postgres").c_str(), X_OK) == 0;
}

/// From `postgres (PostgreSQL) 17.11 (...)` or `18beta1`; 0 when it does not say so.
int MajorOf(const fs::path& folder) {
  const auto output = RunProgram({folder / "postgres", "--version"});
  if (!output || output->status != 0) return 0;
  constexpr std::string_view kMark = "(PostgreSQL) ";
  const std::string& text = output->text;
  const std::size_t at = text.find(kMark);
  if (at == std::string::npos) return 0;
  int major = 0;
  std::from_chars(text.data() + at + kMark.size(), text.data() + text.size(), major);
  return major;
}

std::vector<fs::path> Candidates() {
  std::vector<fs::path> folders;
  if (auto config = RunProgram({"pg_config", "--bindir"}); config && config->status == 0) {
    std::string line = config->text.substr(0, config->text.find('\n'));
    if (line.starts_with('/')) folders.emplace_back(std::move(line));
  }
  std::vector<std::pair<int, fs::path>> packaged;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
    packaged.emplace_back(std::atoi(entry.path().filename().c_str()), entry.path() / "bin");
  }
  std::ranges::sort(packaged, std::greater());
  for (auto& [major, folder] : packaged) folders.push_back(std::move(folder));
  return folders;
}

}  // namespace

Result<ServerBinaries> FindServerBinaries(int major) {
  const std::string wanted = major > 0 ? fmt::format(" of PostgreSQL {}", major) : "";
  if (const char* given = std::getenv("SCHEMADIFF_PG_BIN"); given != nullptr && *given != '\0') {
    std::error_code none;
    const fs::path folder = fs::absolute(given, none);
    const int found = HasServer(folder) ? MajorOf(folder) : 0;
    if (found > 0 && (major == 0 || found == major)) return ServerBinaries{folder, found};
    const std::string what = found == 0 ? "holds no `initdb` and `postgres` that can be run"
                                        : fmt::format("holds PostgreSQL {}, not {}", found, major);
    return Error(ErrorCode::kUnavailable, fmt::format("SCHEMADIFF_PG_BIN `{}` {}", given, what),
                 "set it to the folder of the server's programs, or unset it");
  }
  for (const fs::path& folder : Candidates()) {
    if (!HasServer(folder)) continue;
    const int found = MajorOf(folder);
    if (found > 0 && (major == 0 || found == major)) return ServerBinaries{folder, found};
  }
  return Error(
      ErrorCode::kUnavailable,
      fmt::format("no server programs{} found: neither `pg_config` nor /usr/lib/postgresql/*/bin has them", wanted),
      fmt::format("install postgresql-{}, or set SCHEMADIFF_PG_BIN to the folder that holds `initdb` and "
                  "`postgres`",
                  major > 0 ? major : 17));
}

}  // namespace schemadiff
