// A sequence that is not behind an identity column (manual: CREATE SEQUENCE).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Sequence {
  static constexpr NameSpace kNameSpaces[] = {NameSpace::kRelation};

  DataType type = {"bigint"};
  SequenceParameters parameters;
  bool unlogged = false;
  ObjectId owned_by;  ///< The column that it is dropped with; none when it stands alone.

  bool operator==(const Sequence&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"type", &Sequence::type}, Field{"parameters", &Sequence::parameters},
                 Field{"unlogged", &Sequence::unlogged}, Field{"owned_by", &Sequence::owned_by});
  }
};

}  // namespace schemadiff
