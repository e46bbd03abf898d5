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
  /// Of a table: its columns stand for it where the whole row is meant.
  bool HasRelation(const std::string& name) const { return words_.contains(name); }
  bool HasColumn(const std::string& name) const;

 private:
  std::unordered_set<std::string> words_;
  bool escapes_ = false;  ///< Some identifier is written as U&"...".
};

}  // namespace schemadiff
