// Renames that the desired schema asks for: carried out in the live schema's model, so that all else compares by the
// new names.
#pragma once

#include <vector>

#include "diff/delta.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Whether anything is to be renamed.
bool AsksForRenames(const Schema& live, const Schema& desired);

/// Renames in `live` what annotations of `desired` say is renamed, outermost first. An annotation whose old name is
/// gone is done with. Expressions of the live schema that mention a renamed column follow, and what children have of
/// it. Errors: kBadInput when both names exist, and for what comes from a parent that keeps the name.
Result<std::vector<Change>> ApplyRenames(Schema& live, const Schema& desired);

/// Annotates a state that has the old names for the way back from one that has the new, `live`: ApplyRenames(), with
/// the two exchanged, then takes back what it did; but not for what a table has from a parent by now.
void AskToRenameBack(const std::vector<Change>& renames, const Schema& live, Schema& desired);

}  // namespace schemadiff
