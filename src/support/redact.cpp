#include "support/redact.h"

#include <algorithm>

namespace schemadiff {
namespace {

bool EndsUrl(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '"' || c == '\'' || c == '`'; }

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

void MarkUrls(std::string_view text, std::string& marks) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const auto* const end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), EndsUrl);
    const std::string_view url = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    // A password may hold an unescaped @: everything up to the last one is hidden.
    const std::size_t host = url.rfind('@');
    const std::size_t colon = url.find(':', at + 3);
    if (host == std::string_view::npos || host < at || colon > host) continue;
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(colon + 1), marks.begin() + static_cast<std::ptrdiff_t>(host),
              '*');
  }
}

void MarkPasswords(std::string_view text, std::string& marks) {
  constexpr std::string_view kKey = "password";
  const std::string lower = Lower(text);
  for (std::size_t at = lower.find(kKey); at != std::string::npos; at = lower.find(kKey, at + 1)) {
    std::size_t i = at + kKey.size();
    const auto skip_spaces = [&] {
      while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
    };
    if (i < text.size() && (text[i] == '"' || text[i] == '\'')) ++i;  // A quoted key.
    skip_spaces();
    if (i == text.size() || text[i] != '=') continue;
    ++i;
    skip_spaces();
    const char quote = i < text.size() && (text[i] == '"' || text[i] == '\'') ? text[i++] : '\0';
    for (; i < text.size() && text[i] != '\n'; ++i) {
      if (quote != '\0' && text[i] == '\\' && i + 1 < text.size()) {
        marks[i++] = '*';
      } else if (quote != '\0' ? text[i] == quote : EndsUrl(text[i]) || text[i] == '&') {
        break;
      }
      if (text[i] != '\n') marks[i] = '*';
    }
  }
}

}  // namespace

std::string MaskSecrets(std::string_view text) {
  std::string marks(text.size(), ' ');
  MarkUrls(text, marks);
  MarkPasswords(text, marks);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continuation = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (marks[i] == ' ') {
      out += text[i];
    } else if (!continuation) {
      out += '*';
    }
  }
  return out;
}

}  // namespace schemadiff
