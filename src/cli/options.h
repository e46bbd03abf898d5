// The options that commands share, as they come from the command line.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dump/dump.h"
#include "planner/plan.h"
#include "support/diagnostic.h"

namespace schemadiff {

enum class Format : std::uint8_t { kText, kJson, kSql, kMarkdown };
/// Errors: kUsage, with the formats that there are.
Result<Format> ParseFormat(std::string_view name);
/// Errors: kUsage.
Result<Phase> ParsePhase(std::string_view name);

/// server_version_num of a major version that is supported. Errors: kUsage, with those that are.
Result<int> ParsePostgresVersion(std::string_view text);

/// Errors: kUsage, with the layouts that there are.
Result<DumpLayout> ParseLayout(std::string_view name);

/// Of every command that compares or connects.
struct CommonOptions {
  std::optional<std::string> environment;
  std::optional<std::string> config;
  std::optional<std::string> database_url;
  std::vector<std::string> schema;
  std::vector<std::string> manage;
  std::string explained;  ///< `--explain-equal`; empty when it is not given.
  std::string format;     ///< As written; empty: by the ending of `out`, otherwise text.
  std::optional<std::string> out;
  bool strict = false;
  bool quiet = false;
  bool verbose = false;
  bool no_color = false;
};

struct PlanCommandOptions {
  CommonOptions common;
  bool exit_code = false;
};

struct DiffCommandOptions {
  CommonOptions common;
  std::string from;
  std::string to;
  std::string postgres_version = "17";
  bool exit_code = false;
};

struct DumpCommandOptions {
  CommonOptions common;
  std::string layout = "by-object";
};

struct ApplyCommandOptions {
  CommonOptions common;
  bool yes = false;
  bool dry_run = false;
  std::vector<std::string> allow;
  std::optional<std::string> until;
  std::optional<std::string> plan;
};

/// Of the commands that read the folder of revisions.
struct RevisionReadOptions {
  CommonOptions common;
  std::string id;                ///< `show ID`.
  std::string range;             ///< `A:B`; empty for everything.
  std::string revisions;         ///< The folder; empty for that of the configuration.
  std::string revisions_format;  ///< Of another tool; empty for schemadiff's own.
};

/// Of `revision`.
struct RevisionCommandOptions : RevisionReadOptions {
  std::string message;
  std::string head;  ///< The revision that it is to rest on; empty for the only head.
  std::string postgres_version = "17";
  bool empty = false;
  bool check = false;
  bool baseline = false;
  bool from_database = false;
};

/// Of `merge`.
struct MergeCommandOptions : RevisionReadOptions {
  std::vector<std::string> heads;  ///< Empty: all that there are.
  std::string message;
  std::string postgres_version = "17";
};

/// Of `squash`.
struct SquashCommandOptions : RevisionReadOptions {
  std::string to = "head";
  std::string message;
  std::string postgres_version = "17";
};

/// The format that was asked for: by name, or by the ending of --out (.json, .sql, .md). Errors: kUsage.
Result<Format> ChosenFormat(const CommonOptions& options);

}  // namespace schemadiff
