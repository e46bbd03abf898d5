// Dump: a schema as the files that declare it, as a person would have written them.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"
#include "planner/planner.h"
#include "support/diagnostic.h"

namespace schemadiff {

enum class DumpLayout : std::uint8_t {
  kByObject,  ///< `public/tables/orders.sql`, with all that belongs to the table; overloads share a file.
  kBySchema,  ///< `public.sql`; what stands outside schemas in `database.sql`.
  kSingle,    ///< `schema.sql`, in an order in which psql can run it.
};

struct DumpFile {
  std::string path;  ///< Relative to the schema folder, with `/`. No two differ by case alone.
  std::string text;
};

/// The files, ordered by path, that declare what is created. What creates secrets is marked with a comment: they are
/// shown as `***`, which leaves those of the database as they are.
std::vector<DumpFile> DumpFiles(const std::vector<Creation>& creations, const Schema& schema, DumpLayout layout);

}  // namespace schemadiff
