#include "cli/squash_revisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "parser/replay.h"
#include "parser/session.h"
#include "parser/temporary.h"
#include "report/words.h"
#include "revision/script.h"
#include "support/text_tree.h"

namespace schemadiff {
namespace {

using Files = std::vector<std::shared_ptr<const SourceFile>>;

/// A statement that stays as it is.
struct DataStatement {
  std::size_t file = 0;  ///< Number in the history.
  std::size_t begin = 0;
  std::size_t end = 0;
  int transaction = 0;                ///< Number in its file; 0 outside of one.
  bool may_commit = false;            ///< CALL and DO, which may end transactions outside of one.
  bool makes_table = false;           ///< CREATE TABLE AS and SELECT INTO, which make it with its rows.
  bool after_ddl = false;             ///< Whether the schema may have changed since the one before.
  std::vector<std::string> settings;  ///< SET LOCAL statements that come to what it was run under.
};

std::string TextOf(const ParsedFile& file, const ParsedStatement& statement) {
  const Tokens& tokens = file.tokens();
  const std::size_t begin = tokens[statement.token_begin].start;
  return file.source()->text().substr(begin, tokens[statement.token_end - 1].end - begin);
}

// The SET or RESET of a file, for one transaction.
std::string AsLocal(const std::string& sql) {
  const Tokens tokens(sql);
  if (tokens.Is(0, "reset")) return fmt::format("SET LOCAL {} TO DEFAULT", sql.substr(tokens[1].start));
  const std::size_t name = tokens.Is(1, "local") || tokens.Is(1, "session") ? 2 : 1;
  return "SET LOCAL " + sql.substr(tokens[name].start);
}

class Squasher {
 public:
  Squasher(int version, PipelineOptions options) : version_(version), options_(std::move(options)), replay_(version) {}

  Result<Plan> Run(const RevisionGraph::List& history) {
    for (const Revision* revision : history) files_.push_back(revision->file);
    const Result<std::vector<DataStatement>> data = FindData();
    if (!data) return std::unexpected(data.error());
    if (Result<void> begun = Reach(0, 0); !begun) return std::unexpected(begun.error());
    if (Result<void> added = replay_.Add(*HistoryOf(history)); !added) return std::unexpected(added.error());
    for (const DataStatement& statement : *data) {
      if (statement.after_ddl) {
        if (Result<void> done = PlanTo(statement.file, statement.begin); !done) return std::unexpected(done.error());
      }
      Keep(statement);
      if (!statement.makes_table) continue;
      if (Result<void> made = Reach(statement.file, statement.end); !made) return std::unexpected(made.error());
    }
    if (Result<void> done = PlanTo(files_.size(), 0); !done) return std::unexpected(done.error());
    return std::move(plan_);
  }

  /// What the whole history leads to, once it has run.
  const Declared& reached() const { return reached_; }
  std::vector<std::string>& kept() { return kept_; }

 private:
  Result<std::vector<DataStatement>> FindData() const {
    std::vector<DataStatement> found;
    bool after_ddl = false;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const Result<SourceSet> parsed = ParseText(files_[i]->path(), files_[i]->text());
      if (!parsed) return std::unexpected(parsed.error());
      Result<void> fine = FindDataIn(*parsed->files.front(), i, after_ddl, found);
      if (!fine) return std::unexpected(fine.error());
    }
    return found;
  }

  static Result<void> FindDataIn(const ParsedFile& file, std::size_t number, bool& after_ddl,
                                 std::vector<DataStatement>& found) {
    std::vector<std::string> settings;
    std::vector<std::string> before;  // The transaction, whose SET LOCAL end with it.
    int transactions = 0;
    bool in_transaction = false;
    TemporaryObjects temporary;
    for (const ParsedStatement& statement : file.statements()) {
      const bool for_session = temporary.Take(statement.type, statement.node) == Lifetime::kSession;
      const bool makes_table = !for_session && IntoClauseOf(statement.type, statement.node) &&
                               statement.node.Text("objtype") != "OBJECT_MATVIEW";
      if (statement.type == "TransactionStmt") {
        in_transaction = statement.node.Text("kind") != "TRANS_STMT_COMMIT";
        transactions += in_transaction ? 1 : 0;
        if (in_transaction) {
          before = settings;
        } else {
          settings = before;
        }
      } else if (statement.type == "VariableSetStmt") {
        settings.push_back(AsLocal(TextOf(file, statement)));
        if (!statement.node.Bool("is_local")) before.push_back(settings.back());
      } else if (IsRunForItself(statement.type) || for_session || makes_table) {
        const Tokens& tokens = file.tokens();
        found.push_back({.file = number,
                         .begin = tokens[statement.token_begin].start,
                         .end = tokens[statement.token_end - 1].end,
                         .transaction = in_transaction ? transactions : 0,
                         .may_commit = statement.type == "CallStmt" || statement.type == "DoStmt",
                         .makes_table = makes_table,
                         .after_ddl = std::exchange(after_ddl, false),
                         .settings = settings});
      } else if (temporary.any_until_commit()) {
        // Its transaction is taken apart where the schema changes.
        return Error(ErrorCode::kRefused, "this changes the schema while there is a table with `ON COMMIT DROP`",
                     "nothing was written; squash up to an earlier revision with `--to ID`",
                     {file.source(), static_cast<std::uint32_t>(file.tokens()[statement.token_begin].start)});
      } else {
        after_ddl = true;
      }
    }
    return {};
  }

