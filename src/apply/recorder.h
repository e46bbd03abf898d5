// StepRecorder: what is to be written down about the steps of a plan while it runs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "support/diagnostic.h"

namespace schemadiff {

/// Gives the SQL statements that record a step, by its index in the plan. What it gives for one step does not depend on
/// what was asked before: a group that is retried is recorded again.
class StepRecorder {
 public:
  StepRecorder() = default;
  StepRecorder(const StepRecorder&) = delete;
  StepRecorder& operator=(const StepRecorder&) = delete;
  virtual ~StepRecorder() = default;

  /// Run in the step's transaction, before it; of a step that runs outside one, in a transaction of their own.
  virtual std::vector<std::string> Before(std::size_t step) const = 0;
  /// The same after the step.
  virtual std::vector<std::string> After(std::size_t step) const = 0;
  /// Run in a transaction of their own once the step has failed: what a transaction recorded is rolled back by then,
  /// what was recorded before a step outside one still stands. `left_behind`: such a step may have left something that
  /// its cleanup is for.
  virtual std::vector<std::string> Failed(std::size_t step, const Diagnostic& why, bool left_behind) const = 0;
};

}  // namespace schemadiff
