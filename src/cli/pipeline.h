// From files and a connection to a Plan: the stages in their order.
#pragma once

#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/declared.h"
#include "diff/delta.h"
#include "dump/dump.h"
#include "planner/plan.h"
#include "postgres/connection.h"
#include "support/file_tree.h"

namespace schemadiff {

/// How a class of objects is managed (PRODUCT.md, "What is managed").
enum class ManageMode : std::uint8_t { kOff, kDeclared, kExact };

/// The keys of [manage], with the product's defaults.
struct ManageOptions {
  bool all_schemas = false;                 ///< `--manage all`: every schema that is not the system's.
  std::map<std::string, ManageMode> modes;  ///< By key: `privileges`, `partitions`, ...; absent: the default.
  std::vector<std::string> ignore;          ///< `kind:glob` and `owner:glob` rules.
  bool own_schema = false;                  ///< Only schemadiff's own schema, which is never managed otherwise.
};

/// The same with everything exact that is not off: of two states that files of revisions come to, both say all.
ManageOptions ExactlyManaged(ManageOptions options);

/// The keys that ManageOptions::modes may hold, each with its default, in the order of the documentation.
const std::vector<std::pair<std::string, ManageMode>>& ManageKeys();

struct PipelineOptions {
  std::vector<std::string> schema_paths;  ///< Files and folders with the desired schema.
  std::shared_ptr<FileTree> files;        ///< In place of them; may be null.
  ManageOptions manage;
  std::string explained;             ///< The object of `--explain-equal`; empty when it is not given.
  bool strict = false;               ///< Refuses a database that holds what no reader knows.
  std::vector<Change> renamed_back;  ///< Renames to be taken back: the desired state has the old names.
  bool for_revision = false;  ///< Whether it is kept with the way back, which has what it drops, and run elsewhere.
  bool fingerprints = true;   ///< Whether the plan is to hold them; only a plan that is written out needs them.
};

struct PlannedMigration {
  Plan plan;
  std::vector<Change> renames;  ///< Those that annotations asked for and that the plan holds.
  Diagnostics warnings;
};

/// Files that are being read: by StartReading.
using SourcesRead = std::future<Result<SourceSet>>;

/// Plans the way from the connected database to the files' schema. Reads only; the database is as it was afterwards.
/// `reading` is of the files in those options; by default it begins now. Errors: kBadInput for the files, kUnavailable
/// for the server.
Result<PlannedMigration> MakePlan(Connection& connection, const PipelineOptions& options, SourcesRead reading = {});

/// The states that a plan without a server leads from and to.
struct DiffSides {
  std::unique_ptr<FileTree> from;
  std::unique_ptr<FileTree> to;
  std::string from_name;  ///< As a person named them.
  std::string to_name;
  int version = 0;  ///< server_version_num that is planned for.
};

/// Plans the way between two states that files declare, as for a database that was made from the first by who runs the
/// plan. Needs no server; what only one could tell is in the notes of the plan. Errors: kBadInput, kRefused.
Result<PlannedMigration> MakeDiff(const DiffSides& sides, const PipelineOptions& options);
/// The same where both have been read.
Result<PlannedMigration> MakeDiff(Declared from, Declared to, int version, const PipelineOptions& options);

/// The files that declare what the connected database holds, as far as `manage` does not take kinds or objects out: a
/// plan from them is empty. Reads only. Errors: kUnavailable, kFailed.
Result<std::vector<DumpFile>> MakeDump(Connection& connection, const ManageOptions& manage, DumpLayout layout);

/// The fingerprint of a scope of the connected database now, to compare with Plan::live_fingerprint.
Result<std::string> LiveFingerprint(Connection& connection, const Scope& scope);

}  // namespace schemadiff
