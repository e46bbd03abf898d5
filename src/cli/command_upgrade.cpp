#include "cli/revision_run.h"
#include "cli/upgrade_commands.h"

namespace schemadiff {

int UpgradeCommand(const RunRevisionsOptions& options) {
  RevisionRun run(options, Direction::kUpgrade);
  const Result<int> code = run.Run();
  return code ? *code : run.console().Fail(code.error());
}

}  // namespace schemadiff
