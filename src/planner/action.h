// Action: what one rule wants done, with what it needs and what it leaves behind. The order of a plan follows from
// these alone.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "diff/delta.h"
#include "planner/plan.h"

namespace schemadiff {

struct Action {
  Step step;
  ObjectId object;
  std::string refusal;                 ///< What PostgreSQL knows no way for, which makes the plan an error; or empty.
  std::string way_out;                 ///< What to do instead.
  std::vector<ObjectId> produces;      ///< These have their desired form afterwards.
  std::vector<ObjectId> consumes;      ///< These must have their desired form before.
  std::vector<ObjectId> prefers;       ///< Like consumes, but given up where it would close a circle.
  std::vector<ObjectId> destroys;      ///< These are gone, or no longer as they were, afterwards.
  std::vector<ObjectId> excludes;      ///< These must be gone before.
  std::vector<ObjectId> prefers_gone;  ///< Like excludes, but given up where it would close a circle.
  std::vector<ObjectId> precedes;      ///< What gives these another form, or destroys them, runs afterwards.
  std::vector<ObjectId> releases;      ///< These are no longer depended on afterwards.
  std::vector<ObjectId> may_release;   ///< Nor these, if they were; given up where it would close a circle.
  std::vector<ObjectId>
      sets_aside;                 ///< Their old form goes by another name afterwards: no drop may spell theirs by then.
  std::vector<ObjectId> retires;  ///< Their old form, set aside before, is gone afterwards.
  bool stands_alone = false;      ///< Needs the object's schema, but nothing that the object uses.
  bool produces_object = true;    ///< Whether the object has its desired form only once this has run.
  bool makes_anew = false;        ///< Drops and creates the object: comments and their like are gone afterwards.
  bool after_column_drops = false;  ///< Rather comes after the columns of the object's relation that go.
  bool follows_previous = false;    ///< Runs after the action that the same rule emitted before it.
};

/// Size of a relation as pg_class has it.
struct RelationEstimate {
  std::int64_t rows = -1;
  std::int64_t bytes = -1;
};

/// Where and by whom a plan is run.
struct PlanSession {
  int version = 0;  ///< server_version_num.
  std::string role;
  std::string database;
  /// Of a dump: its files are read in any order, so that none may count on what stands before it.
  bool in_any_order = false;
  /// Of a revision: it is run in several databases of one server, which share roles.
  bool roles_may_exist = false;
};

/// What rules may know besides the change itself.
class PlanContext {
 public:
  PlanContext(const Schema& live, const Schema& desired, const PlanSession& session,
              const std::unordered_map<ObjectId, RelationEstimate>& sizes)
      : live_(live), desired_(desired), session_(session), sizes_(sizes) {
    for (const auto& [id, object] : desired.OfKind(ObjectKind::kDefaultPrivileges)) {
      default_privileges_.push_back(&object);
    }
    Relate();
  }

  const Schema& live() const { return live_; }
  const Schema& desired() const { return desired_; }
  /// server_version_num / 10000.
  int major() const { return session_.version / 10000; }
  /// Who runs the plan, and in which database.
  const std::string& role() const { return session_.role; }
  const std::string& database() const { return session_.database; }

  bool in_any_order() const { return session_.in_any_order; }
  bool roles_may_exist() const { return session_.roles_may_exist; }

  /// Whether the object does not exist before the plan runs, or is made anew by it: nobody uses it yet.
  bool IsNew(ObjectId id) const { return !live_.Contains(id) || IsReplaced(id) || IsMemberOfReplaced(id); }
  bool IsReplaced(ObjectId id) const { return replaced_.contains(id); }
  void MarkReplaced(ObjectId id) { replaced_.emplace(id, true); }
  /// Estimate for a table or materialized view; unknown for others.
  Estimate SizeOf(ObjectId relation) const {
    const auto found = sizes_.find(relation);
    return found == sizes_.end() ? Estimate{} : Estimate{found->second.rows, found->second.bytes};
  }
  /// The default privileges that are in force once the plan has altered them.
  const std::vector<const Object*>& default_privileges() const { return default_privileges_; }
  /// Whether the table has partitions of its own before the plan.
  bool IsPartitioned(ObjectId table) const;
  /// The existing tables and foreign tables that are partitions of the table or inherit from it, however deep, in
  /// order. Without those that leave it: they have left before anything happens to it that would reach them.
  std::vector<ObjectId> DescendantsOf(ObjectId table) const;
  /// The existing default partition of a partitioned table; a null id when there is none.
  ObjectId DefaultPartitionOf(ObjectId table) const;
  /// The existing partitions of the table that go, leave it, get other bounds or are made anew.
  std::vector<ObjectId> PartitionsThatMove(ObjectId table) const;
  /// The partitions that the table, or one of its partitions, has after the plan and not before, as it is now.
  std::vector<ObjectId> PartitionsThatJoin(ObjectId table) const;
  /// The foreign keys of other tables, and of itself, that refer to the table before the plan and after it.
  std::vector<const Object*> ReferencesTo(ObjectId table) const;
  /// Those that refer to it before the plan, and go or are made anew.
  std::vector<const Object*> FormerReferencesTo(ObjectId table) const;
  /// The table's own that are there before the plan and after it.
  std::vector<const Object*> ForeignKeysOf(ObjectId table) const;

 private:
  void Relate();
  bool Stays(const Object& foreign_key) const { return !IsNew(foreign_key.id) && desired_.Contains(foreign_key.id); }
  bool IsMemberOfReplaced(ObjectId id) const {
    for (ObjectId parent = id.parent(); parent; parent = parent.parent()) {
      if (replaced_.contains(parent)) return true;
    }
    return false;
  }

  const Schema& live_;
  const Schema& desired_;
  const PlanSession& session_;
  const std::unordered_map<ObjectId, RelationEstimate>& sizes_;
  std::unordered_map<ObjectId, bool> replaced_;
  std::vector<const Object*> default_privileges_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> children_;
  std::unordered_map<ObjectId, std::vector<ObjectId>> movers_;  ///< Without those that are made anew.
  std::unordered_map<ObjectId, std::vector<ObjectId>> partitions_after_;
  std::unordered_map<ObjectId, std::vector<const Object*>> references_;
};

/// Collects the actions of one object.
class ActionList {
 public:
  explicit ActionList(std::vector<Action>& actions) : actions_(actions) {}

  /// A new action for the object; the rule fills in the rest of its step.
  Action& Add(const Object& object, Verb verb, std::string sql);
  Action& Add(const Object& object, Verb verb, const SecretSql& sql);
  /// The same, to run after the previous action of this list.
  Action& Then(const Object& object, Verb verb, std::string sql);

 private:
  std::vector<Action>& actions_;
};

// What rules say of a step, in the terms of the plan.

void AddStatement(Action& action, const SecretSql& sql);
void AddHazard(Action& action, HazardKind kind, std::string reason);
/// The step reads the table whole, besides what it reads already.
void AddScan(Action& action, ObjectId table, const PlanContext& context);
/// The step writes the table anew, besides others, under a lock that stops readers.
void AddRewrite(Action& action, ObjectId table, const PlanContext& context);
/// What takes the step back; nothing where it would hold secrets, which are not kept for that.
void SetUndo(Action& action, const SecretSql& sql);

}  // namespace schemadiff
