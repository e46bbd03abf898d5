// A foreign-data wrapper (manual: CREATE FOREIGN DATA WRAPPER).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ForeignDataWrapper {
  static constexpr std::string_view kManageKey = "foreign_servers";

  std::string handler;    ///< Qualified and quoted; empty when there is none.
  std::string validator;  ///< Likewise.
  Options options;        ///< Their values are secrets.

  /// Secrets that are left out stay.
  void TakeUnstated(const ForeignDataWrapper& live) { TakeLeftOut(options, live.options); }

  bool operator==(const ForeignDataWrapper&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"handler", &ForeignDataWrapper::handler}, Field{"validator", &ForeignDataWrapper::validator},
                 Field{"options", &ForeignDataWrapper::options});
  }
};

}  // namespace schemadiff
