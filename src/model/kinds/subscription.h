// A subscription (manual: CREATE SUBSCRIPTION).
#pragma once

#include "model/values.h"

namespace schemadiff {

struct Subscription {
  static constexpr std::string_view kManageKey = "subscriptions";

  std::string connection;                 ///< A secret.
  std::vector<std::string> publications;  ///< In their order.
  std::optional<bool> enabled;            ///< Nothing: the files leave it open, as those of pg_dump do.
  std::string slot_name;                  ///< Empty for NONE.
  bool binary = false;
  std::string streaming;  ///< `off`, `on`, `parallel`; empty for the server's default, which depends on its version.
  std::string synchronous_commit = "off";
  bool two_phase = false;         ///< From version 15.
  bool disable_on_error = false;  ///< From version 15.
  bool password_required = true;  ///< From version 16.
  bool run_as_owner = false;      ///< From version 16.
  std::string origin = "any";     ///< From version 16.
  bool failover = false;          ///< From version 17.

  // Of the moment in which it is created; not compared.
  bool connects = true;      ///< Of the desired state: `connect`.
  bool creates_slot = true;  ///< Likewise, `create_slot`.
  bool copies_data = true;   ///< Likewise, `copy_data`.
  // Of the live state; not compared.
  bool has_connected = false;     ///< It knows the publisher's tables.
  bool hidden = false;            ///< The connection string may not be read.
  std::string default_streaming;  ///< Of the server.

  /// Of a server of server_version_num.
  static constexpr std::string_view StreamingByDefault(int version) { return version >= 180000 ? "parallel" : "off"; }

  /// Takes from the live subscription what the files leave open, and what cannot be read.
  void TakeUnstated(const Subscription& live) {
    if (live.hidden) connection = live.connection;
    TakeLeftOut(connection, live.connection);
    if (!enabled) enabled = live.enabled;
    if (streaming.empty()) streaming = live.default_streaming;
  }

  bool operator==(const Subscription&) const = default;
  static constexpr auto Fields(auto visit) {
    return visit(Field{"connection", &Subscription::connection}, Field{"publications", &Subscription::publications},
                 Field{"enabled", &Subscription::enabled}, Field{"slot_name", &Subscription::slot_name},
                 Field{"binary", &Subscription::binary}, Field{"streaming", &Subscription::streaming},
                 Field{"synchronous_commit", &Subscription::synchronous_commit},
                 Field{"two_phase", &Subscription::two_phase},
                 Field{"disable_on_error", &Subscription::disable_on_error},
                 Field{"password_required", &Subscription::password_required},
                 Field{"run_as_owner", &Subscription::run_as_owner}, Field{"origin", &Subscription::origin},
                 Field{"failover", &Subscription::failover});
  }
};

}  // namespace schemadiff
