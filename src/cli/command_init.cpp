#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files.h"

namespace schemadiff {
namespace {

constexpr std::string_view kConfig =
    R"(# schemadiff: keeps a PostgreSQL database at the schema that these files declare.

schema = ["schema"]          # files and folders with the desired schema; order does not matter

# [manage]                   # what is compared beyond tables, views, functions and the like
# privileges = "declared"    # off, declared (only where the files speak of it) or exact
# ignore = ["table:audit.*"] # left alone

[env.local]
url = "embedded"             # a private PostgreSQL that schemadiff starts itself, kept in .schemadiff/
confirm = false              # apply without asking

# [env.production]
# url = "${DATABASE_URL}"    # environment variables are expanded
# lock_timeout = "2s"
# allow = []                 # hazards accepted without asking
)";

}  // namespace

int InitCommand(const std::string& directory) {
  namespace fs = std::filesystem;
  const Console console(false, false);
  const fs::path config = (fs::path(directory) / "schemadiff.toml").lexically_normal();
  const fs::path schema = (fs::path(directory) / "schema").lexically_normal();
  std::error_code error;
  if (fs::exists(fs::symlink_status(config, error))) {
    return console.Fail(Error(ErrorCode::kFailed, fmt::format("`{}` exists already", config.string()),
                              "edit it, or remove it first; nothing was changed")
                            .error());
  }
  const bool had_schema = fs::is_directory(schema, error);
  fs::create_directories(schema, error);
  if (error) {
    return console.Fail(
        Error(ErrorCode::kFailed, fmt::format("cannot create `{}`: {}", schema.string(), error.message())).error());
  }
  if (const Result<void> written = WriteFileAtomically(config.string(), kConfig); !written) {
    return console.Fail(written.error());
  }
  const Result<void> shown = console.Out(
      fmt::format("wrote {}{}\nput CREATE statements into {}/*.sql, then run `schemadiff plan`\n", config.string(),
                  had_schema ? "" : fmt::format(" and {}/", schema.string()), schema.string()));
  return shown ? 0 : console.Fail(shown.error());
}

}  // namespace schemadiff
