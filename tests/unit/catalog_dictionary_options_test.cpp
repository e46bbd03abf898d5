#include <doctest/doctest.h>

#include "catalog/dictionary_options.h"

namespace schemadiff::test::catalog_dictionary_options {

TEST_CASE("a dictionary's options as the catalog has them") {
  CHECK(DictionaryOptions("").empty());
  CHECK(DictionaryOptions("stopwords = 'english', maxlen = 3") ==
        std::vector<DictionaryOption>{{"stopwords", "'english'"}, {"maxlen", "3"}});
  CHECK(DictionaryOptions("\"A, \"\"b\"\" = \" = E'it''s, \\\\ = x', c = 1") ==
        std::vector<DictionaryOption>{{"A, \"b\" = ", "E'it''s, \\\\ = x'"}, {"c", "1"}});
}

}  // namespace schemadiff::test::catalog_dictionary_options
