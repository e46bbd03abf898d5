// A plan with something of everything, and the comparison with golden files.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "planner/plan.h"

namespace schemadiff {

inline Plan SamplePlan() {
  const Lock exclusive{.relation = "public.orders", .mode = LockMode::kAccessExclusive};
  const Lock update{.relation = "public.orders", .mode = LockMode::kShareUpdateExclusive};
  Plan plan{.tool_version = "0.1.0",
            .database = "shop",
            .postgres_version = 170006,
            .live_fingerprint = "00ff",
            .desired_fingerprint = "ff00",
            .search_path = "\"\"",
            .notes = {"2 views were compared by syntax tree, since the role lacks TEMP"},
            .steps = {}};
  plan.steps.push_back({.object_kind = "column",
                        .object_name = "public.orders.note",
                        .owner_name = "public.orders",
                        .verb = Verb::kCreate,
                        .phase = Phase::kExpand,
                        .transaction = TransactionMode::kShared,
                        .group = 1,
                        .sql = {"ALTER TABLE public.orders ADD COLUMN note text DEFAULT 'a | `b`'"},
                        .locks = {exclusive},
                        .undo = "ALTER TABLE public.orders DROP COLUMN note",
                        .source = "schema/orders.sql:12"});
  plan.steps.push_back({.object_kind = "function",
                        .object_name = "public.total(integer)",
                        .owner_name = "public.total(integer)",
                        .verb = Verb::kReplace,
                        .group = 1,
                        .sql = {"CREATE OR REPLACE FUNCTION public.total(integer) RETURNS integer\nLANGUAGE sql AS $$\n"
                                "  SELECT $1 -- as it was\n$$"},
                        .hazards = {{HazardKind::kOpaque, "the body changes", "reviewed, 100% \"fine\""}},
                        .source = "schema/total.sql:1"});
  plan.steps.push_back({.object_kind = "index",
                        .object_name = "public.orders_note_idx",
                        .owner_name = "public.orders",
                        .verb = Verb::kCreate,
                        .transaction = TransactionMode::kNone,
                        .group = 2,
                        .sql = {"CREATE INDEX CONCURRENTLY orders_note_idx ON public.orders (note)"},
                        .locks = {update},
                        .scans = {"public.orders"},
                        .estimate = {.rows = 1'200'000, .bytes = 356'515'840},
                        .note = "built without stopping writers",
                        .source = "schema/orders.sql:20",
                        .cleanup = "DROP INDEX CONCURRENTLY IF EXISTS public.orders_note_idx"});
  plan.steps.push_back({.object_kind = "column",
                        .object_name = "public.orders.amount",
                        .owner_name = "public.orders",
                        .verb = Verb::kAlter,
                        .phase = Phase::kContract,
                        .transaction = TransactionMode::kOwn,
                        .group = 3,
                        .sql = {"ALTER TABLE public.orders ALTER COLUMN amount TYPE bigint"},
                        .locks = {exclusive},
                        .rewrites = {"public.orders"},
                        .hazards = {{HazardKind::kTableRewrite, "the table is written anew", ""},
                                    {HazardKind::kBlocksReads, "readers wait while it is written anew", ""}},
                        .estimate = {.rows = 1'200'000, .bytes = 356'515'840},
                        .source = "schema/orders.sql:7"});
  plan.steps.push_back({.object_kind = "table",
                        .object_name = "public.\"Old things\"",
                        .owner_name = "public.\"Old things\"",
                        .verb = Verb::kDrop,
                        .phase = Phase::kContract,
                        .group = 4,
                        .sql = {"DROP TABLE public.\"Old things\""},
                        .locks = {{.relation = "public.\"Old things\"", .mode = LockMode::kAccessExclusive}},
                        .hazards = {{HazardKind::kDataLoss, "about 3 rows go away", ""}},
                        .estimate = {.rows = 3, .bytes = 8192}});
  return plan;
}

/// Compares with tests/golden/NAME; writes it instead when SCHEMADIFF_UPDATE_GOLDENS is set.
inline void CheckGolden(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(SCHEMADIFF_GOLDEN_FOLDER) / name;
  if (std::getenv("SCHEMADIFF_UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.is_open(), "no golden file ", path.string(), "; run with SCHEMADIFF_UPDATE_GOLDENS=1");
  const std::string golden(std::istreambuf_iterator<char>(file), {});
  CHECK_MESSAGE(text == golden, name, " differs; got:\n", text);
}

}  // namespace schemadiff
