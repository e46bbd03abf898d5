#include <fmt/format.h>

#include "catalog/reader.h"

namespace schemadiff {
namespace {

std::string_view Streaming(std::string_view value) {
  return value == "p" ? "parallel" : value == "t" ? "on" : "off";  // A boolean until version 15.
}

// Only superusers may read the connection string (manual: pg_subscription).
Result<void> ReadConnections(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(kPgSubscription, "SELECT oid, subconninfo FROM pg_subscription");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const ObjectId id = reader.At({kPgSubscription, rows->Oid(i, 0), 0});
    if (id) reader.schema().Find(id)->As<Subscription>().connection = rows->Text(i, 1);
  }
  return {};
}

}  // namespace

template <>
Result<void> ReadKind<Subscription>(Reader& reader) {
  const auto since = [&](int major, std::string_view column, std::string_view otherwise) {
    return reader.version() / 10000 >= major ? column : otherwise;
  };
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgSubscription,
      fmt::format("SELECT s.oid, s.subname, s.subpublications, s.subenabled, s.subslotname, s.subbinary, s.substream,"
                  " s.subsynccommit, {}, {}, {}, {}, {}, {}, EXISTS (SELECT FROM pg_subscription_rel r WHERE r.srsubid "
                  "= s.oid),"
                  " has_column_privilege('pg_subscription', 'subconninfo', 'SELECT') FROM pg_subscription s"
                  " WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())",
                  since(15, "s.subtwophasestate <> 'd'", "false"), since(15, "s.subdisableonerr", "false"),
                  since(16, "s.subpasswordrequired", "true"), since(16, "s.subrunasowner", "false"),
                  since(16, "s.suborigin", "'any'"), since(17, "s.subfailover", "false")));
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    reader.Add(ObjectId::Of(ObjectKind::kSubscription, "", rows->Text(i, 1)),
               Subscription{.publications = rows->Array(i, 2),
                            .enabled = rows->Bool(i, 3),
                            .slot_name = std::string(rows->Text(i, 4)),
                            .binary = rows->Bool(i, 5),
                            .streaming = std::string(Streaming(rows->Text(i, 6))),
                            .synchronous_commit = std::string(rows->Text(i, 7)),
                            .two_phase = rows->Bool(i, 8),
                            .disable_on_error = rows->Bool(i, 9),
                            .password_required = rows->Bool(i, 10),
                            .run_as_owner = rows->Bool(i, 11),
                            .origin = std::string(rows->Text(i, 12)),
                            .failover = rows->Bool(i, 13),
                            .has_connected = rows->Bool(i, 14),
                            .hidden = !rows->Bool(i, 15),
                            .default_streaming = std::string(Subscription::StreamingByDefault(reader.version()))},
               {kPgSubscription, rows->Oid(i, 0), 0});
  }
  if (rows->size() > 0 && rows->Bool(0, 15)) return ReadConnections(reader);
  return {};
}

}  // namespace schemadiff
