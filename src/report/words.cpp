#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace schemadiff {
namespace {

constexpr auto kVerbs =
    std::to_array<Verb>({Verb::kCreate, Verb::kAlter, Verb::kRename, Verb::kReplace, Verb::kDrop, Verb::kRun});

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

// What a step reads or rewrites: `public.t is rewritten`; empty for neither.
std::string WorkOf(const Step& step) {
  const bool rewrites = !step.rewrites.empty();
  const std::vector<std::string>& touched = rewrites ? step.rewrites : step.scans;
  if (touched.empty()) return {};
  return fmt::format("{} {} {}", Listed(touched), IsOrAre(touched), rewrites ? "rewritten" : "read whole");
}

// How long a lock of step `index` on `relation` is held.
std::string HeldFor(const Plan& plan, std::size_t index, const std::string& relation) {
  const int group = plan.steps[index].group;
  std::size_t last = index;
  for (std::size_t i = index + 1; i < plan.steps.size() && plan.steps[i].group == group; ++i) {
    if (!WorkOf(plan.steps[i]).empty()) last = i;
  }
  const Step& step = plan.steps[index];
  std::string own = WorkOf(step);
  const std::string prefix = OneLine(relation) + " is ";
  if (own.starts_with(prefix)) own = "it is " + own.substr(prefix.size());
  if (last == index) return own.empty() ? "for an instant" : "while " + own;
  const std::string until = fmt::format("until step {} is done, in which {}", last + 1, WorkOf(plan.steps[last]));
  return own.empty() ? until : fmt::format("while {}, and {}", own, until);
}

// What several steps come to for one object: a constraint that is added and validated is created.
Verb WholeVerb(const std::set<Verb>& verbs) {
  if (verbs.contains(Verb::kReplace) || (verbs.contains(Verb::kDrop) && verbs.contains(Verb::kCreate))) {
    return Verb::kReplace;
  }
  for (const Verb verb : {Verb::kCreate, Verb::kDrop, Verb::kRename, Verb::kRun}) {
    if (verbs.contains(verb)) return verb;
  }
  return Verb::kAlter;
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

std::string OccasionText(const Plan& plan) {
  if (plan.from.empty()) {
    return fmt::format("for database `{}` on PostgreSQL {}", OneLine(plan.database),
                       ServerVersionText(plan.postgres_version));
  }
  return fmt::format("from `{}` to `{}` on PostgreSQL {}", OneLine(plan.from), OneLine(plan.to),
                     plan.postgres_version / 10000);
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
  std::string out = fmt::format("{} on {}", Name(lock.mode), OneLine(lock.relation));
  // One that is held already needs no words, unless this step makes it last longer.
  std::size_t first = step;
  LockMode held = lock.mode;
  for (std::size_t i = step; i > 0 && plan.steps[i - 1].group == plan.steps[step].group; --i) {
    for (const Lock& other : plan.steps[i - 1].locks) {
      if (other.relation != lock.relation || other.mode < held) continue;
      first = i - 1;
      held = other.mode;
    }
  }
  if (first != step && WorkOf(plan.steps[step]).empty()) {
    return out + (held == lock.mode ? "" : fmt::format(", under {}", Name(held))) +
           fmt::format(", since step {}", first + 1);
  }
  out += fmt::format(": {}", LockMeaning(lock.mode));
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
  std::map<std::pair<std::string_view, std::string_view>, std::set<Verb>> objects;
  for (const Step& step : plan.steps) {
    objects[{step.object_kind, step.object_name}].insert(step.verb);
    for (const Hazard& hazard : step.hazards) {
      ++counts.hazards[hazard.kind];
      if (!hazard.accepted_because.empty()) ++counts.accepted;
    }
  }
  for (const auto& [name, verbs] : objects) ++counts.verbs[static_cast<std::size_t>(WholeVerb(verbs))];
  return counts;
}

std::string SummaryLine(const Plan& plan) {
  if (plan.empty() && !plan.from.empty()) {
    return fmt::format("no changes: `{}` and `{}` declare the same schema", OneLine(plan.from), OneLine(plan.to));
  }
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
  out += fmt::format(", in {}", Plural(plan.steps.size(), "step"));
  std::size_t total = 0;
  std::string names;
  for (const auto& [kind, count] : counts.hazards) {
    total += count;
    names += fmt::format("{}{} {}", names.empty() ? "" : ", ", count, Name(kind));
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