  // Goes on to there without planning.
  Result<void> Reach(std::size_t file, std::size_t end) {
    replay_.RunTo(file, end);
    Result<Declared> next = DeclaredBy(replay_);
    if (!next) return std::unexpected(next.error());
    reached_ = std::move(*next);
    return {};
  }

  // Plans from where the plan leads so far.
  Result<void> PlanTo(std::size_t file, std::size_t end) {
    Declared before = std::move(reached_);
    if (Result<void> reached = Reach(file, end); !reached) return reached;
    Result<PlannedMigration> planned = MakeDiff(std::move(before), CopyOf(reached_), version_, options_);
    if (!planned) return std::unexpected(planned.error());
    plan_.search_path = planned->plan.search_path;
    const int groups = plan_.steps.empty() ? 0 : plan_.steps.back().group;
    for (Step& step : planned->plan.steps) {
      step.group += groups;
      plan_.steps.push_back(std::move(step));
    }
    return {};
  }

  void Keep(const DataStatement& statement) {
    const SourceFile& file = *files_[statement.file];
    const std::string where = fmt::format("{}:{}", file.path(), file.Position(statement.begin).line);
    const std::string sql = file.text().substr(statement.begin, statement.end - statement.begin);
    kept_.push_back(where);
    // Statements of one transaction stay in one, unless the schema changes between them.
    const bool goes_on = last_ && !statement.after_ddl && statement.transaction != 0 &&
                         last_->transaction == statement.transaction && last_->file == statement.file &&
                         last_->settings == statement.settings;
    last_ = statement;
    if (goes_on) {
      plan_.steps.back().sql.push_back(sql);
      return;
    }
    const bool alone = statement.transaction == 0 && statement.may_commit;
    Step step{.object_kind = "statement",
              .object_name = where,
              .owner_name = where,
              .verb = Verb::kRun,
              .transaction = alone ? TransactionMode::kNone : TransactionMode::kOwn,
              .group = (plan_.steps.empty() ? 0 : plan_.steps.back().group) + 1};
    if (!alone) step.sql = statement.settings;
    step.sql.push_back(sql);
    plan_.steps.push_back(std::move(step));
  }

  int version_;
  PipelineOptions options_;
  Files files_;
  Replay replay_;
  Declared reached_;  ///< What the plan leads to so far.
  Plan plan_;
  std::optional<DataStatement> last_;  ///< That was kept.
  std::vector<std::string> kept_;
};

}  // namespace

Result<Squashed> SquashRevisions(Revision revision, const RevisionGraph::List& history, int version,
                                 const PipelineOptions& options) {
  PipelineOptions exact = options;
  exact.fingerprints = exact.for_revision = true;
  exact.manage = ExactlyManaged(exact.manage);
  Squasher squasher(version, exact);
  const Result<Plan> plan = squasher.Run(history);
  if (!plan) return std::unexpected(plan.error());
  Squashed squashed{.data = std::move(squasher.kept())};
  const std::string text = ScriptText(revision, *plan, false);
  TextTree written({std::make_shared<SourceFile>("the revision", text)}, TextTree::Order::kHistory);
  Result<Declared> there = ReadDeclared(written, version);
  if (!there) return std::unexpected(there.error());
  const Result<PlannedMigration> left = MakeDiff(std::move(*there), CopyOf(squasher.reached()), version, exact);
  if (!left) return std::unexpected(left.error());
  if (!left->plan.empty()) {
    const Step& step = left->plan.steps.front();
    return Error(ErrorCode::kFailed,
                 fmt::format("one revision would not lead where {} do: {} would be left, first {} {} {}",
                             Plural(history.size(), "revision"), Plural(left->plan.steps.size(), "step"),
                             Name(step.verb), step.object_kind, step.object_name),
                 "nothing was written; squash up to an earlier revision with `--to ID`");
  }
  revision.after = left->plan.live_fingerprint;
  squashed.texts.steps = plan->steps.size();
  squashed.texts.up = ScriptText(revision, *plan, false);
  Result<Declared> nothing = DeclaredBy(Replay(version));
  if (!nothing) return std::unexpected(nothing.error());
  const Result<PlannedMigration> down = MakeDiff(CopyOf(squasher.reached()), std::move(*nothing), version, exact);
  if (!down) return std::unexpected(down.error());
  squashed.texts.down = ScriptText(revision, down->plan, true);
  squashed.texts.revision = std::move(revision);
  return squashed;
}

}  // namespace schemadiff
