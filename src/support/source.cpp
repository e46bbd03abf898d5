#include "support/source.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemadiff {

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

LineColumn SourceFile::Position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::ranges::upper_bound(line_starts_, offset);
  const auto line = static_cast<std::uint32_t>(next - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  const auto continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  const auto bytes = std::string_view(text_).substr(start, offset - start);
  const auto column = bytes.size() - static_cast<std::size_t>(std::ranges::count_if(bytes, continuation));
  return {line, static_cast<std::uint32_t>(column + 1)};
}

std::string_view SourceFile::Line(std::uint32_t line) const {
  if (line == 0 || line > line_starts_.size()) return {};
  const std::size_t start = line_starts_[line - 1];
  const std::size_t end = line < line_starts_.size() ? line_starts_[line] : text_.size();
  std::string_view text = std::string_view(text_).substr(start, end - start);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string SourceLocation::ToString() const {
  if (!file) return {};
  const LineColumn at = file->Position(offset);
  return fmt::format("{}:{}:{}", file->path(), at.line, at.column);
}

std::string SourceLocation::PathAndLine() const {
  if (!file) return {};
  return fmt::format("{}:{}", file->path(), file->Position(offset).line);
}

}  // namespace schemadiff
