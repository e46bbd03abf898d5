// Revisions from a line of text each, for the tests of their graph.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "revision/graph.h"

namespace schemadiff {

/// A revision in the file `<id>_x.sql`.
inline Revision RevisionOf(const std::string& id, std::vector<std::string> parents = {}) {
  Revision out;
  out.id = id;
  out.parents = std::move(parents);
  out.message = "message of " + id;
  out.file = std::make_shared<SourceFile>("revisions/" + id + "_x.sql", "-- " + id + "\nSELECT 1;\n");
  out.checksum = "sum of " + id;
  return out;
}

inline Revision SquashOf(const std::string& id, const std::vector<std::string>& replaced) {
  Revision out = RevisionOf(id);
  for (const std::string& each : replaced) out.replaces.push_back({each, "sum of " + each});
  return out;
}

/// The graph; the test ends when there is none.
inline RevisionGraph GraphOf(std::vector<Revision> revisions) {
  Result<RevisionGraph> graph = RevisionGraph::Of(std::move(revisions));
  REQUIRE_MESSAGE(graph.has_value(), graph.error().items().front().ToString());
  return std::move(*graph);
}

/// `a b c`.
inline std::string SpacedIds(const std::vector<const Revision*>& revisions) {
  std::string out;
  for (const Revision* revision : revisions) out += (out.empty() ? "" : " ") + revision->id;
  return out;
}

/// The exit code, and `place: message; hint` of each message on a line.
inline std::string Told(const Diagnostics& diagnostics) {
  std::string out = std::to_string(diagnostics.ExitCode());
  for (const Diagnostic& item : diagnostics.items()) {
    out += "\n" + (item.location ? item.location.ToString() + ": " : std::string()) + item.message + "; " + item.hint;
  }
  return out;
}

/// Ids, or what went wrong.
inline std::string IdsOrErrors(const Result<RevisionGraph::List>& list) {
  return list ? SpacedIds(*list) : Told(list.error());
}

}  // namespace schemadiff
