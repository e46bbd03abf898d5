// Mentions: which columns of a table an object may speak of.
#pragma once

#include <string>
#include <unordered_set>

#include "model/object.h"

namespace schemadiff {

/// The words of objects. Told by them alone, without a syntax tree: rather too many columns are taken for mentioned
/// than one too few.
class Mentions {
 public:
  void Add(const Object& object);
  void AddText(const std::string& sql);
  void AddColumn(const std::string& name) { words_.insert(name); }
  /// Whether a column, or a table whose columns stand for it where the whole row is meant, may be meant.
  bool Has(const std::string& name) const;

 private:
  std::unordered_set<std::string> words_;
  bool all_ = false;  ///< Some identifier is written as U&"...", or so long that the server cuts it off.
};

}  // namespace schemadiff
