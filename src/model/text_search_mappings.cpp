#include <algorithm>
#include <utility>

#include "model/kinds/text_search_configuration.h"

namespace schemadiff {

void TextSearchConfiguration::Change(MappingChange change) {
  if (!copied_from.empty()) {
    changes.push_back(std::move(change));
    return;
  }
  const auto concerns = [&](const TokenMapping& mapping) {
    return std::ranges::contains(change.tokens, mapping.token) ||
           (change.way == MappingChange::Way::kReplace && change.tokens.empty());
  };
  if (change.way == MappingChange::Way::kReplace) {
    for (TokenMapping& mapping : mappings) {
      if (concerns(mapping)) std::ranges::replace(mapping.dictionaries, change.dictionaries[0], change.dictionaries[1]);
    }
    return;
  }
  std::erase_if(mappings, concerns);
  if (change.way == MappingChange::Way::kDrop) return;
  for (const std::string& token : change.tokens) mappings.push_back({token, change.dictionaries});
  std::ranges::sort(mappings, {}, &TokenMapping::token);
}

void TextSearchConfiguration::TakeCopied(const TextSearchConfiguration& copied) {
  parser = copied.parser;
  mappings = copied.mappings;
  copied_from.clear();
  for (MappingChange& change : std::exchange(changes, {})) Change(std::move(change));
}

}  // namespace schemadiff
