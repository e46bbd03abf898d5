#include "catalog/reader.h"
#include "support/quote.h"

namespace schemadiff {
template <>
Result<void> ReadKind<EventTrigger>(Reader& reader) {
  const Result<Rows> rows = reader.QueryUserObjects(
      kPgEventTrigger,
      "SELECT e.oid, e.evtname, e.evtevent, e.evttags, e.evtenabled, n.nspname, p.proname FROM pg_event_trigger e"
      " JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace");
  if (!rows) return std::unexpected(rows.error());
  for (int i = 0; i < rows->size(); ++i) {
    const Oid oid = rows->Oid(i, 0);
    if (reader.IsExtensionMember(kPgEventTrigger, oid)) continue;
    reader.Add(ObjectId::Of(ObjectKind::kEventTrigger, "", rows->Text(i, 1)),
               EventTrigger{.event = std::string(rows->Text(i, 2)),
                            .tags = rows->Array(i, 3),
                            .function = QuoteQualified(rows->Text(i, 5), rows->Text(i, 6)),
                            .enabled = EnabledOf(rows->Text(i, 4))},
               {kPgEventTrigger, oid, 0});
  }
  return {};
}

}  // namespace schemadiff
