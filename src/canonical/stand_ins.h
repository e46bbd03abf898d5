// Stand-ins: the desired objects under the same names in pg_temp, and the statements that build them there.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "canonical/mentions.h"
#include "model/schema.h"

namespace schemadiff {

/// Statements that are tried together; `otherwise` when they fail.
struct Attempt {
  std::vector<std::string> sql;
  std::vector<std::string> otherwise;
};

class StandIns {
 public:
  StandIns(const Schema& live, const Schema& desired, int version);

  /// Adds a stand-in for an object; false when its name in pg_temp is taken by another schema's object.
  bool Add(ObjectId id);

  /// Of the names in pg_temp that are taken.
  std::size_t Count() const { return roots_.size(); }

  /// What builds them: views first, since a stand-in for a table would shadow the table itself.
  std::vector<Attempt> Attempts() const;
  /// Each object that was added, and its stand-in as it is read back.
  const std::vector<std::pair<ObjectId, ObjectId>>& Names() const { return names_; }

 private:
  ObjectId StandInFor(ObjectId id) const;
  bool AddCopy(ObjectId view);
  bool AddFilter(ObjectId id);
  bool TakeName(ObjectId root);
  void AddTable(ObjectId table);
  /// Sees to it that a table's stand-in has the columns that an object needs.
  void WantColumns(ObjectId table, ObjectId object);
  /// The columns that the desired table has, inherited ones included, as its stand-in's.
  std::vector<Object> StandInColumns(ObjectId table, bool only_live_columns) const;
  bool IsWanted(ObjectId table, const std::string& column) const;
  Schema TableScratch(ObjectId table, bool only_live_columns) const;
  void LeaveOutStorage(ObjectId table, Schema& scratch, const std::vector<Object>& unused) const;
  Attempt TableAttempt(ObjectId table) const;
  Attempt MemberAttempt(ObjectId id) const;

  const Schema& live_;
  const Schema& desired_;
  int version_;
  std::map<std::string, ObjectId> roots_;  ///< By name in pg_temp.
  std::set<ObjectId> stored_;              ///< Tables whose stand-ins need storage.
  std::map<ObjectId, Mentions> mentions_;  ///< By table.
  std::set<ObjectId> whole_;               ///< Tables whose stand-ins need all columns.
  std::vector<ObjectId> views_;
  std::vector<ObjectId> tables_;
  std::vector<ObjectId> others_;
  std::map<ObjectId, ObjectId> copies_;  ///< Materialized views with indexes, and the tables that stand for them.
  std::vector<std::pair<ObjectId, ObjectId>> filters_;  ///< Published tables, and the checks that stand for filters.
  std::vector<std::pair<ObjectId, ObjectId>> names_;
};

}  // namespace schemadiff
