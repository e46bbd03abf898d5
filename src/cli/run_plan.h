// A plan that is asked for and executed, with what a person sees of it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/execute.h"
#include "cli/console.h"
#include "cli/session.h"

namespace schemadiff {

/// What --format, --until and --allow of a command that runs a plan come to.
struct RunChoices {
  Format format = Format::kText;
  std::optional<Phase> until;
  std::set<HazardKind> allowed;
};
/// Errors: kUsage.
Result<RunChoices> ChooseRun(const CommonOptions& common, const std::optional<std::string>& until,
                             const std::vector<std::string>& allow);

/// `--wait`: how long for another one at work; what `apply` waits when it is not given. Errors: kUsage.
Result<std::chrono::milliseconds> ParseWait(const std::optional<std::string>& option);

/// Asks on the terminal whether to run the plan. `command` is called so in messages: `apply`. Errors: kRefused when
/// there is nobody to ask.
Result<bool> AskToRun(std::string_view command, const Plan& plan, const Session& session);

/// Executes the plan; signals cancel the statement that runs. `command` is what to run again when it fails. Errors: as
/// ExecutePlan.
Result<ApplyReport> RunPlan(const Plan& plan, Session& session, const Console& console, std::string command,
                            const StepRecorder* recorder = nullptr);

/// `done: 3 steps in 0.1 s, 1 retry`.
std::string DoneText(const ApplyReport& report);

}  // namespace schemadiff
