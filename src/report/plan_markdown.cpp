#include "report/plan_markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "report/plan_sql.h"
#include "report/words.h"

namespace schemadiff {
namespace {

// Text in a table cell or list item. GitHub renders HTML and links in it unless they are escaped.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    if (std::string_view("\\`*_[]<>|#~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// A run of backticks longer than any in the text.
std::string Fence(std::string_view text, std::size_t shortest) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max(shortest, longest + 1), '`');
}

// A name in code type. A pipe ends a table cell even there.
std::string Code(std::string_view text) {
  const std::string fence = Fence(text, 1);
  const std::string pad = fence.size() > 1 ? " " : "";
  std::string out = fence + pad;
  for (const char c : OneLine(text)) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out + pad + fence;
}

std::string Locks(const Step& step) {
  std::string out;
  for (const Lock& lock : step.locks) {
    out += fmt::format("{}{} on {}", out.empty() ? "" : "<br>", Name(lock.mode), Code(lock.relation));
  }
  return out;
}

std::string HazardNames(const Step& step) {
  std::string out;
  for (const Hazard& hazard : step.hazards) out += fmt::format("{}{}", out.empty() ? "" : ", ", Name(hazard.kind));
  return out;
}

std::vector<std::string> HazardItems(const Plan& plan) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const Hazard& hazard : plan.steps[i].hazards) {
      std::string item = fmt::format("- **{}** in step {}, {}: {}", Name(hazard.kind), i + 1,
                                     Code(plan.steps[i].object_name), Cell(hazard.reason));
      if (!hazard.accepted_because.empty()) item += fmt::format(" (accepted: {})", Cell(hazard.accepted_because));
      out.push_back(item + '\n');
    }
  }
  return out;
}

std::vector<std::string> TableRows(const Plan& plan) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    out.push_back(fmt::format("| {} | {} {} {} | {} | {} | {} | {} |\n", i + 1, Name(step.verb), step.object_kind,
                              Code(step.object_name), Name(step.phase), Locks(step), HazardNames(step),
                              EstimateText(step.estimate)));
  }
  return out;
}

std::string Headline(const Plan& plan) {
  const bool has_database = plan.from.empty();
  const std::string way = fmt::format("{} to {}", Code(plan.from), Code(plan.to));
  std::string out;
  if (plan.empty()) {
    out = "### schemadiff: no changes\n\n";
    out += has_database ? fmt::format("database {} has the desired schema\n", Code(plan.database))
                        : fmt::format("{} and {} declare the same schema\n", Code(plan.from), Code(plan.to));
  } else {
    out = fmt::format("### schemadiff: {} {}\n\n{}\n", Plural(plan.steps.size(), "change"),
                      has_database ? "for " + Code(plan.database) : "from " + way, SummaryLine(plan));
  }
  if (!plan.notes.empty()) out += '\n';
  for (const std::string& note : plan.notes) out += fmt::format("> {}\n", Cell(note));
  return out;
}

// Appends the items that fit into `budget` bytes, and says how many do not.
void AppendSome(std::string& out, const std::vector<std::string>& items, std::size_t budget, std::string_view noun) {
  std::size_t shown = 0;
  for (std::size_t used = 0; shown < items.size(); ++shown) {
    used += items[shown].size();
    if (used > budget) break;
    out += items[shown];
  }
  const std::size_t left = items.size() - shown;
  if (left > 0) out += fmt::format("\nand {} more {}{}\n", left, noun, left == 1 ? "" : "s");
}

}  // namespace

std::string PlanMarkdown(const Plan& plan, const MarkdownOptions& options) {
  std::string out = Headline(plan);
  if (plan.empty()) return out;
  const std::size_t budget = options.max_bytes - std::min(options.max_bytes, out.size());
  if (const std::vector<std::string> hazards = HazardItems(plan); !hazards.empty()) {
    out += "\n#### Hazards\n\n";
    AppendSome(out, hazards, budget / 3, "hazard");
  }
  out += "\n| step | change | phase | lock | hazards | estimate |\n|---:|---|---|---|---|---|\n";
  AppendSome(out, TableRows(plan), budget / 3, "step");
  const std::string sql = PlanSql(plan);
  if (out.size() + sql.size() + 200 > options.max_bytes) {
    return out + "\nThe SQL is too long for a comment; see `schemadiff plan --format sql`.\n";
  }
  const std::string fence = Fence(sql, 3);
  out += fmt::format("\n<details><summary>SQL</summary>\n\n{}sql\n{}{}\n\n</details>\n", fence, sql, fence);
  return out;
}

}  // namespace schemadiff
