// LedgerRecorder: records the steps of revisions in the ledger while a plan runs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/ledger.h"
#include "apply/recorder.h"
#include "planner/plan.h"

namespace schemadiff {

enum class Direction : std::uint8_t { kUpgrade, kDowngrade };
/// `upgrade`.
std::string_view Name(Direction direction);

/// A revision that a plan runs.
struct RunningRevision {
  RecordedRevision recorded;
  int steps = 0;          ///< Of its file, whatever part of them is in the plan.
  bool is_begun = false;  ///< The ledger knows that already.
};

class LedgerRecorder : public StepRecorder {
 public:
  /// `plan` is looked at for as long as this lives; each of its steps is of one of `revisions`.
  LedgerRecorder(const Plan& plan, const std::vector<RunningRevision>& revisions, Direction direction,
                 LedgerWriter writer);

  std::vector<std::string> Before(std::size_t step) const override;
  std::vector<std::string> After(std::size_t step) const override;
  std::vector<std::string> Failed(std::size_t step, const Diagnostic& why, bool left_behind) const override;

 private:
  bool IsFirst(std::size_t step) const;
  std::string Begin(std::size_t step) const;
  /// The role that a step has set does not write the ledger, and is back afterwards.
  std::vector<std::string> AsWhoLoggedIn(std::vector<std::string> statements) const;
  std::string LogStep(std::size_t step, std::string_view more_columns, std::string_view more_values) const;

  const Plan& plan_;
  std::map<std::string, RunningRevision> revisions_;  ///< By id.
  Direction direction_;
  LedgerWriter writer_;
  bool role_changes_ = false;  ///< Whether a step may change the role.
};

}  // namespace schemadiff
