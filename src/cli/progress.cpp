#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "report/words.h"

namespace schemadiff {
namespace {

constexpr std::string_view kFrames = "|/-\\";
constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kTick = std::chrono::milliseconds(120);

std::size_t TerminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

// The first `width` characters (code points).
std::string_view Cut(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool continuation = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    if (!continuation && width-- == 0) break;
  }
  return text.substr(0, at);
}

}  // namespace

Progress::Progress(std::string what, bool enabled) : what_(std::move(what)) {
  if (!enabled) return;
  // Signals are for the thread that works.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread(&Progress::Run, this);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

void Progress::Show(std::string what) {
  const std::lock_guard lock(mutex_);
  what_ = std::move(what);
  since_ = std::chrono::steady_clock::now();
}

void Progress::Print(const std::string& line) {
  const std::lock_guard lock(mutex_);
  fmt::print(stderr, "{}{}\n", drawn_ ? "\r\x1b[K" : "", Printable(line));
}

void Progress::Run() {
  std::unique_lock lock(mutex_);
  if (wake_.wait_until(lock, begin_ + kPatience, [&] { return stop_; })) return;
  for (int frame = 0; !stop_; ++frame) {
    Draw(frame);
    wake_.wait_for(lock, kTick, [&] { return stop_; });
  }
}

void Progress::Draw(int frame) {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - since_;
  const char sign = kFrames[static_cast<std::size_t>(frame) % kFrames.size()];
  const std::string line = fmt::format("{} {}  {:.0f} s", sign, OneLine(what_), passed.count());
  fmt::print(stderr, "\r{}\x1b[K", Cut(line, TerminalWidth() - 1));
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace schemadiff
