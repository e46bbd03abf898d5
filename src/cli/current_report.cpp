#include "cli/current_report.h"

#include <fmt/format.h>
#include <yyjson.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <unordered_set>

#include "report/words.h"
#include "support/check.h"

namespace schemadiff {
namespace {

bool IsApplied(const LedgerRevision& row) { return row.state == RevisionState::kApplied; }

// Ids that another applied revision rests on, or stands for.
std::unordered_set<std::string> Below(const CurrentState& state) {
  std::unordered_set<std::string> below;
  for (const LedgerRevision& row : state.ledger.revisions) {
    const Revision* revision = state.graph.Find(row.id);
    if (revision == nullptr || row.state == RevisionState::kApplying) continue;
    below.insert(revision->parents.begin(), revision->parents.end());
  }
  return below;
}

std::vector<const Revision*> Pending(const CurrentState& state) {
  std::vector<const Revision*> out;
  for (const Revision& revision : state.graph.revisions()) {
    const auto is_there = [&](std::string_view id) {
      const LedgerRevision* row = state.ledger.Find(id);
      return row != nullptr && IsApplied(*row);
    };
    const bool stands_for_all =
        !revision.replaces.empty() &&
        std::ranges::all_of(revision.replaces, [&](const auto& old) { return is_there(old.id); });
    if (!is_there(revision.id) && !stands_for_all) out.push_back(&revision);
  }
  return out;
}

std::string Marks(const CurrentState& state, const LedgerRevision& row) {
  const Revision* revision = state.graph.Find(row.id);
  if (revision == nullptr) return " (not in the folder)";
  std::string out;
  if (state.graph.Children(*revision).empty()) out = " (head)";
  if (revision->id == row.id && revision->checksum != row.checksum) out += " (its file was changed afterwards)";
  return out;
}

std::string HalfDone(const LedgerRevision& row, bool at_work) {
  const bool down = row.state == RevisionState::kReverting;
  std::string out = fmt::format(
      "{}  {}\n  half {}: {} of {} {} done\n", row.id, OneLine(row.message), down ? "taken back" : "applied",
      row.steps_done, Plural(static_cast<std::size_t>(row.steps), "step"), row.steps_done == 1 ? "is" : "are");
  if (row.last && row.last->state != "done") {
    const bool runs = at_work && row.last->state == "started";
    out += fmt::format("  step {} ({}) {}\n", row.last->number, OneLine(row.last->summary),
                       runs                          ? "is running"
                       : row.last->state == "failed" ? "failed: " + OneLine(row.last->error)
                                                     : "was interrupted");
    if (runs) return out;
  }
  return out + (down ? "  run the same `schemadiff downgrade` again: it goes on from there\n"
                     : "  run `schemadiff upgrade` again: it goes on from there\n");
}

class Json {
 public:
  explicit Json(const CurrentState& state) : state_(state), doc_(yyjson_mut_doc_new(nullptr), &yyjson_mut_doc_free) {
    Ensure(doc_ != nullptr, "out of memory");
  }

  std::string Write() {
    yyjson_mut_val* root = yyjson_mut_obj(doc());
    Text(root, "database", state_.database);
    yyjson_mut_obj_add_int(doc(), root, "layout", state_.ledger.layout);
    yyjson_mut_obj_add_bool(doc(), root, "at_work", state_.ledger.at_work);
    yyjson_mut_val* revisions = yyjson_mut_obj_add_arr(doc(), root, "revisions");
    for (const LedgerRevision& row : state_.ledger.revisions) yyjson_mut_arr_append(revisions, Of(row));
    yyjson_mut_val* pending = yyjson_mut_obj_add_arr(doc(), root, "pending");
    for (const Revision* revision : Pending(state_)) {
      yyjson_mut_arr_add_strncpy(doc(), pending, revision->id.data(), revision->id.size());
    }
    yyjson_mut_doc_set_root(doc(), root);
    std::size_t length = 0;
    const std::unique_ptr<char, decltype(&std::free)> text(
        yyjson_mut_write(
            doc(), YYJSON_WRITE_PRETTY_TWO_SPACES | YYJSON_WRITE_ALLOW_INVALID_UNICODE | YYJSON_WRITE_NEWLINE_AT_END,
            &length),
        &std::free);
    Ensure(text != nullptr, "a state can be written as JSON");
    return {text.get(), length};
  }

 private:
  yyjson_mut_doc* doc() { return doc_.get(); }

  void Text(yyjson_mut_val* object, const char* key, std::string_view text) {
    yyjson_mut_obj_add_strncpy(doc(), object, key, text.data(), text.size());
  }

  yyjson_mut_val* Of(const LedgerRevision& row) {
    yyjson_mut_val* object = yyjson_mut_obj(doc());
    Text(object, "id", row.id);
    Text(object, "message", row.message);
    Text(object, "state", Name(row.state));
    Text(object, "checksum", row.checksum);
    yyjson_mut_obj_add_int(doc(), object, "steps", row.steps);
    yyjson_mut_obj_add_int(doc(), object, "steps_done", row.steps_done);
    Text(object, "started_at", row.started_at);
    Text(object, "finished_at", row.finished_at);
    Text(object, "applied_by", row.applied_by);
    Text(object, "host", row.host);
    Text(object, "tool_version", row.tool_version);
    const Revision* revision = state_.graph.Find(row.id);
    yyjson_mut_obj_add_bool(doc(), object, "in_folder", revision != nullptr);
    yyjson_mut_obj_add_bool(doc(), object, "changed",
                            revision != nullptr && revision->id == row.id && revision->checksum != row.checksum);
    if (!row.last) return object;
    yyjson_mut_val* last = yyjson_mut_obj_add_obj(doc(), object, "last_step");
    yyjson_mut_obj_add_int(doc(), last, "number", row.last->number);
    Text(last, "summary", row.last->summary);
    Text(last, "state", row.last->state);
    Text(last, "error", row.last->error);
    return object;
  }

  const CurrentState& state_;
  std::unique_ptr<yyjson_mut_doc, decltype(&yyjson_mut_doc_free)> doc_;
};

}  // namespace

std::string CurrentText(const CurrentState& state) {
  std::string out;
  std::size_t applied = 0;
  const std::unordered_set<std::string> below = Below(state);
  for (const LedgerRevision& row : state.ledger.revisions) {
    if (!IsApplied(row)) {
      out += HalfDone(row, state.ledger.at_work);
      continue;
    }
    ++applied;
    if (below.contains(row.id)) continue;
    out += fmt::format("{}  {}{}\n  applied {} by {} from {}\n", row.id, OneLine(row.message), Marks(state, row),
                       row.finished_at, OneLine(row.applied_by), OneLine(row.host));
  }
  if (!out.empty()) out += '\n';
  out += fmt::format("database `{}` has {}", OneLine(state.database),
                     applied == 0 ? "no revision" : Plural(applied, "revision"));
  const std::size_t pending = Pending(state).size();
  return out + (pending == 0 ? "; none is left to run\n"
                             : fmt::format("; {} {} left to run\n", HumanCount(static_cast<std::int64_t>(pending)),
                                           pending == 1 ? "is" : "are"));
}

std::string CurrentJson(const CurrentState& state) { return Json(state).Write(); }

}  // namespace schemadiff
