#include <fmt/format.h>

#include "report/step_sql.h"
#include "report/words.h"
#include "revision/header.h"
#include "revision/script.h"

namespace schemadiff {

std::string ScriptText(const Revision& revision, const Plan& plan, bool down) {
  std::string out = HeaderText(revision, down);
  for (const std::string& note : plan.notes) out += fmt::format("\n-- note: {}\n", OneLine(note));
  if (!plan.empty()) {
    // Function bodies may use what a later step creates.
    out += "\nSET check_function_bodies = off;\n";
    out += fmt::format("SET search_path = {};\n", plan.search_path.empty() ? "''" : plan.search_path);
    out += SecretsGuardSql(plan);
  }
  for (const Group& group : Groups(plan)) {
    const bool transaction = group.mode != TransactionMode::kNone;
    out += transaction ? "\nBEGIN;\n\n" : "\n";
    for (std::size_t i = group.first; i < group.first + group.count; ++i) {
      if (i > group.first) out += '\n';
      out += StepSql(plan, i);
    }
    if (transaction) out += "\nCOMMIT;\n";
  }
  return fmt::format("{}\n{}\n", out, EndLine(revision.id));
}

}  // namespace schemadiff
