#include "postgres/embedded_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "postgres/cluster_folder.h"
#include "postgres/conninfo.h"
#include "postgres/postmaster.h"
#include "postgres/server_discovery.h"

namespace schemadiff {

struct EmbeddedServer::Impl {
  pid_t pid = 0;
  bool started_here = false;
  std::filesystem::path socket;
  EmbeddedServerOptions options;

  ~Impl();
};

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStartLimit{60};  // Recovery after a crash takes its time.
constexpr seconds kStopLimit{10};
constexpr milliseconds kPoll{5};

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Waits until `done()`; false when the time is over.
template <typename Done>
bool WaitFor(seconds limit, Done done) {
  const auto end = Clock::now() + limit;
  while (!done()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

/// The end of the server's log, for a message.
std::string LogTail(const fs::path& log) {
  const std::string text = Read(log);
  std::size_t at = text.size();
  for (int lines = 0; lines < 6 && at > 0 && at != std::string::npos; ++lines) at = text.rfind('\n', at - 1);
  std::string tail = text.substr(at == std::string::npos ? 0 : at);
  while (!tail.empty() && tail.back() == '\n') tail.pop_back();
  return tail;
}

Result<void> MakeCluster(const ClusterFolder& cluster, const ServerBinaries& binaries) {
  // Renamed when whole, so that one that was interrupted is never taken for a cluster.
  const fs::path half = cluster.folder / "data.new";
  std::error_code error;
  fs::remove_all(half, error);
  // The locale is PostgreSQL's one that every machine has; trust, because the socket's folder is closed to others.
  const auto output = RunProgram({binaries.folder / "initdb", "-D", half, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                                  "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
                                 cluster.user);
  if (!output) return std::unexpected(output.error());
  if (output->status == 0) fs::rename(half, cluster.data(), error);
  if (output->status == 0 && !error) return {};
  return Error(ErrorCode::kUnavailable, fmt::format("`initdb` in `{}` failed: {}", cluster.folder.string(),
                                                    output->status == 0 ? error.message() : output->text));
}

std::vector<std::string> ServerCommand(const ClusterFolder& cluster, const ServerBinaries& binaries, bool scratch) {
  std::vector<std::string> command{binaries.folder / "postgres", "-D", cluster.data()};
  const auto set = [&](std::string_view name, std::string_view value) {
    command.emplace_back("-c");
    command.push_back(fmt::format("{}={}", name, value));
  };
  set("listen_addresses", "");
  // A list whose elements may be quoted.
  set("unix_socket_directories", fmt::format("\"{}\"", cluster.socket.string()));
  set("unix_socket_permissions", "0700");
  set("port", "5432");
  set("logging_collector", "off");
  set("log_destination", "stderr");
  // Whole schemas are created, dropped and dumped in one transaction, with a lock for each relation.
  set("max_locks_per_transaction", "1024");
  // What a client that was killed left running must not keep the server from stopping.
  set("client_connection_check_interval", "1s");
  if (scratch) {
    for (const char* name : {"fsync", "synchronous_commit", "full_page_writes"}) set(name, "off");
  }
  return command;
}

Result<pid_t> StartServer(const ClusterFolder& cluster, const ServerBinaries& binaries,
                          const EmbeddedServerOptions& options) {
  const fs::path log_path = cluster.log();
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (log < 0) {
    return Error(ErrorCode::kUnavailable,
                 fmt::format("cannot write `{}`: {}", log_path.string(), std::strerror(errno)));
  }
  // SIGTERM: stops as soon as the last client has gone, so that another schemadiff at work there is not cut off.
  const auto pid =
      Spawn(ServerCommand(cluster, binaries, options.scratch), {.user = cluster.user,
                                                                .output = log,
                                                                .own_session = true,
                                                                .death_signal = options.keep      ? 0
                                                                                : options.scratch ? SIGQUIT
                                                                                                  : SIGTERM});
  close(log);
  if (!pid) return pid;
  bool ended = false;
  const bool in_time = WaitFor(kStartLimit, [&] {
    int status = 0;
    ended = waitpid(*pid, &status, WNOHANG) == *pid;
    const PidFile file = ReadPidFile(cluster.data());
    return ended || (file.pid == *pid && file.status == "ready");
  });
  if (in_time && !ended) return pid;
  if (!ended) {
    kill(*pid, SIGQUIT);
    waitpid(*pid, nullptr, 0);
  }
  return Error(ErrorCode::kUnavailable,
               fmt::format("the embedded server in `{}` {}:{}", cluster.folder.string(),
                           ended ? "did not start" : "was not ready in a minute", LogTail(log_path)),
               "set right what its log says, or remove the folder to make a new cluster");
}

/// A server of this cluster that runs already. One that is stopping is waited for.
PidFile FindRunning(const ClusterFolder& cluster) {
  PidFile file = ReadPidFile(cluster.data());
  const auto gone = [&] { return !IsPostmaster(file.pid, cluster.data()); };
  const auto settled = [&] {
    file = ReadPidFile(cluster.data());
    return gone() || file.status == "ready";
  };
  if (!gone() && file.status == "starting") WaitFor(kStartLimit, settled);
  if (!gone() && file.status == "stopping" && !WaitFor(kStopLimit, gone)) {
    kill(file.pid, SIGINT);  // A client that stays forever: end its session.
    WaitFor(kStopLimit, gone);
  }
  if (!gone()) return file;
  if (file.pid <= 0) return {};
  // Of a server that was killed. PostgreSQL would refuse to start were the number in use again by the same user.
  EndOrphans(cluster.data());
  std::error_code none;
  fs::remove(cluster.data() / "postmaster.pid", none);
  return {};
}

/// Held while a cluster is made and started, by one schemadiff at a time.
class StartLock {
 public:
  explicit StartLock(const fs::path& folder)
      : descriptor_(open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~StartLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  StartLock(const StartLock&) = delete;
  StartLock& operator=(const StartLock&) = delete;

 private:
  int descriptor_;
};

/// The major of the cluster that is there; 0 when there is none.
int ClusterMajor(const fs::path& data) {
  const std::string text = Read(data / "PG_VERSION");
  int major = 0;
  std::from_chars(text.data(), text.data() + text.size(), major);
  return major;
}

}  // namespace

EmbeddedServer::Impl::~Impl() {
  if (!started_here || options.keep) return;
  const auto gone = [&] { return waitpid(pid, nullptr, WNOHANG) != 0; };
  kill(pid, options.scratch ? SIGQUIT : SIGTERM);
  // Still there: another client is at work; the server ends with it.
  WaitFor(options.scratch ? kStopLimit : seconds{1}, gone);
}

EmbeddedServer::EmbeddedServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EmbeddedServer::~EmbeddedServer() = default;
EmbeddedServer::EmbeddedServer(EmbeddedServer&&) noexcept = default;
EmbeddedServer& EmbeddedServer::operator=(EmbeddedServer&&) noexcept = default;

std::string EmbeddedServer::conninfo(std::string_view database) const {
  return fmt::format("host={} port=5432 user=postgres dbname={}", QuoteConninfoValue(impl_->socket.string()),
                     QuoteConninfoValue(database));
}
int EmbeddedServer::pid() const { return impl_->pid; }
bool EmbeddedServer::started_here() const { return impl_->started_here; }

Result<EmbeddedServer> EmbeddedServer::Start(const fs::path& folder, const EmbeddedServerOptions& options) {
  auto cluster = PrepareClusterFolder(folder);
  if (!cluster) return std::unexpected(cluster.error());
  const StartLock lock(cluster->folder);
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  if (const PidFile running = FindRunning(*cluster); running.pid > 0) {
    impl->pid = running.pid;
    impl->socket = running.socket;
    return EmbeddedServer(std::move(impl));
  }
  const int major = ClusterMajor(cluster->data());
  const auto binaries = FindServerBinaries(major);
  if (!binaries) return std::unexpected(binaries.error());
  if (major == 0) {
    if (const auto made = MakeCluster(*cluster, *binaries); !made) return std::unexpected(made.error());
  }
  const auto pid = StartServer(*cluster, *binaries, options);
  if (!pid) return std::unexpected(pid.error());
  impl->pid = *pid;
  impl->started_here = true;
  impl->socket = cluster->socket;
  return EmbeddedServer(std::move(impl));
}

}  // namespace schemadiff
