#include "cli/pipeline.h"

#include <fmt/format.h>

#include <future>

#include "canonical/canonicalize.h"
#include "canonical/column_uses.h"
#include "canonical/explanation.h"
#include "canonical/inheritance.h"
#include "canonical/missing_parts.h"
#include "canonical/tree_forms.h"
#include "cli/states.h"
#include "diff/renames.h"
#include "model/access.h"
#include "planner/planner.h"
#include "support/parallel.h"
#include "support/quote.h"
#include "support/version.h"

namespace schemadiff {
namespace {

// The snapshot is given up whatever happened: the next command begins afresh.
template <typename T>
Result<T> AfterSnapshot(Connection& connection, Result<T> result) {
  const Result<void> ended = EndSnapshot(connection);
  if (result && !ended) return std::unexpected(ended.error());
  return result;
}

std::string SearchPath(const std::vector<std::string>& schemas) {
  std::vector<std::string> quoted;
  for (const std::string& schema : schemas) quoted.push_back(QuoteIdentifier(schema));
  return Join(quoted, ", ");
}

struct Comparable {
  bool settled = false;
  bool same = false;  ///< Once it is.
  States states;
  std::vector<Change> renames;
  std::unordered_map<ObjectId, RelationSize> sizes;
  Explanation explanation;
};

constexpr std::string_view kAlike = "they are spelled alike";
constexpr std::string_view kSameTree = "their syntax trees are the same, apart from what PostgreSQL is known to add";
constexpr std::string_view kServerSays = "the server spells both alike";
constexpr std::string_view kSimilarTree = "their syntax trees differ by no more than what PostgreSQL may have added";

bool AdoptKnownForms(Comparable& read) {
  Schema& live = read.states.live.schema;
  Schema& desired = read.states.desired.schema;
  read.explanation.Note(kAlike, live, desired);
  const bool same = AdoptKnownForms(live, desired);
  read.explanation.Note(kSameTree, live, desired);
  return same;
}

// Folds what tables have from their parents, and compares what may be spelled in several ways. Where something is to be
// renamed, that has to wait: until then the files know parents by other names.
void Settle(Comparable& read) {
  FoldInheritance(read.states.live.schema, read.states.desired.schema, read.states.live.version);
  read.same = AdoptKnownForms(read);
  read.settled = true;
}

void SettleIfNamed(Comparable& read, const std::vector<Change>& renamed_back) {
  AskToRenameBack(renamed_back, read.states.live.schema, read.states.desired.schema);
  AskToRenameParts(read.states.live.schema, read.states.desired.schema);
  if (!AsksForRenames(read.states.live.schema, read.states.desired.schema)) Settle(read);
}

// Makes the renames that are asked for in the live state.
Result<void> Rename(Comparable& read) {
  Schema& live = read.states.live.schema;
  Schema& desired = read.states.desired.schema;
  Result<std::vector<Change>> renames = ApplyRenames(live, desired);
  if (!renames) return std::unexpected(renames.error());
  read.renames = std::move(*renames);
  if (!read.renames.empty()) read.states.managed.KeepOfRenamed(live, desired);
  if (!read.settled) {
    Settle(read);
  } else if (!read.renames.empty()) {
    AdoptKnownForms(read);
  }
  AddUsesOfOwnColumns(live);
  return {};
}

Result<Comparable> ReadComparable(Connection& connection, const PipelineOptions& options, SourcesRead reading) {
  if (!reading.valid()) reading = StartReading(options);
  Result<States> states = ReadStates(connection, options, std::move(reading));
  if (!states) return std::unexpected(states.error());
  Comparable result{.states = std::move(*states), .explanation = Explanation(options.explained)};
  Catalog& live = result.states.live;
  SettleIfNamed(result, options.renamed_back);
  if (result.same) return result;
  if (Result<void> done = ReadDependencies(connection, live); !done) return std::unexpected(done.error());
  Result<std::unordered_map<ObjectId, RelationSize>> sizes = ReadSizes(connection, live);
  if (!sizes) return std::unexpected(sizes.error());
  result.sizes = std::move(*sizes);
  if (Result<void> done = Rename(result); !done) return std::unexpected(done.error());
  return result;
}

// The plan between two states whose spelling is settled.
Result<PlannedMigration> Finish(Comparable& read, const PlanSession& session, const PipelineOptions& options) {
  const Schema& live = read.states.live.schema;
  DesiredState& desired = read.states.desired;
  Delta delta;
  if (!read.same) delta = Diff(live, desired.schema);
  delta.changes.insert(delta.changes.begin(), read.renames.begin(), read.renames.end());

  PlanSession where = session;
  where.roles_may_exist = options.for_revision;
  PlanInput input{
      .live = live,
      .desired = desired.schema,
      .delta = delta,
      .session = where,
      .manages_privileges = [&](ObjectId object) { return read.states.managed.ManagesPrivileges(object); },
      .for_revision = options.for_revision,
  };
  for (const auto& [id, size] : read.sizes) input.sizes[id] = {size.rows, size.bytes};
  Result<std::vector<Step>> steps = PlanSteps(input);
  if (!steps) return std::unexpected(steps.error());
  PlannedMigration migration{.warnings = std::move(desired.warnings)};
  migration.renames = read.renames;
  migration.plan = {.tool_version = std::string(kVersion),
                    .database = session.database,
                    .postgres_version = session.version,
                    .scope = std::move(read.states.scope),
                    .live_fingerprint = read.states.live_fingerprint,
                    // Without a difference they are the same, by definition.
                    .desired_fingerprint = delta.empty() || !options.fingerprints ? read.states.live_fingerprint
                                                                                  : desired.schema.Fingerprint(),
                    .search_path = SearchPath(desired.search_path),
                    .steps = std::move(*steps)};
  return migration;
}

Result<Catalog> ReadWithDependencies(Connection& connection) {
  if (Result<void> begun = BeginSnapshot(connection); !begun) return std::unexpected(begun.error());
  Result<ExtensionMembers> extensions = ReadExtensionMembers(connection);
  if (!extensions) return std::unexpected(extensions.error());
  Result<Catalog> live = ReadCatalog(connection, *extensions);
  if (!live) return live;
  if (Result<void> done = ReadDependencies(connection, *live); !done) return std::unexpected(done.error());
  return live;
}

// What every new database holds: nobody declares it.
Schema PresentFromTheStart(const Schema& live, int version) {
  Schema present;
  const auto add = [&](ObjectId id, auto... is_like) {
    const Object* object = live.Find(id);
    if (object != nullptr && (... && is_like(*object))) present.Add(*object);
  };
  const ObjectId schema = ObjectId::Of(ObjectKind::kNamespace, "", "public");
  const ObjectId extension = ObjectId::Of(ObjectKind::kExtension, "", "plpgsql");
  add(schema);
  add(ObjectId::Member(ObjectKind::kComment, schema, ""),
      [](const Object& comment) { return comment.As<Comment>().text == "standard public schema"; });
  add(extension);
  add(ObjectId::Member(ObjectKind::kComment, extension, ""));
  for (Object& object : AccessFromTheStart(version)) {
    if (present.Contains(object.id.parent())) present.Add(std::move(object));
  }
  return present;
}

std::string ListOf(const std::vector<ObjectId>& ids) {
  constexpr std::size_t kShown = 10;
  std::vector<std::string> names;
  for (const ObjectId id : ids) {
    if (names.size() == kShown) break;
    names.push_back(fmt::format("{} `{}`", Label(id.kind()), id.ToString()));
  }
  std::string list = Join(names, ", ");
  if (ids.size() > kShown) list += fmt::format(" and {} more", ids.size() - kShown);
  return list;
}

Result<void> Explain(const Comparable& read, std::vector<std::string>& notes) {
  Result<std::vector<std::string>> lines = read.explanation.Lines();
  if (!lines) return std::unexpected(lines.error());
  std::ranges::move(*lines, std::back_inserter(notes));
  return {};
}

std::vector<std::string> NotesOn(const TreeVerdicts& verdicts, std::string_view why) {
  std::vector<std::string> notes;
  const auto note = [&](std::string_view verdict, const std::vector<ObjectId>& ids) {
    if (ids.empty()) return;
    notes.push_back(fmt::format("compared by syntax tree, since {}, and taken for {}: {}", why, verdict, ListOf(ids)));
  };
  note("the same", verdicts.same);
  note("different", verdicts.different);
  return notes;
}

}  // namespace

Result<PlannedMigration> MakePlan(Connection& connection, const PipelineOptions& options, SourcesRead reading) {
  Result<Comparable> read = AfterSnapshot(connection, ReadComparable(connection, options, std::move(reading)));
  if (!read) return std::unexpected(read.error());
  const FreedLater<Comparable> freed_later(*read);
  DesiredState& desired = read->states.desired;
  std::vector<std::string> notes;
  if (!read->same) {
    Schema& live = read->states.live.schema;
    const Result<std::string> why_not =
        AdoptServerForms(connection, live, desired.schema, desired.search_path, read->explanation);
    if (!why_not) return std::unexpected(why_not.error());
    if (!why_not->empty()) notes = NotesOn(AdoptTreeForms(live, desired.schema), *why_not);
    // The server cannot spell what names things by names that they are yet to get.
    if (why_not->empty() &&
        std::ranges::any_of(read->renames, [](const Change& rename) { return !rename.id.parent(); })) {
      notes = NotesOn(AdoptTreeForms(live, desired.schema), "what they name gets its name by this plan");
    }
    read->explanation.Note(why_not->empty() ? kServerSays : kSimilarTree, live, desired.schema);
  }
  if (Result<void> done = Explain(*read, notes); !done) return std::unexpected(done.error());
  Result<PlannedMigration> migration =
      Finish(*read, {connection.server_version(), connection.user_name(), connection.database_name()}, options);
  if (migration) migration->plan.notes = std::move(notes);
  return migration;
}

Result<PlannedMigration> MakeDiff(const DiffSides& sides, const PipelineOptions& options) {
  // Both at once: each may have all processors where the other has nothing to do.
  auto reading = std::async(std::launch::async, [&] { return ReadDeclared(*sides.from, sides.version); });
  Result<Declared> to = ReadDeclared(*sides.to, sides.version);
  Result<Declared> from = reading.get();
  Diagnostics errors;
  for (const Result<Declared>* side : {&from, &to}) {
    if (!*side) errors.Append(side->error());
  }
  if (!errors.empty()) return std::unexpected(errors);
  Result<PlannedMigration> migration = MakeDiff(std::move(*from), std::move(*to), sides.version, options);
  if (!migration) return migration;
  migration->plan.from = sides.from_name;
  migration->plan.to = sides.to_name;
  return migration;
}

Result<PlannedMigration> MakeDiff(Declared from, Declared to, int version, const PipelineOptions& options) {
  Result<States> states = ReadStates(std::move(from), std::move(to), options, version);
  if (!states) return std::unexpected(states.error());
  Comparable read{.states = std::move(*states), .explanation = Explanation(options.explained)};
  const FreedLater<Comparable> freed_later(read);
  Schema& live = read.states.live.schema;
  Schema& desired = read.states.desired.schema;
  SettleIfNamed(read, options.renamed_back);
  std::vector<std::string> notes;
  if (!read.same) {
    AddColumnUses(live);
    if (Result<void> done = Rename(read); !done) return std::unexpected(done.error());
    notes = NotesOn(AdoptTreeForms(live, desired), "there is no server");
    read.explanation.Note(kSimilarTree, live, desired);
  }
  if (Result<void> done = Explain(read, notes); !done) return std::unexpected(done.error());
  Result<PlannedMigration> migration =
      Finish(read, {.version = version, .role = std::string(kRunningRole), .database = read.states.database}, options);
  if (!migration) return migration;
  migration->plan.database.clear();
  migration->plan.notes = std::move(notes);
  return migration;
}

Result<std::vector<DumpFile>> MakeDump(Connection& connection, const ManageOptions& manage, DumpLayout layout) {
  Result<Catalog> live = AfterSnapshot(connection, ReadWithDependencies(connection));
  if (!live) return std::unexpected(live.error());
  Schema& schema = live->schema;
  ManageOptions everywhere = manage;
  everywhere.all_schemas = true;
  Managed(everywhere, {}, schema).RestrictToScope(schema);
  DeclareOwn(schema);
  DeclareTyped(schema);
  Schema nothing;
  FoldInheritance(schema, nothing, connection.server_version());
  // A person asks for the newest version, as pg_dump does.
  for (auto [id, object] : schema.OfKind(ObjectKind::kExtension)) object.As<Extension>().version.clear();
  // What belongs to the whole server is no part of one database.
  std::vector<ObjectId> elsewhere;
  for (const auto& [id, object] : schema) {
    if (IsNeverDropped(id.root().kind())) elsewhere.push_back(id);
  }
  for (const ObjectId id : elsewhere) schema.RemoveAlone(id);
  const int version = connection.server_version();
  const Result<std::vector<Creation>> creations = Creations(
      PresentFromTheStart(schema, version), schema,
      {.version = version, .role = live->database_owner, .database = connection.database_name(), .in_any_order = true});
  if (!creations) return std::unexpected(creations.error());
  return DumpFiles(*creations, schema, layout);
}

Result<std::string> LiveFingerprint(Connection& connection, const Scope& scope) {
  if (Result<void> begun = BeginSnapshot(connection); !begun) return std::unexpected(begun.error());
  Result<ExtensionMembers> extensions = ReadExtensionMembers(connection);
  Result<Catalog> live = AfterSnapshot(
      connection, extensions ? ReadCatalog(connection, *extensions) : std::unexpected(extensions.error()));
  if (!live) return std::unexpected(live.error());
  ManageOptions options{.all_schemas = scope.schemas.empty(), .ignore = scope.ignore};
  for (const std::string& key : scope.off) options.modes[key] = ManageMode::kOff;
  Managed(options, scope.schemas, live->schema).RestrictToScope(live->schema);
  return live->schema.Fingerprint();
}

}  // namespace schemadiff
