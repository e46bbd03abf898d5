// Where secrets stand in the text of statements: found by tokens alone, so that what cannot be parsed is masked too.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "parser/tokens.h"

namespace schemadiff {

/// Byte ranges of the values in OPTIONS (...) of CREATE and ALTER FOREIGN DATA WRAPPER, SERVER, USER MAPPING and
/// FOREIGN TABLE, after CONNECTION of CREATE and ALTER SUBSCRIPTION, and after PASSWORD of CREATE and ALTER ROLE, USER
/// and GROUP; also where these stand in code within a string. In their order.
std::vector<std::pair<std::uint32_t, std::uint32_t>> SecretRanges(const Tokens& tokens);

/// The text with `*` for every byte of the ranges but for line breaks: offsets stay what they are.
std::string WithoutSecrets(std::string text, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges);

}  // namespace schemadiff
