// What a change of a column's type means: whether rows are rewritten, and how values are converted.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff {

/// Whether values of one type become the other's by an assignment cast that PostgreSQL finds itself, so that defaults,
/// checks and indexes on the column go along.
bool ConvertsImplicitly(std::string_view from, std::string_view to);

/// Whether the change leaves the heap as it is (locks-measured.txt: wider varchar, to text, wider numeric ...).
bool KeepsHeap(std::string_view from, std::string_view to);

/// The expression after USING for a quoted column; empty when none is needed.
std::string ConversionExpression(std::string_view column, std::string_view from, std::string_view to);

/// Whether some values of the old type may have no counterpart in the new one.
bool MayFail(std::string_view from, std::string_view to);

/// What values of the old type may lose when they become values of the new one, as a clause; empty when nothing, or
/// when the conversion fails instead. An explicit cast cuts text and bits off that are too long for their type; an
/// assignment refuses them (manual: "Character Types").
std::string WhatIsLost(std::string_view from, std::string_view to, bool explicit_cast);

}  // namespace schemadiff
