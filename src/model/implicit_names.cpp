#include "model/implicit_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace schemadiff {
namespace {

constexpr std::size_t kNameLength = 63;  // NAMEDATALEN - 1

// The longest prefix of at most `limit` bytes that ends between characters, as pg_mbcliplen() has it.
std::string_view Clip(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

}  // namespace

std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label) {
  std::size_t overhead = 0;
  if (!name2.empty()) overhead += 1;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = kNameLength - overhead;
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  while (length1 + length2 > available) {
    if (length1 > length2) {
      --length1;
    } else {
      --length2;
    }
  }
  std::string result(Clip(name1, length1));
  if (!name2.empty()) result += fmt::format("_{}", Clip(name2, length2));
  if (!label.empty()) result += fmt::format("_{}", label);
  return result;
}

std::string ChooseName(std::string_view name1, std::string_view name2, std::string_view label,
                       const std::function<bool(const std::string&)>& is_taken) {
  std::string candidate = MakeObjectName(name1, name2, label);
  for (int pass = 1; is_taken(candidate); ++pass) {
    candidate = MakeObjectName(name1, name2, fmt::format("{}{}", label, pass));
  }
  return candidate;
}

std::string IndexNameAddition(const std::vector<std::string>& columns) {
  std::string result;
  for (const std::string& column : columns) {
    if (!result.empty()) result += '_';
    result += Clip(column, kNameLength);
    if (result.size() >= kNameLength + 1) break;
  }
  return result;
}

std::string KeyName(std::string_view table, const Key& key, const std::function<bool(const std::string&)>& is_taken) {
  if (key.primary) return ChooseName(table, "", "pkey", is_taken);
  std::vector<std::string> columns = key.columns;
  columns.insert(columns.end(), key.include.begin(), key.include.end());
  return ChooseName(table, IndexNameAddition(columns), "key", is_taken);
}

std::string IndexName(std::string_view table, const Index& index,
                      const std::function<bool(const std::string&)>& is_taken) {
  std::vector<std::string> columns = index.key_names;
  if (columns.empty()) std::ranges::transform(index.elements, std::back_inserter(columns), &IndexElement::column);
  columns.insert(columns.end(), index.include.begin(), index.include.end());
  return ChooseName(table, IndexNameAddition(columns), "idx", is_taken);
}

}  // namespace schemadiff
