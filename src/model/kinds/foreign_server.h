// A foreign server (manual: CREATE SERVER).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct ForeignServer {
  static constexpr std::string_view kManageKey = "foreign_servers";

  std::string wrapper;  ///< The foreign-data wrapper, unquoted.
  std::string type;     ///< Empty when not given.
  std::string version;  ///< Empty when not given.
  Options options;      ///< Their values are secrets.

  /// Secrets that are left out stay.
  void TakeUnstated(const ForeignServer& live) { TakeLeftOut(options, live.options); }

  bool operator==(const ForeignServer&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"wrapper", &ForeignServer::wrapper}, Field{"type", &ForeignServer::type},
                 Field{"version", &ForeignServer::version}, Field{"options", &ForeignServer::options});
  }
};

}  // namespace schemadiff
