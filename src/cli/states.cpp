#include "cli/states.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

#include "canonical/as_read.h"
#include "catalog/completeness.h"
#include "cli/allow.h"
#include "model/access.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

struct Files {
  SourceSet sources;
  std::vector<std::string> schemas;
  Result<DesiredState> desired;
};

Result<DesiredState> InterpretChecked(SourceSet& sources, const ExternalNames& external) {
  Result<DesiredState> desired = Interpret(sources, external);
  if (!desired) return desired;
  if (Result<void> fine = CheckAllowances(desired->schema); !fine) return std::unexpected(fine.error());
  return desired;
}

Result<Files> InterpretFiles(Result<SourceSet> sources, const ExternalNames& external) {
  if (!sources) return std::unexpected(sources.error());
  std::vector<std::string> schemas = DeclaredSchemas(*sources);
  Result<DesiredState> desired = InterpretChecked(*sources, external);
  if (desired) schemas = SpokenOf(std::move(schemas), *desired, sources->is_history);
  return Files{std::move(*sources), std::move(schemas), std::move(desired)};
}

template <typename Kind>
constexpr bool kMayBeHidden = requires(const Kind& attributes) { attributes.hidden; };

constexpr bool MayBeHidden(ObjectKind kind) {
  switch (kind) {
#define SCHEMADIFF_KIND(Struct, file, label) \
  case ObjectKind::k##Struct: return kMayBeHidden<Struct>;
#include "model/object_kinds.def"
#undef SCHEMADIFF_KIND
  }
  std::unreachable();
}

// What the role may not read is not compared.
void WarnOfHidden(const Schema& live, DesiredState& desired) {
  std::vector<ObjectId> ids;
  live.ForEachOfKinds(MayBeHidden, [&](ObjectId id, const Object& object) {
    const bool is_hidden = Visit(
        [](const auto& attributes) {
          if constexpr (kMayBeHidden<std::remove_cvref_t<decltype(attributes)>>) return attributes.hidden;
          return false;
        },
        object.attributes);
    if (is_hidden && desired.schema.Contains(id)) ids.push_back(id);
  });
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

// Restricts both states to what is managed, and settles what depends on both: whom things belong to, and who may do
// what with them.
Result<States> Settle(Managed managed, Catalog live, DesiredState desired, const PipelineOptions& options,
                      AccessContext access) {
  std::vector<Object> set_aside = managed.RestrictToScope(live.schema);
  std::string live_fingerprint = options.fingerprints ? live.schema.Fingerprint() : std::string();
  managed.Restrict(live.schema, desired.schema, std::move(set_aside));
  access.exact_owners = managed.HasExactOwners();
  access.manages_privileges = [&](ObjectId object) { return managed.ManagesPrivileges(object); };
  ResolveAccess(live.schema, desired.schema, access);
  WarnOfHidden(live.schema, desired);
  Scope scope = managed.scope();
  return States{std::move(managed), std::move(scope), std::move(live_fingerprint), std::move(live), std::move(desired)};
}

}  // namespace

// Not std::async(), whose future would wait for the files when there is an error to be told.
SourcesRead StartReading(const PipelineOptions& options) {
  std::packaged_task<Result<SourceSet>()> read([files = options.files, paths = options.schema_paths] {
    return files != nullptr ? ReadSources(*files) : ReadSources(paths);
  });
  SourcesRead reading = read.get_future();
  std::thread(std::move(read)).detach();
  return reading;
}

// The files are parsed and interpreted while the catalogs are read: with the names of extensions alone, which is enough
// unless the files refer to schemas that are not managed.
Result<States> ReadStates(Connection& connection, const PipelineOptions& options, SourcesRead reading) {
  if (Result<void> begun = BeginSnapshot(connection); !begun) return std::unexpected(begun.error());
  Result<ExtensionMembers> extensions = ReadExtensionMembers(connection);
  if (!extensions) return std::unexpected(extensions.error());
  ExternalNames& external = extensions->names;
  external.version = connection.server_version();
  external.current_user = connection.user_name();
  external.database = connection.database_name();
  auto interpreting = std::async(std::launch::async, [&] { return InterpretFiles(reading.get(), external); });
  const bool own_schema = options.manage.own_schema;
  Result<Catalog> live = ReadCatalog(connection, *extensions, {.own_schema = own_schema});
  Result<std::vector<std::string>> unread;
  if (live && !own_schema) unread = UnreadObjects(connection, *extensions, *live);
  Result<Files> files = interpreting.get();
  if (!files) return std::unexpected(files.error());
  if (!live) return std::unexpected(live.error());
  if (!unread) return std::unexpected(unread.error());
  Managed managed(options.manage, files->schemas, live->schema);
  if (!files->desired) {
    managed.AddUnmanagedNames(live->schema, external);
    files->desired = InterpretChecked(files->sources, external);
  }
  if (!files->desired) return std::unexpected(files->desired.error());
  DesiredState& desired = *files->desired;
  const AccessContext access{.version = connection.server_version(),
                             .role = connection.user_name(),
                             .database_owner = live->database_owner,
                             .manages_privileges = nullptr};
  Result<States> states = Settle(std::move(managed), std::move(*live), std::move(desired), options, access);
  if (!states) return states;
  Result<void> fine = TellUnread(*unread, options.strict, states->desired.warnings);
  if (!fine) return std::unexpected(fine.error());
  return states;
}

Result<States> ReadStates(Declared from, Declared to, const PipelineOptions& options, int version) {
  if (Result<void> fine = CheckAllowances(to.state.schema); !fine) return std::unexpected(fine.error());
  MakeAsRead(from.state.schema, version);
  Catalog live;
  live.schema = std::move(from.state.schema);
  live.version = version;
  live.database_owner = kRunningRole;
  DesiredState& desired = to.state;
  Diagnostics warnings = std::move(from.state.warnings);
  warnings.Append(desired.warnings);
  desired.warnings = std::move(warnings);
  // What either says is said by files: both schemas are managed.
  std::vector<std::string> schemas = std::move(from.schemas);
  schemas.insert(schemas.end(), to.schemas.begin(), to.schemas.end());
  Managed managed(options.manage, schemas, live.schema);
  managed.TakeLiveAsDeclared();
  Result<States> states = Settle(std::move(managed), std::move(live), std::move(desired), options,
                                 {.version = version,
                                  .role = std::string(kRunningRole),
                                  .database_owner = std::string(kRunningRole),
                                  .manages_privileges = nullptr});
  if (states) states->database = to.database.empty() ? from.database : to.database;
  return states;
}

}  // namespace schemadiff
