// A column of a table; inherited ones belong to the parent (manual: CREATE TABLE). Its default is a ColumnDefault,
// its NOT NULL a NotNull.
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Column {
  enum class Identity : std::uint8_t { kNone, kAlways, kByDefault };
  enum class Generated : std::uint8_t { kNone, kStored, kVirtual };

  DataType type;
  std::string collation;  ///< Qualified and quoted; empty for the type's own.
  Identity identity = Identity::kNone;
  SequenceParameters identity_parameters;  ///< Of the sequence behind an identity column.
  std::string identity_sequence;           ///< Its name, qualified and quoted; empty when there is no identity.
  Generated generated = Generated::kNone;
  Expression generation_expression;
  std::string storage;                  ///< `EXTENDED`, ...; empty for the type's default.
  std::string compression;              ///< `pglz`, `lz4`; empty for the server's default.
  std::int64_t statistics_target = -1;  ///< -1 for the server's default.
  Options options;                      ///< `n_distinct`, `n_distinct_inherited`.
  Options foreign_options;              ///< Of a foreign table's column.

  /// Secrets that are left out stay.
  void TakeUnstated(const Column& live) { TakeLeftOut(foreign_options, live.foreign_options); }

  void LoseIdentity() {
    identity = Identity::kNone;
    identity_parameters = {};
    identity_sequence.clear();
  }

  bool operator==(const Column&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"type", &Column::type}, Field{"collation", &Column::collation},
                 Field{"identity", &Column::identity}, Field{"identity_parameters", &Column::identity_parameters},
                 Field{"identity_sequence", &Column::identity_sequence}, Field{"generated", &Column::generated},
                 Field{"generation_expression", &Column::generation_expression}, Field{"storage", &Column::storage},
                 Field{"compression", &Column::compression}, Field{"statistics_target", &Column::statistics_target},
                 Field{"options", &Column::options}, Field{"foreign_options", &Column::foreign_options});
  }
};

}  // namespace schemadiff
