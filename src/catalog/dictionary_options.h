// dictinitoption of pg_ts_dict: `name = 'value', other = 3`.
#pragma once

#include <string_view>
#include <vector>

#include "model/kinds/text_search_dictionary.h"

namespace schemadiff {

std::vector<DictionaryOption> DictionaryOptions(std::string_view text);

}  // namespace schemadiff
