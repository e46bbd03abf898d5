#include "cli/interrupt.h"

#include <ctime>

namespace schemadiff {

CancelOnSignal::CancelOnSignal(Connection& connection) : connection_(connection) {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

CancelOnSignal::~CancelOnSignal() {
  thread_.request_stop();
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void CancelOnSignal::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const timespec tick{.tv_sec = 0, .tv_nsec = 50'000'000};
    const bool came = sigtimedwait(&signals_, nullptr, &tick) > 0;
    if (came) received_ = true;
    // A tick after the announcement the statement is at the server.
    if (came || pending_.exchange(false)) connection_.Cancel();
  }
}

}  // namespace schemadiff
