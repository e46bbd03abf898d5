// For tests of the planner's rules: schemas written as literals, and the plan between two of them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "planner/planner.h"

namespace schemadiff::test {

template <typename Kind>
Object Fact(ObjectId id, Kind attributes, std::vector<ObjectId> uses = {}) {
  Object object{.id = id, .attributes = std::move(attributes)};
  for (const ObjectId target : uses) object.edges.push_back({target, EdgeKind::kUses});
  return object;
}

inline Schema SchemaOf(std::vector<Object> objects) {
  Schema schema;
  for (Object& object : objects) schema.Add(std::move(object));
  return schema;
}

inline std::vector<Step> StepsBetween(const Schema& live, const Schema& desired, int version = 170000) {
  const Delta delta = Diff(live, desired);
  auto steps =
      PlanSteps({.live = live, .desired = desired, .delta = delta, .session = {version, "me", "shop"}, .sizes = {}});
  REQUIRE(steps.has_value());
  return *std::move(steps);
}

inline std::vector<std::string> SqlOf(const std::vector<Step>& steps) {
  std::vector<std::string> sql;
  for (const Step& step : steps) sql.insert(sql.end(), step.sql.begin(), step.sql.end());
  return sql;
}

inline std::vector<std::string> SqlBetween(const Schema& live, const Schema& desired, int version = 170000) {
  return SqlOf(StepsBetween(live, desired, version));
}

inline bool HasHazard(const Step& step, HazardKind kind) {
  for (const Hazard& hazard : step.hazards) {
    if (hazard.kind == kind) return true;
  }
  return false;
}

using Sql = std::vector<std::string>;

}  // namespace schemadiff::test
