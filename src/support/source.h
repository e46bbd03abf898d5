// Source text with line and column: what diagnostics point into.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff {

struct LineColumn {
  std::uint32_t line = 0;    ///< From 1; 0 when unknown.
  std::uint32_t column = 0;  ///< From 1, in Unicode code points.
};

/// A file's text. Immutable and shared, so that locations can outlive the parser.
class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }

  /// Line and column of a byte offset; an offset past the end is the end.
  LineColumn Position(std::size_t offset) const;
  /// The line (from 1) without its line ending; empty when there is no such line.
  std::string_view Line(std::uint32_t line) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

/// A place in a file. Default-constructed: unknown.
struct SourceLocation {
  std::shared_ptr<const SourceFile> file;
  std::uint32_t offset = 0;

  explicit operator bool() const { return file != nullptr; }
  /// `path:line:column`, or an empty string when unknown.
  std::string ToString() const;
  /// `path:line`, or an empty string when unknown.
  std::string PathAndLine() const;
};

}  // namespace schemadiff
