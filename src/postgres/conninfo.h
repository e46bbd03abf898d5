// Connection strings: what they say, and how they may be shown. RedactConninfo is declared in connection.h.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff {

/// Whether libpq reads the string as a URI.
bool IsPostgresUri(std::string_view conninfo);

/// Whether a URI's user part holds characters that must be percent-encoded (`@`, `/`): libpq then takes a piece of the
/// password for the host, and its messages show it.
bool HasUnencodedPassword(std::string_view conninfo);

/// The string with what schemadiff sets by itself: application_name and connect_timeout (10 s) where the string does
/// not give them (the latter not if PGCONNECT_TIMEOUT does), and client_encoding UTF8 whatever it gives.
std::string WithDefaults(std::string_view conninfo);

/// One value of a keyword string (`host=...`), as libpq's conninfo parser writes it: quoted where needed.
std::string QuoteConninfoValue(std::string_view value);

}  // namespace schemadiff
