// For tests that need a server: folders that go away, and one scratch cluster for the whole run.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "postgres/connection.h"
#include "postgres/embedded_server.h"

namespace schemadiff {

/// A folder of its own, gone at the end.
struct TempFolder {
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "schemadiff-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
    // mkdtemp() closes it to all others, and the server that root starts is another user.
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_all | perms::group_exec | perms::others_exec);
  }
  ~TempFolder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::filesystem::path path;
};

template <typename T>
T Must(Result<T> result) {
  REQUIRE_MESSAGE(result, result.error().items().front().ToString());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

inline EmbeddedServer MustStart(const std::filesystem::path& folder, const EmbeddedServerOptions& options = {}) {
  return Must(EmbeddedServer::Start(folder, options));
}

/// The run's scratch server; stopped, and its files gone, at the end of the run.
inline EmbeddedServer& ScratchServer() {
  static const TempFolder folder;
  static EmbeddedServer server = MustStart(folder.path / "server", {.scratch = true});
  return server;
}

/// A database of its own on the scratch server, as long as the object lives.
class ScratchDatabase {
 public:
  ScratchDatabase() {
    static int count = 0;
    name_ = fmt::format("scratch_{}", ++count);
    Admin("CREATE DATABASE " + name_);
  }
  ~ScratchDatabase() { Admin("DROP DATABASE " + name_ + " WITH (FORCE)"); }
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  std::string conninfo() const { return ScratchServer().conninfo(name_); }
  Connection Connect() const { return Must(Connection::Open(conninfo())); }
  /// First cell of the last result.
  std::string Ask(std::string_view sql) const {
    Connection connection = Connect();
    const Rows rows = Must(connection.Query(sql));
    return rows.size() == 0 ? std::string() : std::string(rows.Text(0, 0));
  }

 private:
  static void Admin(const std::string& sql) {
    Connection connection = Must(Connection::Open(ScratchServer().conninfo()));
    CHECK(connection.Execute(sql));
  }
  std::string name_;
};

}  // namespace schemadiff
