// DO blocks that only guard DDL by existence: `IF NOT EXISTS (SELECT FROM pg_roles ...) THEN CREATE ROLE ...`,
// `EXCEPTION WHEN duplicate_object`. What they hold is declared as if it stood there on its own.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "parser/syntax.h"

namespace schemadiff {

/// Under which condition a statement of a DO block runs.
enum class Guard : std::uint8_t {
  kNone,
  kUnlessExists,  ///< What it creates may be there already.
  kIfExists,      ///< What it speaks of may not be there.
};

/// A statement within a DO block.
struct GuardedStatement {
  std::size_t begin = 0;  ///< Byte offsets in the file.
  std::size_t end = 0;
  Guard guard = Guard::kNone;
};

/// The statements of a DO block that covers [begin, end) of a file's text, in their order; or why what it does cannot
/// be known without running it.
std::expected<std::vector<GuardedStatement>, std::string> ReadDoBlock(std::string_view file, std::size_t begin,
                                                                      std::size_t end);

/// What a text within a block parses to; without a root where it is wrong.
SyntaxTree TreeOf(const std::string& sql);

}  // namespace schemadiff
