// Revision: one migration that is kept as a file, with the place that it has among the others.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/source.h"

namespace schemadiff {

/// A revision that a squashed one stands for.
struct ReplacedRevision {
  std::string id;
  std::string checksum;
  bool operator==(const ReplacedRevision&) const = default;
};

struct Revision {
  std::string id;                    ///< `20261129040028_k3f9`: UTC to the second, and a random tail.
  std::vector<std::string> parents;  ///< Ids; empty for one that begins a history, two or more for a merge.
  std::string message;
  std::string created;       ///< UTC, RFC 3339; empty when unknown.
  std::string tool;          ///< Version of schemadiff that wrote it; empty when it is by hand.
  int postgres_version = 0;  ///< The major version that it was planned for; 0 when unknown.
  std::string before;        ///< Fingerprint of the replayed schema that it leads away from; empty when unknown.
  std::string after;         ///< And of the one that it leads to.
  std::vector<ReplacedRevision> replaces;  ///< Of a squashed one: those up to and with its own id that it stands for.

  std::shared_ptr<const SourceFile> file;  ///< Its text; never null.
  std::shared_ptr<const SourceFile> down;  ///< The way back; null when there is none.
  std::string checksum;                    ///< SHA-256 of the file in hex, line endings aside.
};

}  // namespace schemadiff
