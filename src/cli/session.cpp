#include "cli/session.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>

#include "cli/files.h"
#include "cli/progress.h"
#include "cli/states.h"
#include "report/plan_json.h"
#include "report/plan_markdown.h"
#include "report/plan_sql.h"
#include "report/plan_text.h"
#include "report/words.h"

namespace schemadiff {

Result<Session> Session::Configured(const CommonOptions& options, const Console& console) {
  Result<Settings> settings = ResolveSettings(options);
  if (!settings) return std::unexpected(settings.error());
  const Result<Format> format = ChosenFormat(options);
  // Text alone says nothing of them.
  settings->pipeline.fingerprints = options.out || !(format && *format == Format::kText);
  Session session;
  session.settings_ = std::move(*settings);
  session.shows_progress_ = console.error_is_terminal() && !console.quiet() && !options.verbose;
  const Settings& chosen = session.settings();
  spdlog::info("configuration: {}", chosen.config.path.empty() ? "none" : chosen.config.path);
  for (const std::string& path : chosen.pipeline.schema_paths) spdlog::info("desired schema: {}", path);
  return session;
}

Result<Session> Session::Open(const CommonOptions& options, const Console& console) {
  Result<Session> session = Configured(options, console);
  if (!session) return session;
  if (Result<void> connected = session->Connect(options); !connected) return std::unexpected(connected.error());
  return session;
}

Result<Session> Session::OpenToPlan(const CommonOptions& options, const Console& console) {
  Result<Session> session = Configured(options, console);
  if (!session) return session;
  session->reading_ = StartReading(session->settings().pipeline);
  if (Result<void> connected = session->Connect(options); !connected) return std::unexpected(connected.error());
  return session;
}

Result<void> Session::Connect(const CommonOptions& options) {
  conninfo_ = settings().url;
  if (conninfo_ == kEmbedded) {
    const auto folder = std::filesystem::path(settings().config.directory) / ".schemadiff" / "postgres";
    spdlog::info("embedded server: {}", folder.string());
    const Progress progress("starting the embedded server", shows_progress_);
    Result<EmbeddedServer> server = EmbeddedServer::Start(folder);
    if (!server) return std::unexpected(server.error());
    // The cluster is nobody's to commit, and often another user's to read.
    const auto ignore = folder.parent_path() / ".gitignore";
    std::error_code unknown;
    if (!std::filesystem::exists(ignore, unknown)) (void)WriteFileAtomically(ignore.string(), "*\n");
    server_ = std::make_unique<EmbeddedServer>(std::move(*server));
    conninfo_ = server_->conninfo();
  }
  spdlog::info("connecting to {}",
               conninfo_.empty() ? "the server that PG* variables name" : RedactConninfo(conninfo_));
  const Progress progress("connecting", shows_progress_);
  Result<Connection> connection = Connection::Open(conninfo_);
  if (!connection) {
    Diagnostic problem = connection.error().items().front();
    if (problem.code == ErrorCode::kUsage && !options.database_url) {
      problem.code = ErrorCode::kBadInput;
      problem.location = settings().environment.url.location;
    }
    return std::unexpected<Diagnostics>(problem);
  }
  connection_ = std::move(*connection);
  spdlog::info("connected to database {} as {}, PostgreSQL {}", connection_->database_name(), connection_->user_name(),
               ServerVersionText(connection_->server_version()));
  return {};
}

Result<Plan> Session::MakePlanShown(const Console& console) {
  const auto begin = std::chrono::steady_clock::now();
  Result<PlannedMigration> planned;
  {
    const Progress progress("reading the files and the database", shows_progress_);
    planned = MakePlan(*connection_, settings_.pipeline, std::move(reading_));
  }
  if (!planned) return std::unexpected(planned.error());
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - begin;
  spdlog::info("planned {} in {:.0f} ms", Plural(planned->plan.steps.size(), "step"), passed.count());
  console.Show(planned->warnings);
  return std::move(planned->plan);
}

std::string Render(const Plan& plan, Format format, const Settings& settings, bool color) {
  switch (format) {
    case Format::kText: return PlanText(plan, {.color = color});
    case Format::kJson: return PlanJson(plan);
    case Format::kSql:
      return PlanSql(plan, {.lock_timeout = fmt::format("{}ms", settings.environment.lock_timeout.count())});
    case Format::kMarkdown: return PlanMarkdown(plan);
  }
  return {};
}

Result<void> Deliver(const Plan& plan, const CommonOptions& options, const Settings& settings, const Console& console) {
  const Result<Format> format = ChosenFormat(options);
  if (!format) return std::unexpected(format.error());
  if (!options.out) return console.Out(Render(plan, *format, settings, console.color_out()));
  Result<void> written = WriteFileAtomically(*options.out, Render(plan, *format, settings, false));
  if (written) console.Note(fmt::format("{}\nwritten to {}", SummaryLine(plan), *options.out));
  return written;
}

}  // namespace schemadiff
