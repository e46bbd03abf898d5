#include "cli/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

#include "canonical/access.h"
#include "canonical/canonicalize.h"
#include "canonical/inheritance.h"
#include "catalog/completeness.h"
#include "catalog/read.h"
#include "cli/allow.h"
#include "cli/managed.h"
#include "diff/renames.h"
#include "model/access.h"
#include "parser/parse.h"
#include "planner/planner.h"
#include "support/quote.h"
#include "support/version.h"

namespace schemadiff {
namespace {

struct States {
  Managed managed;
  Scope scope;
  std::string live_fingerprint;
  Catalog live;
  DesiredState desired;
};

struct Files {
  SourceSet sources;
  std::vector<std::string> schemas;
  Result<DesiredState> desired;
};

// What the role may not read is not compared.
void WarnOfHidden(const Schema& live, DesiredState& desired) {
  std::vector<ObjectId> ids;
  for (const auto& [id, object] : live) {
    const bool is_hidden = Visit(
        [](const auto& attributes) {
          if constexpr (requires { attributes.hidden; }) return attributes.hidden;
          return false;
        },
        object.attributes);
    if (is_hidden && desired.schema.Contains(id)) ids.push_back(id);
  }
  std::ranges::sort(ids);
  std::vector<std::string> hidden;
  for (const ObjectId id : ids) hidden.push_back(fmt::format("{} `{}`", Label(id.kind()), id.ToString()));
  if (hidden.empty()) return;
  desired.warnings.Add({.code = ErrorCode::kUnavailable,
                        .severity = Severity::kWarning,
                        .message = "this role may not read the options or connection string of " + Join(hidden, ", ") +
                                   ", which are not compared",
                        .hint = "connect as a superuser or as the mapping's own role to have them compared"});
}

// What no reader knows is left alone, and said.
Result<void> TellUnread(const std::vector<std::string>& unread, bool strict, Diagnostics& warnings) {
  if (unread.empty()) return {};
  Diagnostic problem{
      .code = ErrorCode::kRefused,
      .severity = strict ? Severity::kError : Severity::kWarning,
      .message = fmt::format("the database holds what schemadiff does not know: {}", Join(unread, ", ")),
      .hint = strict ? "plan without `--strict` to leave it alone" : "it is left alone; `--strict` refuses"};
  if (strict) return std::unexpected<Diagnostics>(problem);
  warnings.Add(std::move(problem));
  return {};
}

// Both states, restricted to what is managed. The files are parsed and interpreted while the catalogs are read: with
// the names of extensions alone, which is enough unless the files refer to schemas that are not managed.
Result<States> ReadStates(Connection& connection, const PipelineOptions& options) {
  auto reading = std::async(std::launch::async, [&] { return ReadSources(options.schema_paths); });
  if (Result<void> begun = BeginSnapshot(connection); !begun) return std::unexpected(begun.error());
  Result<ExtensionMembers> extensions = ReadExtensionMembers(connection);
  if (!extensions) return std::unexpected(extensions.error());
  ExternalNames& external = extensions->names;
  external.version = connection.server_version();
  external.current_user = connection.user_name();
  external.database = connection.database_name();
  auto interpreting = std::async(std::launch::async, [&]() -> Result<Files> {
    Result<SourceSet> sources = reading.get();
    if (!sources) return std::unexpected(sources.error());
    std::vector<std::string> schemas = DeclaredSchemas(*sources);
    Result<DesiredState> desired = Interpret(*sources, external);
    return Files{std::move(*sources), std::move(schemas), std::move(desired)};
  });
  Result<Catalog> live = ReadCatalog(connection, *extensions);
  Result<std::vector<std::string>> unread;
  if (live) unread = UnreadObjects(connection, *extensions, *live);
  Result<Files> files = interpreting.get();
  if (!files) return std::unexpected(files.error());
  if (!live) return std::unexpected(live.error());
  if (!unread) return std::unexpected(unread.error());
  Managed managed(options.manage, files->schemas, live->schema);
  if (!files->desired) {
    managed.AddUnmanagedNames(live->schema, external);
    files->desired = Interpret(files->sources, external);
  }
  if (!files->desired) return std::unexpected(files->desired.error());
  if (Result<void> fine = CheckAllowances(files->desired->schema); !fine) return std::unexpected(fine.error());
  std::vector<Object> set_aside = managed.RestrictToScope(live->schema);
  std::string live_fingerprint = options.fingerprints ? live->schema.Fingerprint() : std::string();
  managed.Restrict(live->schema, files->desired->schema, std::move(set_aside));
  ResolveAccess(live->schema, files->desired->schema,
                {.version = connection.server_version(),
                 .role = connection.user_name(),
                 .database_owner = live->database_owner,
                 .exact_owners = managed.HasExactOwners(),
                 .manages_privileges = [&](ObjectId object) { return managed.ManagesPrivileges(object); }});
  WarnOfHidden(live->schema, *files->desired);
  Diagnostics& warnings = files->desired->warnings;
  if (Result<void> fine = TellUnread(*unread, options.strict, warnings); !fine) return std::unexpected(fine.error());
  FoldInheritance(live->schema, files->desired->schema);
  Scope scope = managed.scope();
  return States{std::move(managed), std::move(scope), std::move(live_fingerprint), std::move(*live),
                std::move(*files->desired)};
}

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

// Freeing tens of thousands of objects takes a tenth of a plan's time: nobody waits for it.
template <typename T>
class FreedLater {
 public:
  explicit FreedLater(T& value) : value_(value) {}
  FreedLater(const FreedLater&) = delete;
  FreedLater& operator=(const FreedLater&) = delete;
  ~FreedLater() {
    std::thread([value = std::move(value_)] {}).detach();
  }

