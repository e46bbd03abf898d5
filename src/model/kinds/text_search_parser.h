// A text search parser (manual: CREATE TEXT SEARCH PARSER). Its functions are qualified and quoted.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct TextSearchParser {
  static constexpr bool kOwnerless = true;
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kTextSearchParser};

  std::string start;
  std::string get_token;
  std::string end;
  std::string headline;  ///< Empty when it has none.
  std::string lex_types;

  bool operator==(const TextSearchParser&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"start", &TextSearchParser::start}, Field{"get_token", &TextSearchParser::get_token},
                 Field{"end", &TextSearchParser::end}, Field{"headline", &TextSearchParser::headline},
                 Field{"lex_types", &TextSearchParser::lex_types});
  }
};

}  // namespace schemadiff
