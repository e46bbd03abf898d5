#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "postgres/cluster_folder.h"
#include "postgres/connection.h"
#include "postgres/embedded_server.h"
#include "postgres/server_discovery.h"
#include "postgres_scratch.h"

namespace schemadiff::test::postgres_embedded_server {
namespace {

namespace fs = std::filesystem;

bool Runs(int pid) {
  // A zombie that nobody has waited for yet runs no more.
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string text;
  std::getline(stat, text);
  return !text.empty() && !text.substr(text.rfind(')')).starts_with(") Z");
}

bool EndsSoon(int pid) {
  for (int i = 0; i < 1000 && Runs(pid); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return !Runs(pid);
}

int PidIn(const fs::path& data) {
  std::ifstream file(data / "postmaster.pid");
  int pid = 0;
  file >> pid;
  return pid;
}

std::string Ask(const EmbeddedServer& server, std::string_view sql) {
  auto connection = Connection::Open(server.conninfo());
  REQUIRE_MESSAGE(connection, connection.error().items()[0].ToString());
  const auto rows = connection->Query(sql);
  REQUIRE_MESSAGE(rows, rows.error().items()[0].ToString());
  return std::string(rows->Text(0, 0));
}

TEST_CASE("the embedded server is made, reused while it runs, stopped, and started again") {
  const TempFolder temp;
  const fs::path folder = temp.path / "sub" / "server";
  int pid = 0;
  {
    const EmbeddedServer server = MustStart(folder);
    pid = server.pid();
    CHECK(server.started_here());
    CHECK(Ask(server, "show listen_addresses").empty());
    CHECK(Ask(server, "show fsync") == "on");
    CHECK(Ask(server, "select current_user || ' ' || current_setting('server_encoding')") == "postgres UTF8");
    CHECK((fs::status(folder).permissions() & fs::perms::others_all) == fs::perms::none);
    const EmbeddedServer second = MustStart(folder);
    CHECK_FALSE(second.started_here());
    CHECK(second.pid() == pid);
    CHECK(Ask(second, "select 1") == "1");
  }
  CHECK_FALSE(Runs(pid));
  const auto begin = std::chrono::steady_clock::now();
  const EmbeddedServer again = MustStart(folder, {.scratch = true});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  MESSAGE("started again in " << took.count() << " s");
  CHECK(again.started_here());
  CHECK(Ask(again, "show fsync") == "off");
}

TEST_CASE("the embedded server starts again after it was killed, beside its stale postmaster.pid") {
  const TempFolder temp;
  {
    const EmbeddedServer server = MustStart(temp.path / "server");
    REQUIRE(kill(server.pid(), SIGKILL) == 0);
  }
  REQUIRE(PidIn(temp.path / "server" / "data") > 0);
  const EmbeddedServer server = MustStart(temp.path / "server");
  CHECK(server.started_here());
  CHECK(Ask(server, "select 1") == "1");
}

TEST_CASE("a number in postmaster.pid that is another process by now does not hinder") {
  const TempFolder temp;
  const fs::path data = temp.path / "server" / "data";
  {
    const EmbeddedServer server = MustStart(temp.path / "server");
  }
  std::ofstream(data / "postmaster.pid") << getpid() << "\n" << data.string() << "\n1\n5432\n/tmp\n\n1 1\nready\n";
  CHECK(MustStart(temp.path / "server").started_here());
}

TEST_CASE("the embedded server ends with a process that is killed, unless it is kept") {
  const TempFolder temp;
  const fs::path folder = temp.path / "server";
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    const pid_t child = fork();
    if (child == 0) {
      const auto server = EmbeddedServer::Start(folder, {.keep = keep});
      kill(getpid(), SIGKILL);
    }
    REQUIRE(child > 0);
    waitpid(child, nullptr, 0);
    if (!keep) {
      if (const int pid = PidIn(folder / "data"); pid > 0) CHECK(EndsSoon(pid));
      continue;
    }
    const int pid = PidIn(folder / "data");
    REQUIRE(pid > 0);
    CHECK(Runs(pid));
    const EmbeddedServer found = MustStart(folder);
    CHECK_FALSE(found.started_here());
    CHECK(Ask(found, "select 1") == "1");
    kill(pid, SIGINT);
    CHECK(EndsSoon(pid));
  }
}

TEST_CASE("a long path has its socket elsewhere") {
  const TempFolder temp;
  const fs::path folder = temp.path / std::string(60, 'a') / std::string(60, 'b');
  fs::path socket;
  {
    const EmbeddedServer server = MustStart(folder, {.scratch = true});
    CHECK(Ask(server, "select 1") == "1");
    socket = Ask(server, "show unix_socket_directories");
    if (socket.string().starts_with('"')) socket = socket.string().substr(1, socket.string().size() - 2);
    CHECK(socket.string().size() < 90);
  }
  fs::remove_all(socket);
}

TEST_CASE("root's own folders are out of the server's reach: the cluster is elsewhere, behind a link") {
  if (geteuid() != 0) return;
  const TempFolder temp;
  fs::permissions(temp.path, fs::perms::owner_all);
  const fs::path folder = temp.path / "server";
  {
    const EmbeddedServer server = MustStart(folder, {.scratch = true});
    CHECK(fs::is_symlink(folder));
    CHECK(Ask(server, "select 1") == "1");
    CHECK_FALSE(MustStart(folder).started_here());
  }
  struct stat owner{};
  REQUIRE(stat((folder / "data").c_str(), &owner) == 0);
  CHECK(owner.st_uid != 0);
  fs::remove_all(fs::read_symlink(folder));
}

TEST_CASE("a server that does not start shows its log") {
  const TempFolder temp;
  {
    const EmbeddedServer server = MustStart(temp.path / "server", {.scratch = true});
  }
  std::ofstream(temp.path / "server" / "data" / "postgresql.conf", std::ios::app) << "no_such_setting = 1\n";
  const auto server = EmbeddedServer::Start(temp.path / "server");
  REQUIRE_FALSE(server);
  CHECK(server.error().items()[0].code == ErrorCode::kUnavailable);
  CHECK(server.error().items()[0].message.find("no_such_setting") != std::string::npos);
}

TEST_CASE("SCHEMADIFF_PG_BIN is looked in alone") {
  const char* before = std::getenv("SCHEMADIFF_PG_BIN");
  const std::string saved = before == nullptr ? "" : before;
  setenv("SCHEMADIFF_PG_BIN", "/nowhere", 1);
  const auto found = FindServerBinaries();
  before == nullptr ? unsetenv("SCHEMADIFF_PG_BIN") : setenv("SCHEMADIFF_PG_BIN", saved.c_str(), 1);
  REQUIRE_FALSE(found);
  CHECK(found.error().items()[0].code == ErrorCode::kUnavailable);
  const auto found_again = FindServerBinaries();
  REQUIRE(found_again);
  CHECK(FindServerBinaries(found_again->major)->folder == found_again->folder);
  CHECK_FALSE(FindServerBinaries(9));
}

}  // namespace
}  // namespace schemadiff::test::postgres_embedded_server
