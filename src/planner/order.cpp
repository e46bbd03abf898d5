#include "planner/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <queue>
#include <unordered_set>

#include "planner/sql.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Position = std::size_t;

// The names that an object occupies: relations and types of one schema share theirs, constraints those of a table.
std::vector<std::string> NameKeys(ObjectId id) {
  std::vector<std::string> keys;
  for (const NameSpace space : NameSpaces(id.kind())) {
    switch (space) {
      case NameSpace::kRelation: keys.push_back(fmt::format("relation {}.{}", id.schema(), id.name())); break;
      case NameSpace::kType: keys.push_back(fmt::format("type {}.{}", id.schema(), id.name())); break;
      case NameSpace::kConstraint: keys.push_back("constraint " + id.ToString()); break;
      case NameSpace::kCollation: keys.push_back(fmt::format("collation {}.{}", id.schema(), id.name())); break;
      case NameSpace::kRoutine:
      case NameSpace::kOperator:
      case NameSpace::kOperatorClass:
      case NameSpace::kOperatorFamily:
      case NameSpace::kTextSearchParser:
      case NameSpace::kTextSearchTemplate:
      case NameSpace::kTextSearchDictionary:
      case NameSpace::kTextSearchConfiguration: break;  // Told apart as identities are: of one kind each.
    }
  }
  return keys;
}

class Graph {
 public:
  explicit Graph(const std::vector<Action>& actions)
      : actions_(actions), after_(actions.size()), soft_(actions.size()) {
    for (Position i = 0; i < actions.size(); ++i) {
      for (const ObjectId id : actions[i].produces) {
        producers_[id].push_back(i);
        if (id.kind() == ObjectKind::kColumn) column_producers_[id.parent()].push_back(i);
        for (const std::string& key : NameKeys(id)) takers_[key].push_back(i);
      }
      for (const ObjectId id : actions[i].destroys) {
        destroyers_[id].push_back(i);
        if (id.kind() == ObjectKind::kColumn) column_destroyers_[id.parent()].push_back(i);
      }
      for (const ObjectId id : actions[i].retires) destroyers_[id].push_back(i);
      for (const ObjectId id : actions[i].sets_aside) asides_[id].push_back(i);
    }
  }

  void Connect() {
    for (Position i = 0; i < actions_.size(); ++i) {
      const Action& action = actions_[i];
      if (action.follows_previous) Before(i - 1, i);
      if (action.after_column_drops) LinkSoftly(column_destroyers_, action.object.root(), i);
      for (const ObjectId id : action.consumes) ConsumeFrom(i, id, after_);
      for (const ObjectId id : action.prefers) ConsumeFrom(i, id, soft_);
      for (const ObjectId id : action.releases) Release(i, id);
      for (const ObjectId id : action.may_release) LinkSoftly(i, destroyers_, id);
      for (const ObjectId id : action.excludes) Await(i, id);
      for (const ObjectId id : action.prefers_gone) LinkSoftly(destroyers_, id, i);
      for (const ObjectId id : action.precedes) {
        Link(i, producers_, id);
        Link(i, destroyers_, id);
      }
      // A routine is dropped by the names of its argument types.
      if (!action.destroys.empty() && !action.object.root().arguments().empty()) {
        for (const ObjectId id : action.releases) Link(i, asides_, id);
      }
      for (const ObjectId id : action.destroys) {
        // Gone before it is made anew, and before its name is taken by something else. What is altered and stays is
        // both at once: its other alterations follow their own order.
        if (std::ranges::find(action.produces, id) != action.produces.end()) continue;
        Link(i, producers_, id);
        for (const std::string& key : NameKeys(id)) {
          if (const auto found = takers_.find(key); found != takers_.end()) {
            for (const Position taker : found->second) Before(i, taker);
          }
        }
      }
    }
  }

  // Kahn's algorithm; where only soft wishes stand in the way they are given up.
  Result<std::vector<Position>> Sort() const {
    std::vector<int> waits(actions_.size(), 0);
    std::vector<int> soft_waits(actions_.size(), 0);
    for (const auto& targets : after_) {
      for (const Position target : targets) ++waits[target];
    }
    for (const auto& targets : soft_) {
      for (const Position target : targets) ++soft_waits[target];
    }
    const auto later = [&](Position a, Position b) { return Precedes(b, a); };
    std::priority_queue<Position, std::vector<Position>, decltype(later)> ready(later);
    std::vector<bool> queued(actions_.size(), false);
    const auto offer = [&](Position i, bool ignore_soft) {
      if (queued[i] || waits[i] > 0 || (soft_waits[i] > 0 && !ignore_soft)) return;
      queued[i] = true;
      ready.push(i);
    };
    for (Position i = 0; i < actions_.size(); ++i) offer(i, false);
    std::vector<Position> order;
    while (order.size() < actions_.size()) {
      if (ready.empty()) {
        for (Position i = 0; i < actions_.size() && ready.empty(); ++i) offer(i, true);
        if (ready.empty()) return Contradiction(queued);
      }
      const Position next = ready.top();
      ready.pop();
      order.push_back(next);
      for (const Position target : after_[next]) {
        --waits[target];
        offer(target, false);
      }
      for (const Position target : soft_[next]) {
        --soft_waits[target];
        offer(target, false);
      }
    }
    return order;
  }

