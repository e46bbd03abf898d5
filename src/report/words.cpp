#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemadiff {
namespace {

constexpr auto kVerbs = std::to_array<Verb>({Verb::kCreate, Verb::kAlter, Verb::kRename, Verb::kReplace, Verb::kDrop});

bool IsControl(char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }

std::string Listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += OneLine(names[i]);
  }
  return out;
}

std::string_view IsOrAre(const std::vector<std::string>& names) { return names.size() == 1 ? "is" : "are"; }

// How long a lock of step `index` on `relation` is held.
std::string HeldFor(const Plan& plan, std::size_t index, const std::string& relation) {
  const int group = plan.steps[index].group;
  for (std::size_t i = index; i < plan.steps.size() && plan.steps[i].group == group; ++i) {
    const Step& step = plan.steps[i];
    const bool rewrites = !step.rewrites.empty();
    const std::vector<std::string>& touched = rewrites ? step.rewrites : step.scans;
    if (touched.empty()) continue;
    const std::string_view done = rewrites ? "rewritten" : "read whole";
    if (i != index) {
      return fmt::format("until step {} is done, in which {} {} {}", i + 1, Listed(touched), IsOrAre(touched), done);
    }
    if (touched.size() == 1 && touched.front() == relation) return fmt::format("while it is {}", done);
    return fmt::format("while {} {} {}", Listed(touched), IsOrAre(touched), done);
  }
  return "for an instant";
}

}  // namespace

std::string HumanCount(std::int64_t count) {
  std::string digits = fmt::format("{}", count);
  const std::ptrdiff_t first = count < 0 ? 1 : 0;
  for (auto at = std::ssize(digits) - 3; at > first; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string HumanBytes(std::int64_t bytes) {
  constexpr auto kUnits = std::to_array<std::string_view>({"bytes", "kB", "MB", "GB", "TB", "PB"});
  std::size_t unit = 0;
  auto value = static_cast<double>(bytes);
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  if (unit == 0 || value >= 10) return fmt::format("{:.0f} {}", value, kUnits[unit]);
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string EstimateText(const Estimate& estimate) {
  std::string out;
  if (estimate.rows >= 0) {
    out = fmt::format("about {} {}", HumanCount(estimate.rows), estimate.rows == 1 ? "row" : "rows");
  }
  if (estimate.bytes >= 0) out += (out.empty() ? "about " : ", ") + HumanBytes(estimate.bytes);
  return out;
}

std::string ServerVersionText(int server_version_num) {
  return fmt::format("{}.{}", server_version_num / 10000, server_version_num % 10000);
}

std::string Plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", HumanCount(static_cast<std::int64_t>(count)), noun, count == 1 ? "" : "s");
}

std::string_view LockMeaning(LockMode mode) {
  switch (mode) {
    case LockMode::kAccessShare: return "readers and writers go on; holds up only what alters or drops it";
    case LockMode::kRowShare: return "readers and writers go on; holds up only what alters or drops it";
    case LockMode::kRowExclusive: return "readers and writers go on; holds up index builds and schema changes";
    case LockMode::kShareUpdateExclusive: return "readers and writers go on; holds up VACUUM and schema changes";
    case LockMode::kShare: return "readers go on; waits for and then stops all writers";
    case LockMode::kShareRowExclusive: return "readers go on; waits for and then stops all writers";
    case LockMode::kExclusive: return "plain reads go on; waits for and then stops all writers and row locks";
    case LockMode::kAccessExclusive: return "waits for and then stops all readers and writers";
  }
  return {};
}

std::string LockText(const Plan& plan, std::size_t step, const Lock& lock) {
  std::string out = fmt::format("{} on {}: {}", Name(lock.mode), OneLine(lock.relation), LockMeaning(lock.mode));
  if (lock.mode >= LockMode::kShareUpdateExclusive) out += ", " + HeldFor(plan, step, lock.relation);
  return out;
}

std::vector<Group> Groups(const Plan& plan) {
  std::vector<Group> out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    if (out.empty() || out.back().number != step.group) {
      out.push_back({.number = step.group, .first = i, .count = 0, .mode = step.transaction});
    }
    ++out.back().count;
  }
  return out;
}

PlanCounts Count(const Plan& plan) {
  PlanCounts counts;
  for (const Step& step : plan.steps) {
    ++counts.verbs[static_cast<std::size_t>(step.verb)];
    for (const Hazard& hazard : step.hazards) {
      ++counts.hazards[hazard.kind];
      if (!hazard.accepted_because.empty()) ++counts.accepted;
    }
  }
  return counts;
}

std::string SummaryLine(const Plan& plan) {
  if (plan.empty()) {
    return fmt::format("no changes: database `{}` has the desired schema", OneLine(plan.database));
  }
  const PlanCounts counts = Count(plan);
  std::string out = "plan: ";
  std::string_view separator;
  for (const Verb verb : kVerbs) {
    const std::size_t count = counts.verbs[static_cast<std::size_t>(verb)];
    if (count == 0) continue;
    out += fmt::format("{}{} to {}", separator, HumanCount(static_cast<std::int64_t>(count)), Name(verb));
    separator = ", ";
  }
  std::size_t total = 0;
  std::string names;
  for (const auto& [kind, count] : counts.hazards) {
    total += count;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", Name(kind));
  }
  if (total == 0) return out + "; no hazards";
  out += fmt::format("; {}: {}", Plural(total, "hazard"), names);
  if (counts.accepted > 0) out += fmt::format(" ({} accepted by annotation)", counts.accepted);
  return out;
}

std::string OneLine(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (IsControl(c)) {
      out += '?';
    } else {
      out += c;
    }
  }
  return out;
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (IsControl(c) && c != '\n' && c != '\t') {
      if (c != '\r') out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace schemadiff
