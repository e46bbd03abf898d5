#include <fmt/format.h>

#include <ctime>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files.h"
#include "cli/make_revision.h"
#include "cli/revisions.h"
#include "cli/session.h"
#include "cli/write_revision.h"
#include "report/words.h"
#include "revision/listed.h"

namespace schemadiff {
namespace {

constexpr int kMissing = 2;

class RevisionMaking {
 public:
  explicit RevisionMaking(const RevisionCommandOptions& options)
      : options_(options), console_(options.common.quiet, options.common.no_color) {}

  Result<int> Run();
  const Console& console() const { return console_; }

 private:
  Result<void> CheckUsage() const;
  Result<void> ChooseHead();
  Result<RevisionTexts> Make();
  Result<RevisionTexts> MakeFromDatabase();
  Result<void> CheckOrder(const RevisionTexts& made) const;
  Result<int> Deliver(const RevisionTexts& made);

  const RevisionCommandOptions& options_;
  Console console_;
  History history_;
  RevisionGraph::List below_;  ///< What the revision rests on, in order.
  Revision revision_;
};

Result<void> RevisionMaking::CheckUsage() const {
  if (options_.message.find_first_not_of(" \t\n") == std::string::npos && !options_.check) {
    return Error(ErrorCode::kUsage, "the revision has no message", "say what it is for with `-m MESSAGE`");
  }
  if (options_.empty + options_.baseline + options_.from_database > 1) {
    return Error(ErrorCode::kUsage, "`--empty`, `--baseline` and `--from-database` exclude each other", "give one");
  }
  if (options_.check && (options_.empty || options_.baseline)) {
    return Error(ErrorCode::kUsage, "`--check` writes nothing", "give it alone, or with `--from-database`");
  }
  return {};
}

Result<void> RevisionMaking::ChooseHead() {
  RevisionGraph::List heads = history_.graph.Heads();
  if (!options_.head.empty()) {
    const Result<const Revision*> head = history_.graph.Named(options_.head);
    if (!head) return std::unexpected(head.error());
    heads = {*head};
  }
  if (options_.baseline && !heads.empty()) {
    return Error(ErrorCode::kUsage, fmt::format("`{}` holds revisions already", history_.folder),
                 "a baseline is the first one; leave `--baseline` away");
  }
  if (heads.size() > 1) {
    return Error(ErrorCode::kUsage, fmt::format("there are {} heads: {}", heads.size(), Listed(heads)),
                 "join them with `schemadiff merge`, or name the one to rest on with `--head ID`");
  }
  below_ = history_.graph.Ancestry(heads);
  for (const Revision* head : heads) revision_.parents.push_back(head->id);
  return {};
}

Result<RevisionTexts> RevisionMaking::MakeFromDatabase() {
  Result<Session> session = Session::Open(options_.common, console_);
  if (!session) return std::unexpected(session.error());
  revision_.postgres_version = session->connection().server_version() / 10000;
  return MakeRevisionFromDatabase(revision_, below_, session->connection(), options_.baseline,
                                  session->settings().pipeline);
}

Result<RevisionTexts> RevisionMaking::Make() {
  const Result<int> version = ParsePostgresVersion(options_.postgres_version);
  if (!version) return std::unexpected(version.error());
  revision_.postgres_version = *version / 10000;
  if (options_.empty) return EmptyRevision(revision_);
  if (options_.baseline || options_.from_database) return MakeFromDatabase();
  const Result<Settings> settings = ResolveOfflineSettings(options_.common);
  if (!settings) return std::unexpected(settings.error());
  return MakeRevision(revision_, below_, settings->pipeline.schema_paths, *version, settings->pipeline);
}

Result<void> RevisionMaking::CheckOrder(const RevisionTexts& made) const {
  const Result<Settings> settings = ResolveOfflineSettings(options_.common);
  if (!settings) return std::unexpected(settings.error());
  return CheckBeforeRepeatables(below_, made.up, made.revision.postgres_version * 10000, settings->pipeline);
}

Result<int> RevisionMaking::Deliver(const RevisionTexts& made) {
  if (options_.check) {
    console_.Note(fmt::format("a revision is missing: the desired schema is {} away from {}",
                              Plural(made.steps, "step"),
                              below_.empty() ? "nothing" : "revision " + below_.back()->id));
    return kMissing;
  }
  if (!options_.revisions_format.empty()) {
    if (Result<void> fine = CheckOrder(made); !fine) return std::unexpected(fine.error());
    const Result<void> written =
        options_.common.out ? WriteFileAtomically(*options_.common.out, made.up) : console_.Out(made.up);
    return written ? Result<int>(0) : std::unexpected(written.error());
  }
  const Result<std::vector<std::string>> paths = WriteRevision(history_.folder, made);
  if (!paths) return std::unexpected(paths.error());
  if (Result<void> told = TellPaths(*paths, console_); !told) return std::unexpected(told.error());
  console_.Note(fmt::format("revision {}: {}", made.revision.id, Plural(made.steps, "step")));
  if (options_.baseline) {
    console_.Note(fmt::format("databases that are in this state already: `schemadiff stamp {}`", made.revision.id));
  }
  return 0;
}

Result<int> RevisionMaking::Run() {
  if (Result<void> fine = CheckUsage(); !fine) return std::unexpected(fine.error());
  Result<History> history = ReadHistory(options_, console_);
  if (!history) return std::unexpected(history.error());
  history_ = std::move(*history);
  revision_ = NewRevision(options_.message);
  if (Result<void> chosen = ChooseHead(); !chosen) return std::unexpected(chosen.error());
  const Result<RevisionTexts> made = Make();
  if (!made) return std::unexpected(made.error());
  console_.Show(made->warnings);
  if (!made->up.empty()) return Deliver(*made);
  console_.Note("nothing to do: the revisions lead to the desired schema");
  return 0;
}

}  // namespace

int RevisionCommand(const RevisionCommandOptions& options) {
  RevisionMaking run(options);
  const Result<int> code = run.Run();
  return code ? *code : run.console().Fail(code.error());
}

}  // namespace schemadiff