 private:
  using ByObject = std::unordered_map<ObjectId, std::vector<Position>>;

  void Before(Position first, Position second) {
    if (first != second) after_[first].insert(second);
  }

  void Link(Position first, const ByObject& actions, ObjectId id) {
    const auto found = actions.find(id);
    if (found == actions.end()) return;
    for (const Position second : found->second) Before(first, second);
  }

  void ConsumeFrom(Position consumer, ObjectId id, std::vector<std::unordered_set<Position>>& edges) {
    const auto link = [&](const ByObject& actions) {
      const auto found = actions.find(id);
      if (found == actions.end()) return;
      for (const Position first : found->second) {
        if (first != consumer) edges[first].insert(consumer);
      }
    };
    link(producers_);
    // Whoever mentions a table may mention any column of it; its own members name the columns that they mean. A new
    // view that selects all columns rather comes after those that go.
    if (actions_[consumer].object.root() == id) return;
    link(column_producers_);
    if (actions_[consumer].step.verb == Verb::kCreate) LinkSoftly(column_destroyers_, id, consumer);
  }

  void LinkSoftly(const ByObject& actions, ObjectId id, Position second) {
    const auto found = actions.find(id);
    if (found == actions.end()) return;
    for (const Position first : found->second) {
      if (first != second) soft_[first].insert(second);
    }
  }

  void LinkSoftly(Position first, const ByObject& actions, ObjectId id) {
    const auto found = actions.find(id);
    if (found == actions.end()) return;
    for (const Position second : found->second) {
      if (first != second) soft_[first].insert(second);
    }
  }

  void Await(Position waiting, ObjectId id) {
    const auto found = destroyers_.find(id);
    if (found == destroyers_.end()) return;
    for (const Position first : found->second) Before(first, waiting);
  }

  void Release(Position releaser, ObjectId id) {
    for (ObjectId at = id; at; at = at.parent()) Link(releaser, destroyers_, at);
  }

  // Renames, then what is new, then what goes; outside transactions last among equals.
  bool Precedes(Position a, Position b) const {
    const auto rank = [&](Position i) {
      const Step& step = actions_[i].step;
      return std::tuple(step.phase, step.transaction == TransactionMode::kNone,
                        step.transaction == TransactionMode::kOwn);
    };
    const auto rank_a = rank(a);
    const auto rank_b = rank(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    const ObjectId root_a = actions_[a].object.root();
    const ObjectId root_b = actions_[b].object.root();
    if (root_a != root_b) return root_a < root_b;
    if (actions_[a].object != actions_[b].object) return actions_[a].object < actions_[b].object;
    return a < b;
  }

  std::unexpected<Diagnostics> Contradiction(const std::vector<bool>& done) const {
    std::vector<std::string> stuck;
    for (Position i = 0; i < actions_.size() && stuck.size() < 8; ++i) {
      if (!done[i]) stuck.push_back("`" + actions_[i].step.sql.front().substr(0, 80) + "`");
    }
    return Error(ErrorCode::kFailed, "these steps wait for each other: " + Join(stuck, ", "),
                 "this is a defect of schemadiff; make the change in two steps, and please report it");
  }

  const std::vector<Action>& actions_;
  std::vector<std::unordered_set<Position>> after_;
  std::vector<std::unordered_set<Position>> soft_;
  ByObject producers_;
  ByObject column_producers_;
  ByObject destroyers_;
  ByObject column_destroyers_;
  ByObject asides_;
  std::unordered_map<std::string, std::vector<Position>> takers_;
};

}  // namespace

Result<std::vector<Action>> Order(std::vector<Action> actions) {
  Graph graph(actions);
  graph.Connect();
  const Result<std::vector<Position>> order = graph.Sort();
  if (!order) return std::unexpected(order.error());
  std::vector<Action> sorted;
  sorted.reserve(actions.size());
  for (const Position i : *order) sorted.push_back(std::move(actions[i]));
  return sorted;
}

void AssignGroups(std::vector<Action>& actions) {
  int group = 0;
  bool shared = false;
  for (Action& action : actions) {
    const bool joins = action.step.transaction == TransactionMode::kShared;
    if (!joins || !shared) ++group;
    shared = joins;
    action.step.group = group;
  }
}

}  // namespace schemadiff
