#include "cli/run_plan.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "cli/allow.h"
#include "cli/apply_progress.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "report/words.h"

namespace schemadiff {

Result<RunChoices> ChooseRun(const CommonOptions& common, const std::optional<std::string>& until,
                             const std::vector<std::string>& allow) {
  RunChoices choices;
  const Result<Format> format = ChosenFormat(common);
  if (!format) return std::unexpected(format.error());
  choices.format = *format;
  if (until) {
    const Result<Phase> phase = ParsePhase(*until);
    if (!phase) return std::unexpected(phase.error());
    choices.until = *phase;
  }
  for (const std::string& list : allow) {
    if (Result<void> added = AddAllowedList(list, choices.allowed); !added) return std::unexpected(added.error());
  }
  return choices;
}

Result<std::chrono::milliseconds> ParseWait(const std::optional<std::string>& option) {
  if (!option) return ApplyOptions{}.apply_patience;
  const std::optional<std::chrono::milliseconds> wait = ParseDuration(*option);
  if (wait) return *wait;
  return Error(ErrorCode::kUsage, fmt::format("`--wait` cannot be `{}`", *option), "write it like `30s` or `5min`");
}

Result<bool> AskToRun(std::string_view command, const Plan& plan, const Session& session) {
  if (::isatty(STDIN_FILENO) != 1) {
    return Error(ErrorCode::kRefused,
                 fmt::format("{} asks before it changes anything, and standard input is no terminal", command),
                 "nothing was done; give `--yes`, or set `confirm = false` for this environment");
  }
  const std::string& environment = session.settings().environment.name;
  fmt::print(stderr, "\n{} {} {} database `{}`{}? [y/N] ", command, Plural(plan.steps.size(), "step"),
             command == "downgrade" ? "of" : "to", OneLine(plan.database),
             environment.empty() ? "" : fmt::format(" ({})", environment));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

Result<ApplyReport> RunPlan(const Plan& plan, Session& session, const Console& console, std::string command,
                            const StepRecorder* recorder) {
  const ApplyOptions how{.lock_timeout = session.settings().environment.lock_timeout,
                         .watch_conninfo = session.conninfo(),
                         .command = std::move(command)};
  Result<ApplyReport> report;
  bool interrupted = false;
  {
    CancelOnSignal cancel(session.connection());
    Progress progress("starting", session.shows_progress());
    ApplyProgress observer(plan.steps.size(), console.quiet(), progress, cancel);
    report = ExecutePlan(plan, session.connection(), how, observer, recorder);
    interrupted = cancel.received();
  }
  if (!report && interrupted) console.Note("interrupted");
  return report;
}

std::string DoneText(const ApplyReport& report) {
  std::string text = fmt::format("done: {} in {:.1f} s", Plural(report.steps, "step"), report.seconds);
  if (report.retries > 0) {
    text += fmt::format(", {} {}", report.retries, report.retries == 1 ? "retry" : "retries");
  }
  return text;
}

}  // namespace schemadiff
