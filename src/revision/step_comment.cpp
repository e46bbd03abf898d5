#include "revision/step_comment.h"

#include <algorithm>
#include <array>
#include <string>

#include "model/identity.h"

namespace schemadiff {
namespace {

// Cuts `prefix` off, if it is there.
bool Cut(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

template <typename Enum>
std::optional<Enum> Named(std::string_view text, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (Name(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

// `foreign key orders_fkey`: kinds have one word or more.
void SetObject(std::string_view text, Step& step) {
  std::size_t kind_size = std::min(text.find(' '), text.size());
  for (std::size_t kind = 0; kind < kObjectKinds; ++kind) {
    const std::string_view label = Label(static_cast<ObjectKind>(kind));
    if (label.size() > kind_size && text.starts_with(label) && text.substr(label.size()).starts_with(' ')) {
      kind_size = label.size();
    }
  }
  step.object_kind = text.substr(0, kind_size);
  step.object_name = text.substr(std::min(kind_size + 1, text.size()));
}

// `ACCESS EXCLUSIVE on public.t: waits for ...`, or `..., since step 2`.
void AddLock(std::string_view text, Step& step) {
  const std::size_t on = text.find(" on ");
  if (on == std::string_view::npos) return;
  const std::optional<LockMode> mode = Named(text.substr(0, on), LockMode::kAccessExclusive);
  text.remove_prefix(on + 4);
  std::size_t end = 0;
  for (bool quoted = false; end < text.size() && (quoted || (text[end] != ':' && text[end] != ',')); ++end) {
    if (text[end] == '"') quoted = !quoted;
  }
  if (mode) step.locks.push_back({.relation = std::string(text.substr(0, end)), .mode = *mode});
}

void AddHazard(std::string_view text, bool accepted, Step& step) {
  const std::size_t colon = text.find(": ");
  const std::optional<HazardKind> kind = ParseHazard(text.substr(0, colon));
  if (!kind) return;
  step.hazards.push_back({.kind = *kind,
                          .reason = colon == std::string_view::npos ? "" : std::string(text.substr(colon + 2)),
                          .accepted_because = accepted ? "the revision says so" : ""});
}

}  // namespace

std::optional<Step> ParseStepComment(std::string_view comment) {
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  if (!Cut(comment, "-- step ")) return std::nullopt;
  const std::size_t colon = comment.find(": ");
  if (colon == std::string_view::npos || !std::ranges::all_of(comment.substr(0, colon), [](char character) {
        return character >= '0' && character <= '9';
      })) {
    return std::nullopt;
  }
  comment.remove_prefix(colon + 2);
  const std::size_t verb_size = comment.find(' ');
  const std::size_t open = comment.rfind(" (");
  if (open == std::string_view::npos || verb_size > open || !comment.ends_with(')')) return std::nullopt;
  const std::optional<Verb> verb = Named(comment.substr(0, verb_size), Verb::kRun);
  // `expand, transaction 2`: BEGIN and COMMIT say the rest.
  const std::string_view when = comment.substr(open + 2, comment.size() - open - 3);
  const std::optional<Phase> phase = Named(when.substr(0, when.find(',')), Phase::kContract);
  if (!verb || !phase) return std::nullopt;
  Step step{.verb = *verb, .phase = *phase};
  SetObject(comment.substr(verb_size + 1, open - verb_size - 1), step);
  return step;
}

void ParseStepFact(std::string_view comment, Step& step) {
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  if (Cut(comment, "--   lock: ")) return AddLock(comment, step);
  if (Cut(comment, "--   rewrites: ")) return step.rewrites.emplace_back(comment), void();
  if (Cut(comment, "--   scans: ")) return step.scans.emplace_back(comment), void();
  if (Cut(comment, "--   hazard: ")) return AddHazard(comment, false, step);
  if (Cut(comment, "--   accepted hazard: ")) return AddHazard(comment, true, step);
  if (Cut(comment, "--     because: ")) {
    if (!step.hazards.empty()) step.hazards.back().accepted_because = comment;
    return;
  }
  if (Cut(comment, "--   note: ")) step.note = comment;
}

}  // namespace schemadiff
