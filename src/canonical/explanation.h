// Why the spellings of an expression in the live and in the desired state were taken for equal or for different.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "support/diagnostic.h"

namespace schemadiff {

/// Follows the expressions of one object, and of all that belongs to it, while they are compared.
class Explanation {
 public:
  /// `object`: by the name that plans show, as in `public.t` or `public.t.t_check`; an empty one explains nothing.
  explicit Explanation(std::string object) : object_(std::move(object)) {}

  /// Expressions that are equal by now, and were not at the last call, are so for this reason.
  void Note(std::string_view reason, const Schema& live, Schema& desired);
  /// What the server makes of a desired object.
  void NoteSpelling(ObjectId id, const Object& spelled);

  /// A line for each expression. Errors: kUsage, when there is none in both states.
  Result<std::vector<std::string>> Lines() const;

 private:
  struct Pair {
    std::string live;
    std::string files;
    std::string server;  ///< The files' as the server spells it; empty when it was not asked or could not build it.
    std::string reason;  ///< Why they are equal; empty while they are not.
  };

  std::string object_;
  std::map<ObjectId, std::vector<Pair>> pairs_;
};

}  // namespace schemadiff
