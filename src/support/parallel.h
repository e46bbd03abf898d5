// Work that falls into parts, done by all processors at once.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

namespace schemadiff {

/// The number of processors, at least one. The first call reads a file of the kernel's.
inline std::size_t Processors() {
  static const std::size_t count = std::max(1U, std::thread::hardware_concurrency());
  return count;
}

/// Calls work(begin, end) for all parts, of `size` numbers each, of those below `count`; returns when all are done.
/// What work throws ends the process.
template <typename Work>
void ForEachPart(std::size_t count, std::size_t size, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t begin = next.fetch_add(size); begin < count; begin = next.fetch_add(size)) {
      work(begin, std::min(count, begin + size));
    }
  };
  const std::size_t workers = std::min(Processors(), (count + size - 1) / size);
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < workers; ++i) others.emplace_back(run);
  run();
}

/// Takes a value and frees it in a thread of its own: freeing tens of thousands of objects takes a tenth of a plan's
/// time, and nobody waits for it. It has what processors leave: the process may be about to end.
template <typename T>
class FreedLater {
 public:
  explicit FreedLater(T& value) : value_(value) {}
  FreedLater(const FreedLater&) = delete;
  FreedLater& operator=(const FreedLater&) = delete;
  ~FreedLater() {
    std::thread([value = std::move(value_)] {
      setpriority(PRIO_PROCESS, 0, kLowest);  // Of this thread alone (setpriority(2), "C library/kernel differences").
    }).detach();
  }

 private:
  static constexpr int kLowest = 19;
  T& value_;
};

}  // namespace schemadiff
