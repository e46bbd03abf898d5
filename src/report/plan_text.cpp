#include "report/plan_text.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "report/words.h"

namespace schemadiff {
namespace {

constexpr std::string_view kBold = "1";
constexpr std::string_view kDim = "2";
constexpr std::string_view kRed = "31";
constexpr std::string_view kGreen = "32";
constexpr std::string_view kYellow = "33";
constexpr std::string_view kCyan = "36";

std::string_view Sign(Verb verb) {
  switch (verb) {
    case Verb::kCreate: return "+";
    case Verb::kAlter: return "~";
    case Verb::kRename: return "~";
    case Verb::kReplace: return "±";
    case Verb::kDrop: return "-";
    case Verb::kRun: return ">";
  }
  return "";
}

std::string_view VerbColor(Verb verb) {
  if (verb == Verb::kCreate) return kGreen;
  return verb == Verb::kDrop ? kRed : kYellow;
}

// Of a member, its name within what the heading names.
std::string_view ShortName(const Step& step) {
  std::string_view name = step.object_name;
  const std::string& owner = step.owner_name;
  if (name.size() > owner.size() + 1 && name.starts_with(owner) && name[owner.size()] == '.') {
    name.remove_prefix(owner.size() + 1);
  }
  return name;
}

class Writer {
 public:
  Writer(const Plan& plan, const TextOptions& options) : plan_(plan), options_(options) {}

  std::string Write() {
    Heading();
    std::string_view revision;
    for (const std::vector<std::size_t>& steps : ByOwner()) {
      const Step& first = plan_.steps[steps.front()];
      if (first.revision != revision)
        out_ += fmt::format("\n{}\n", Paint(kBold, "revision " + OneLine(first.revision)));
      revision = first.revision;
      out_ += fmt::format("\n{}\n", Paint(kBold, OneLine(first.owner_name)));
      for (const std::size_t step : steps) WriteStep(step);
    }
    if (!plan_.empty()) Transactions();
    if (!out_.empty()) out_ += '\n';
    out_ += Paint(kBold, SummaryLine(plan_)) + '\n';
    return std::move(out_);
  }

 private:
  std::string Paint(std::string_view code, std::string_view text) const {
    if (!options_.color) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  void Heading() {
    if (!plan_.empty()) out_ += fmt::format("plan {}\n", OccasionText(plan_));
    for (const std::string& note : plan_.notes) out_ += fmt::format("note: {}\n", OneLine(note));
  }

  std::vector<std::vector<std::size_t>> ByOwner() const {
    std::vector<std::vector<std::size_t>> out;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const auto [place, is_new] = places.try_emplace({plan_.steps[i].revision, plan_.steps[i].owner_name}, out.size());
      if (is_new) out.emplace_back();
      out[place->second].push_back(i);
    }
    return out;
  }

  void WriteStep(std::size_t index) {
    const Step& step = plan_.steps[index];
    const std::string where =
        step.transaction == TransactionMode::kNone ? "no transaction" : fmt::format("transaction {}", step.group);
    out_ += fmt::format("{:>4} {} {} {}  {}\n", index + 1, Paint(VerbColor(step.verb), Sign(step.verb)),
                        Paint(VerbColor(step.verb), fmt::format("{} {}", Name(step.verb), step.object_kind)),
                        OneLine(ShortName(step)), Paint(kDim, fmt::format("({}, {})", Name(step.phase), where)));
    for (const std::string& sql : step.sql) Sql(sql);
    for (const Lock& lock : step.locks) Field("lock", LockText(plan_, index, lock));
    Cost(step);
    for (const Hazard& hazard : step.hazards) WriteHazard(hazard);
    if (!step.note.empty()) Field("note", OneLine(step.note));
    if (!step.source.empty()) Field("from", OneLine(step.source));
  }

  void Sql(const std::string& sql) {
    const std::string text = Printable(sql) + ";";
    std::size_t start = 0;
    while (start <= text.size()) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      const std::string_view line = std::string_view(text).substr(start, end - start);
      out_ += line.empty() ? "\n" : fmt::format("         {}\n", Paint(kCyan, line));
      start = end + 1;
    }
  }

  void Field(std::string_view label, std::string_view text, std::string_view color = kDim) {
    out_ += fmt::format("       {} {}\n", Paint(color, fmt::format("{:<9}", label)), text);
  }

  void Cost(const Step& step) {
    std::string estimate = EstimateText(step.estimate);
    const auto list = [&](std::string_view label, const std::vector<std::string>& relations) {
      for (const std::string& relation : relations) {
        Field(label, estimate.empty() ? OneLine(relation) : fmt::format("{}, {}", OneLine(relation), estimate));
        estimate.clear();
      }
    };
    list("rewrites", step.rewrites);
    list("scans", step.scans);
    if (!estimate.empty()) Field("estimate", estimate);
  }

  void WriteHazard(const Hazard& hazard) {
    const std::string text = fmt::format("{}: {}", Name(hazard.kind), OneLine(hazard.reason));
    if (hazard.accepted_because.empty()) {
      Field("hazard", text, kRed);
    } else {
      Field("accepted", fmt::format("{} (because: {})", text, OneLine(hazard.accepted_because)), kYellow);
    }
  }

  void Transactions() {
    out_ += fmt::format("\n{}\n", Paint(kBold, "order"));
    const std::vector<Group> groups = Groups(plan_);
    for (std::size_t begin = 0; begin < groups.size();) {
      std::size_t end = begin + 1;
      while (end < groups.size() && IsSingle(groups[begin]) && IsSingle(groups[end]) &&
             IsOutside(groups[begin]) == IsOutside(groups[end])) {
        ++end;
      }
      Transactions(groups[begin], groups[end - 1]);
      begin = end;
    }
  }

  static bool IsSingle(const Group& group) { return group.count == 1; }
  static bool IsOutside(const Group& group) { return group.mode == TransactionMode::kNone; }

  // One group, or a run of groups of one step each.
  void Transactions(const Group& first, const Group& last) {
    const std::size_t end = last.first + last.count;
    const std::string steps =
        end == first.first + 1 ? fmt::format("step {}", end) : fmt::format("steps {} to {}", first.first + 1, end);
    const bool several = first.number != last.number;
    if (IsOutside(first)) {
      out_ += fmt::format("       {}{} outside a transaction\n", steps, several ? ", each" : "");
    } else if (several) {
      out_ += fmt::format("       {}, each in a transaction of its own ({} to {})\n", steps, first.number, last.number);
    } else {
      out_ += fmt::format("       {} in transaction {}\n", steps, first.number);
    }
  }

  const Plan& plan_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string PlanText(const Plan& plan, const TextOptions& options) { return Writer(plan, options).Write(); }

}  // namespace schemadiff
