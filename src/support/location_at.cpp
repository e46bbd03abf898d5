#include "support/location_at.h"

namespace schemadiff {

std::size_t ByteAfter(std::string_view text, std::size_t byte, int characters) {
  for (; characters > 0 && byte < text.size(); --characters) {
    ++byte;
    while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) ++byte;
  }
  return byte;
}

SourceLocation LocationAt(const std::shared_ptr<const SourceFile>& file, LineColumn place) {
  const std::string_view line = file->Line(place.line);
  if (line.data() == nullptr) return {.file = file, .offset = static_cast<std::uint32_t>(file->text().size())};
  std::size_t at = 0;
  for (std::uint32_t column = 1; at < line.size(); ++at) {
    if ((static_cast<unsigned char>(line[at]) & 0xC0U) != 0x80U && column++ == place.column) break;
  }
  const auto line_start = static_cast<std::size_t>(line.data() - file->text().data());
  return {.file = file, .offset = static_cast<std::uint32_t>(line_start + at)};
}

}  // namespace schemadiff
