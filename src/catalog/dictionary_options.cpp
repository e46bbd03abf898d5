#include "catalog/dictionary_options.h"

#include <algorithm>

namespace schemadiff {
namespace {

// Where `what` stands outside quotes, which double themselves, or the text's end.
std::size_t FindUnquoted(std::string_view text, std::string_view what) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(what)) return i;
    if (text[i] == '\'' || text[i] == '"') i = std::min(text.find(text[i], i + 1), text.size());
  }
  return text.size();
}

std::string Unquoted(std::string_view identifier) {
  if (!identifier.starts_with('"')) return std::string(identifier);
  std::string name;
  for (std::size_t i = 1; i + 1 < identifier.size(); ++i) {
    name += identifier[i];
    if (identifier[i] == '"') ++i;
  }
  return name;
}

}  // namespace

std::vector<DictionaryOption> DictionaryOptions(std::string_view text) {
  constexpr std::string_view kEquals = " = ";
  constexpr std::string_view kComma = ", ";
  std::vector<DictionaryOption> options;
  while (!text.empty()) {
    const std::string_view option = text.substr(0, FindUnquoted(text, kComma));
    text.remove_prefix(std::min(option.size() + kComma.size(), text.size()));
    const std::size_t equals = FindUnquoted(option, kEquals);
    options.push_back({Unquoted(option.substr(0, equals)),
                       std::string(option.substr(std::min(equals + kEquals.size(), option.size())))});
  }
  return options;
}

}  // namespace schemadiff
