// The two states that a plan leads from and to, read and made comparable.
#pragma once

#include "canonical/access.h"
#include "catalog/read.h"
#include "cli/declared.h"
#include "cli/managed.h"
#include "parser/parse.h"

namespace schemadiff {

struct States {
  Managed managed;
  Scope scope;
  std::string live_fingerprint;
  Catalog live;
  DesiredState desired;
  std::string database = {};  ///< Without a connection: what the files call it.
};

/// Reads and parses the files meanwhile. Nobody has to wait for it.
SourcesRead StartReading(const PipelineOptions& options);

/// Of the connected database, in a snapshot that remains open, and of the files. Errors: kBadInput for the files,
/// kUnavailable for the server, kRefused for what is not known where that is asked for.
Result<States> ReadStates(Connection& connection, const PipelineOptions& options, SourcesRead reading);

/// Of what two sets of files declare: the first stands for a database that was made from it. Errors: kBadInput.
Result<States> ReadStates(Declared from, Declared to, const PipelineOptions& options, int version);

}  // namespace schemadiff
