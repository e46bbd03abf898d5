// How the server writes the texts that it makes of what the catalogs hold.
#pragma once

#include <string_view>

namespace schemadiff {

/// For the rest of a transaction, whatever a role or a database has been given: constants and names as the manual shows
/// them by default, and as pg_dump has them. IntervalStyle changes what the server reads, too.
inline constexpr std::string_view kTextSettings =
    "SET LOCAL datestyle = iso; SET LOCAL intervalstyle = postgres; SET LOCAL extra_float_digits = 1;"
    " SET LOCAL bytea_output = hex; SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on;";

}  // namespace schemadiff
