#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "report/words.h"

namespace schemadiff {
namespace {

namespace fs = std::filesystem;

// A folder that holds SQL already declares something: the dump would be declared beside it.
Result<void> CheckIsFree(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    return Error(ErrorCode::kFailed, fmt::format("`{}` is no folder", folder), "name one with `--out`");
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() != ".sql") continue;
    return Error(ErrorCode::kFailed,
                 fmt::format("`{}` holds SQL files already, `{}` for one", folder,
                             fs::relative(entry.path(), folder, error).string()),
                 "remove them, or name another folder with `--out`; nothing was written");
  }
  return {};
}

Result<void> CheckIsNew(const std::string& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return {};
  return Error(ErrorCode::kFailed, fmt::format("`{}` exists already", file),
               "remove it, or name another file with `--out`; nothing was written");
}

Result<void> WriteFolder(const std::string& folder, const std::vector<DumpFile>& files) {
  for (const DumpFile& file : files) {
    const fs::path path = fs::path(folder) / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) {
      return Error(ErrorCode::kFailed,
                   fmt::format("cannot create `{}`: {}", path.parent_path().string(), error.message()));
    }
    if (Result<void> written = WriteFileAtomically(path.string(), file.text); !written) return written;
  }
  return {};
}

Result<void> Write(const DumpCommandOptions& options, DumpLayout layout, Session& session, const Console& console) {
  const bool single = layout == DumpLayout::kSingle;
  const std::string folder = options.common.out.value_or(session.settings().pipeline.schema_paths.front());
  if (!single || options.common.out) {
    if (Result<void> is_free = single ? CheckIsNew(*options.common.out) : CheckIsFree(folder); !is_free) return is_free;
  }
  Result<std::vector<DumpFile>> files;
  {
    const Progress progress("reading the database", session.shows_progress());
    files = MakeDump(session.connection(), session.settings().pipeline.manage, layout);
  }
  if (!files) return std::unexpected(files.error());
  if (!single) {
    Result<void> written = WriteFolder(folder, *files);
    if (written) console.Note(fmt::format("wrote {} to {}", Plural(files->size(), "file"), folder));
    return written;
  }
  const std::string text = files->empty() ? std::string() : files->front().text;
  if (!options.common.out) return console.Out(text);
  Result<void> written = WriteFileAtomically(*options.common.out, text);
  if (written) console.Note(fmt::format("written to {}", *options.common.out));
  return written;
}

}  // namespace

int DumpCommand(const DumpCommandOptions& options) {
  const Console console(options.common.quiet, options.common.no_color);
  const Result<DumpLayout> layout = ParseLayout(options.layout);
  if (!layout) return console.Fail(layout.error());
  Result<Session> session = Session::Open(options.common, console);
  if (!session) return console.Fail(session.error());
  const Result<void> written = Write(options, *layout, *session, console);
  return written ? 0 : console.Fail(written.error());
}

}  // namespace schemadiff