 private:
  T& value_;
};

struct Comparable {
  bool same = false;
  States states;
  std::vector<Change> renames;
  std::unordered_map<ObjectId, RelationSize> sizes;
};

Result<Comparable> ReadComparable(Connection& connection, const PipelineOptions& options) {
  Result<States> states = ReadStates(connection, options);
  if (!states) return std::unexpected(states.error());
  Comparable result{.states = std::move(*states)};
  Schema& live = result.states.live.schema;
  Schema& desired = result.states.desired.schema;
  AdoptKnownForms(live, desired);
  if (result.same = Diff(live, desired).empty(); result.same) return result;
  if (Result<void> done = ReadDependencies(connection, result.states.live); !done) return std::unexpected(done.error());
  Result<std::unordered_map<ObjectId, RelationSize>> sizes = ReadSizes(connection, result.states.live);
  if (!sizes) return std::unexpected(sizes.error());
  result.sizes = std::move(*sizes);
  Result<std::vector<Change>> renames = ApplyRenames(live, desired);
  if (!renames) return std::unexpected(renames.error());
  result.renames = std::move(*renames);
  if (!result.renames.empty()) {
    result.states.managed.KeepOfRenamed(live, desired);
    AdoptKnownForms(live, desired);
  }
  return result;
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

}  // namespace

Result<PlannedMigration> MakePlan(Connection& connection, const PipelineOptions& options) {
  Result<Comparable> read = AfterSnapshot(connection, ReadComparable(connection, options));
  if (!read) return std::unexpected(read.error());
  const FreedLater<Comparable> freed_later(*read);
  Schema& live = read->states.live.schema;
  DesiredState& desired = read->states.desired;

  Delta delta;
  if (!read->same) {
    const Result<void> done = AdoptServerForms(connection, live, desired.schema, desired.search_path);
    if (!done) return std::unexpected(done.error());
    delta = Diff(live, desired.schema);
  }
  delta.changes.insert(delta.changes.begin(), read->renames.begin(), read->renames.end());

  PlanInput input{
      .live = live,
      .desired = desired.schema,
      .delta = delta,
      .session = {connection.server_version(), connection.user_name(), connection.database_name()},
      .manages_privileges = [&](ObjectId object) { return read->states.managed.ManagesPrivileges(object); },
  };
  for (const auto& [id, size] : read->sizes) input.sizes[id] = {size.rows, size.bytes};
  Result<std::vector<Step>> steps = PlanSteps(input);
  if (!steps) return std::unexpected(steps.error());
  PlannedMigration migration{.warnings = std::move(desired.warnings)};
  migration.plan = {.tool_version = std::string(kVersion),
                    .database = connection.database_name(),
                    .postgres_version = connection.server_version(),
                    .scope = std::move(read->states.scope),
                    .live_fingerprint = read->states.live_fingerprint,
                    // Without a difference they are the same, by definition.
                    .desired_fingerprint = delta.empty() || !options.fingerprints ? read->states.live_fingerprint
                                                                                  : desired.schema.Fingerprint(),
                    .search_path = SearchPath(desired.search_path),
                    .steps = std::move(*steps)};
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
  FoldInheritance(schema, nothing);
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
