#include "canonical/mentions.h"

#include <algorithm>
#include <string_view>

#include "model/attributes.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

// All texts within a value, with blanks between them.
template <typename T>
void AppendWords(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    (out += value) += ' ';
  } else if constexpr (std::is_same_v<T, Expression>) {
    AppendWords(out, value.sql);
  } else if constexpr (HasFields<T>) {
    ForEachField(value, [&](std::string_view, const auto& field) { AppendWords(out, field); });
  } else if constexpr (!std::is_same_v<T, Options> && requires { value.begin(); }) {
    for (const auto& item : value) AppendWords(out, item);
  }
}

std::string Folded(std::string_view word) {
  std::string folded(word);
  std::ranges::transform(folded, folded.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return folded;
}

}  // namespace

void Mentions::Add(const Object& object) {
  std::string text;
  Visit([&](const auto& attributes) { AppendWords(text, attributes); }, object.attributes);
  AddText(text);
}

void Mentions::AddText(const std::string& text) {
  constexpr std::size_t kNameDataLength = 64;
  all_ = all_ || text.contains("&\"");
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end_of = [&](std::size_t at, bool word) {
      while (at < text.size() && IsIdentifierPart(text[at]) == word) ++at;
      return at;
    };
    begin = end_of(begin, false);
    const std::size_t end = end_of(begin, true);
    const std::string_view word = std::string_view(text).substr(begin, end - begin);
    all_ = all_ || word.size() >= kNameDataLength;
    words_.emplace(word);
    words_.insert(Folded(word));
    begin = end;
  }
}

bool Mentions::Has(const std::string& name) const {
  return all_ || !std::ranges::all_of(name, IsIdentifierPart) || words_.contains(name);
}

}  // namespace schemadiff
