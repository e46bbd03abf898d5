#include "parser/read_file.h"

#include <strings.h>

#include <algorithm>
#include <string_view>

namespace schemadiff {
namespace {

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// As pg_dump writes it, on a line of its own.
bool StartsRows(std::string_view line) {
  constexpr std::string_view kStart = "COPY ";
  constexpr std::string_view kEnd = " FROM stdin;";
  return line.size() > kStart.size() + kEnd.size() && EqualsIgnoringCase(line.substr(0, kStart.size()), kStart) &&
         EqualsIgnoringCase(line.substr(line.size() - kEnd.size()), kEnd);
}

// Blanks in their place: everything else stays where it is.
std::string WithoutCopiedRows(std::string text) {
  bool in_rows = false;
  std::size_t rows_begin = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t newline = std::min(text.find('\n', begin), text.size());
    std::size_t end = newline;
    if (end > begin && text[end - 1] == '\r') --end;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (in_rows && line == "\\.") {
      for (std::size_t i = rows_begin; i < end; ++i) {
        if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
      }
      in_rows = false;
    } else if (!in_rows && StartsRows(line)) {
      in_rows = true;
      rows_begin = newline;
    }
    begin = newline + 1;
  }
  return text;
}

}  // namespace

Result<std::string> ReadSqlFile(FileTree& tree, const std::string& file, const SourceLocation& location) {
  Result<std::string> read = tree.Read(file, location);
  if (!read) return read;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (read->starts_with(kByteOrderMark)) read->erase(0, kByteOrderMark.size());
  return WithoutCopiedRows(std::move(*read));
}

}  // namespace schemadiff
