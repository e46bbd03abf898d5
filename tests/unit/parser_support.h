// Desired states from SQL text, for the tests of the parser.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "parser/parse.h"

namespace schemadiff {

/// What went wrong, a line for each message; empty when nothing did.
inline std::string ErrorsOf(const std::string& sql) {
  Result<SourceSet> sources = ParseText("test.sql", sql);
  std::string text;
  const auto append = [&](const Diagnostics& diagnostics) {
    for (const Diagnostic& item : diagnostics.items()) {
      if (item.severity == Severity::kError) text += item.location.ToString() + ": " + item.message + "\n";
    }
  };
  if (!sources) {
    append(sources.error());
  } else if (const Result<DesiredState> state = Interpret(*sources, ExternalNames()); !state) {
    append(state.error());
  }
  return text;
}

/// The desired state; the test ends when the text is wrong.
inline DesiredState StateOf(const std::string& sql) {
  Result<SourceSet> sources = ParseText("test.sql", sql);
  REQUIRE_MESSAGE(sources.has_value(), ErrorsOf(sql));
  Result<DesiredState> state = Interpret(*sources, ExternalNames());
  REQUIRE_MESSAGE(state.has_value(), ErrorsOf(sql));
  return std::move(*state);
}

/// An object that must be there.
inline const Object& Get(const DesiredState& state, ObjectId id) {
  const Object* object = state.schema.Find(id);
  REQUIRE_MESSAGE(object != nullptr, id.ToString());
  return *object;
}

/// An object of the schema public.
inline ObjectId Public(ObjectKind kind, std::string_view name, std::string_view arguments = {}) {
  return ObjectId::Of(kind, "public", name, arguments);
}

/// Whether an object has an edge of that kind.
inline bool HasEdge(const Object& object, ObjectId target, EdgeKind kind = EdgeKind::kUses) {
  for (const Edge& edge : object.edges) {
    if (edge == Edge{target, kind}) return true;
  }
  return false;
}

}  // namespace schemadiff
