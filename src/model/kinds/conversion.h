// A conversion between encodings (manual: CREATE CONVERSION).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Conversion {
  std::string source;  ///< Name of the encoding, as pg_encoding_to_char() prints it.
  std::string target;
  std::string function;  ///< Qualified and quoted.
  bool is_default = false;

  bool operator==(const Conversion&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"source", &Conversion::source}, Field{"target", &Conversion::target},
                 Field{"function", &Conversion::function}, Field{"is_default", &Conversion::is_default});
  }
};

}  // namespace schemadiff
