// A text search dictionary (manual: CREATE TEXT SEARCH DICTIONARY).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct DictionaryOption {
  std::string name;
  std::string value;  ///< As the catalog has it: a number, or a quoted string.

  bool operator==(const DictionaryOption&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"name", &DictionaryOption::name}, Field{"value", &DictionaryOption::value});
  }
};

struct TextSearchDictionary {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kTextSearchDictionary};

  std::string used_template;              ///< Qualified and quoted.
  std::vector<DictionaryOption> options;  ///< In the order in which they were given, which PostgreSQL keeps.

  bool operator==(const TextSearchDictionary&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"used_template", &TextSearchDictionary::used_template},
                 Field{"options", &TextSearchDictionary::options});
  }
};

}  // namespace schemadiff
