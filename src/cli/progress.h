// One line on a terminal that says what is being done, for whatever takes longer than half a second.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace schemadiff {

/// Draws on standard error while it lives, and leaves nothing behind but what Print() was given. Nothing else may write
/// there meanwhile.
class Progress {
 public:
  /// Does nothing unless `enabled`: pass whether standard error is a terminal and nobody asked for quiet.
  Progress(std::string what, bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Replaces the text and starts its clock anew. May be called from any thread.
  void Show(std::string what);
  /// Prints a line that stays, enabled or not. May be called from any thread.
  void Print(const std::string& line);

 private:
  void Run();
  void Draw(int frame);

  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string what_;
  std::chrono::steady_clock::time_point since_ = begin_;
  bool stop_ = false;
  bool drawn_ = false;
  std::thread thread_;
};

}  // namespace schemadiff
