// A text search configuration (manual: CREATE TEXT SEARCH CONFIGURATION).
#pragma once

#include "model/values.h"

namespace schemadiff {

/// The dictionaries that a type of token is looked up in, one after the other.
struct TokenMapping {
  std::string token;
  std::vector<std::string> dictionaries;  ///< Qualified and quoted.

  bool operator==(const TokenMapping&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"token", &TokenMapping::token}, Field{"dictionaries", &TokenMapping::dictionaries});
  }
};

/// What ALTER TEXT SEARCH CONFIGURATION does to mappings.
struct MappingChange {
  enum class Way : std::uint8_t { kSet, kReplace, kDrop };

  Way way = Way::kSet;
  std::vector<std::string> tokens;        ///< Of kReplace: none for all.
  std::vector<std::string> dictionaries;  ///< Of kReplace: the old and the new one.

  bool operator==(const MappingChange&) const = default;
};

struct TextSearchConfiguration {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kTextSearchConfiguration};
  static constexpr bool kServerSpells = true;

  std::string parser;                  ///< Qualified and quoted.
  std::vector<TokenMapping> mappings;  ///< Sorted by token.
  std::string copied_from;             ///< Of the desired state: one of the server's that it copies; then parser and
                                       ///< mappings are not known until the server said them.
  std::vector<MappingChange> changes;  ///< What is done to the copied mappings, in order. Not compared.

  /// Makes a change, or keeps it for later while the mappings are not known.
  void Change(MappingChange change);
  /// Takes what the copied one has, and makes the changes that were kept.
  void TakeCopied(const TextSearchConfiguration& copied);

  bool operator==(const TextSearchConfiguration& other) const {
    return parser == other.parser && mappings == other.mappings && copied_from == other.copied_from;
  }
  static constexpr auto Fields(auto visit) {
    return visit(Field{"parser", &TextSearchConfiguration::parser},
                 Field{"mappings", &TextSearchConfiguration::mappings},
                 Field{"copied_from", &TextSearchConfiguration::copied_from});
  }
};

}  // namespace schemadiff
