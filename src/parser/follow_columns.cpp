// What becomes of texts that name a column when it gets another name, or goes.
#include <algorithm>
#include <set>

#include "parser/drop.h"
#include "parser/follow_names.h"
#include "parser/follow_texts.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Places = std::set<std::int64_t>;

/// A column by its name, of a relation and those that have it from there.
struct ColumnMeant {
  std::unordered_set<ObjectId> owners;
  std::unordered_set<ObjectId>
      sources;  ///< What may be asked for it: the owners, and functions that return their rows.
  std::unordered_set<std::string> rows;  ///< Their types, as texts name them.
  std::string name;

  ColumnMeant(const Schema& schema, ObjectId relation, std::string column)
      : owners(WithHeirs(schema, relation)), sources(WithReturning(schema, owners)), name(std::move(column)) {
    for (const ObjectId owner : owners) rows.insert(QuoteQualified(owner.schema(), owner.name()));
  }
  bool Is(const SeenColumn* column) const {
    return column != nullptr && column->own_name == name && owners.contains(column->relation);
  }
};

class ColumnWalk : public QueryWalk {
 public:
  ColumnWalk(RelationColumns& relations, const std::string& text, const TextPlace& place, const ColumnMeant& meant)
      : QueryWalk(relations, text, place), meant_(meant) {}

 protected:
  const ColumnMeant& meant_;
};

/// Whether a text reads a column.
class ColumnReader : public ColumnWalk {
 public:
  using ColumnWalk::ColumnWalk;

  bool Reads() {
    Run();
    return reads_;
  }

 private:
  void SeeColumn(Node /*column*/, const std::vector<std::string>& /*fields*/, const Meaning& meaning) override {
    reads_ |= meant_.Is(meaning.column);
  }
  void SeeWritten(const std::string& name, std::size_t /*token*/, ObjectId relation) override {
    reads_ |= name == meant_.name && meant_.owners.contains(relation);
  }
  void SeeField(const std::string& type, const std::string& name, std::size_t /*token*/) override {
    reads_ |= name == meant_.name && meant_.rows.contains(type);
  }
  void SeeStar(Node column, const std::vector<std::string>& fields) override {
    const FromItem* named = fields.size() > 1 ? MeaningOf(column).item : nullptr;
    for (const FromItem& item : levels().back()) {
      if (fields.size() > 1 ? &item != named : !item.is_bare) continue;
      for (const SeenColumn& one : item.columns.list) reads_ |= meant_.Is(&one);
    }
  }
  void SeeMerge(Node /*join*/, const std::vector<std::string>& names, const SeenColumns& left,
                const SeenColumns& right) override {
    for (const std::string& name : names) reads_ |= meant_.Is(left.Find(name)) || meant_.Is(right.Find(name));
  }

  bool reads_ = false;
};

/// Finds where a column is merged by USING, which keeps its name: PostgreSQL gives the relation a list of names then
/// (src/backend/utils/adt/ruleutils.c, set_using_names).
class MergeFinder : public ColumnWalk {
 public:
  using ColumnWalk::ColumnWalk;

  Places Find() {
    Run();
    return std::move(places_);
  }

 private:
  void SeeMerge(Node /*join*/, const std::vector<std::string>& names, const SeenColumns& left,
                const SeenColumns& right) override {
    if (!std::ranges::contains(names, meant_.name)) return;
    for (const SeenColumns* columns : {&left, &right}) {
      const SeenColumn* column = columns->Find(meant_.name);
      if (meant_.Is(column) && !column->fixed) places_.insert(column->place);
    }
  }

  Places places_;
};

class ColumnFollower : public ColumnWalk {
 public:
  ColumnFollower(RelationColumns& relations, const std::string& text, const TextPlace& place, const ColumnMeant& meant,
                 const std::string& to)
      : ColumnWalk(relations, text, place, meant),
        to_(to),
        merged_(MergeFinder(relations, text, place, meant).Find()) {}

 private:
  bool TakesName(const std::string& name) const override { return name == meant_.name; }

  // Whether the new name alone would mean something else.
  bool IsTaken(const Meaning& meaning) const {
    if (sorted() != nullptr && sorted()->Find(to_) != nullptr) return true;
    for (auto level = levels().rbegin(); level != levels().rend(); ++level) {
      for (const FromItem& item : *level) {
        if (item.is_bare && item.columns.Find(to_) != nullptr) return true;
      }
      if (std::ranges::any_of(*level, [&](const FromItem& item) { return &item == meaning.item; })) return false;
    }
    return false;
  }

  void SeeColumn(Node column, const std::vector<std::string>& fields, const Meaning& meaning) override {
    if (!meant_.Is(meaning.column) || meaning.column->fixed || merged_.contains(meaning.column->place)) return;
    const Token& token = tokens()[TokenAt(column.Location()) + 2 * (fields.size() - 1)];
    const bool qualify = fields.size() == 1 && IsTaken(meaning);
    Replace(token.start, token.end, QuoteQualified(qualify ? meaning.column->qualifier : std::string(), to_));
  }

  void SeeWritten(const std::string& name, std::size_t token, ObjectId relation) override {
    if (name == meant_.name && meant_.owners.contains(relation)) Rename(token);
  }

  void SeeField(const std::string& type, const std::string& name, std::size_t token) override {
    if (name == meant_.name && meant_.rows.contains(type)) Rename(token);
  }

  void SeeRelation(Node range, ObjectId relation) override {
    if (relation && merged_.contains(range.Location())) {
      FixNames(range, relations().Of(relation), range.Text("relname"));
    }
  }

  // What a function returns keeps the names that it had when the query was stored.
  void SeeFunction(Node range, const SeenColumns& columns) override {
    const auto found = std::ranges::find_if(columns.list, [&](const SeenColumn& column) { return meant_.Is(&column); });
    const auto number = static_cast<std::size_t>(found - columns.list.begin());
    if (found == columns.list.end() || number < range["alias"]["colnames"].Count()) return;
    FixNames(range, columns, Strings(CallIn(range)["funcname"]).back());
  }

  // Gives an item of FROM a list of its columns' names.
  void FixNames(Node range, const SeenColumns& columns, std::string_view name) {
    const Node alias = range["alias"];
    const std::size_t given = alias["colnames"].Count();
    std::vector<std::string> names;
    for (std::size_t i = given; i < columns.list.size(); ++i) names.push_back(QuoteIdentifier(columns.list[i].name));
    const std::string list = Join(names, ", ");
    const std::size_t last = LastTokenOf(range);
    if (given > 0) {
      Append(last - 1, ", " + list);
    } else {
      Append(last, (alias ? "(" : " AS " + QuoteIdentifier(name) + "(") + list + ")");
    }
  }

  void Rename(std::size_t token) { Replace(tokens()[token].start, tokens()[token].end, QuoteIdentifier(to_)); }

  const std::string& to_;
  Places merged_;
};

/// Takes a column that goes out of the lists of names that items of FROM have.
class ListFollower : public ColumnWalk {
 public:
  using ColumnWalk::ColumnWalk;

 private:
  void SeeRelation(Node range, ObjectId relation) override {
    if (meant_.owners.contains(relation)) TakeOut(range, relations().Of(relation));
  }
  void SeeFunction(Node range, const SeenColumns& columns) override {
    const auto is_owner = [&](const SeenColumn& column) { return meant_.owners.contains(column.relation); };
    if (std::ranges::any_of(columns.list, is_owner)) TakeOut(range, columns);
  }

  void TakeOut(Node range, const SeenColumns& columns) {
    const std::size_t given = range["alias"]["colnames"].Count();
    const auto number = static_cast<std::size_t>(columns.Find(meant_.name) - columns.list.data());
    if (columns.Find(meant_.name) == nullptr || number >= given) return;
    const std::size_t close = LastTokenOf(range);
    const std::size_t first = close - 2 * given + 1;
    const std::size_t token = first + 2 * number;
    if (given == 1) {
      Replace(tokens()[first - 1].start, tokens()[close].end, "");
    } else if (number + 1 < given) {
      Replace(tokens()[token].start, tokens()[token + 2].start, "");
    } else {
      Replace(tokens()[token - 1].start, tokens()[token].end, "");
    }
  }
};

// The views, rules, policies and routines that read or write a column.
std::vector<ObjectId> ReadersOf(Interpreter& in, const ColumnMeant& meant) {
  RelationColumns relations(in.schema());
  std::vector<ObjectId> readers;
  for (const ObjectKind kind : kWithQueries) {
    for (auto [id, object] : in.schema().OfKind(kind)) {
      if (!IsAbout(object, meant.sources)) continue;
      bool reads = false;
      ForEachStoredText(object, relations, [&](Expression& text, const TextPlace& place) {
        reads |= ColumnReader(relations, text.sql, place, meant).Reads();
      });
      if (reads) readers.push_back(id);
    }
  }
  return readers;
}

}  // namespace

void FollowColumn(Interpreter& in, ObjectId relation, const std::string& from, const std::string& to) {
  SettleNames(in, relation, to);
  const ColumnMeant meant(in.schema(), relation, from);
  EditTexts(
      in,
      [&](const Object& object) {
        return relation.kind() == ObjectKind::kCompositeType || IsAbout(object, meant.sources);
      },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return ColumnFollower(relations, text, place, meant, to).Run();
      });
}

void ForgetReaders(Interpreter& in, ObjectId column, bool cascade) {
  if (!in.replays() && !cascade) return;
  const ColumnMeant meant(in.schema(), column.parent(), column.name());
  const std::vector<ObjectId> readers = ReadersOf(in, meant);
  for (const ObjectKind kind : {ObjectKind::kPolicy, ObjectKind::kRule}) {
    for (auto [id, object] : in.schema().OfKind(kind)) {
      if (std::ranges::contains(readers, id)) continue;
      std::erase_if(object.edges, [&](const Edge& edge) { return edge.target == column; });
    }
  }
  if (cascade) {
    for (const ObjectId reader : readers) DropObject(in, reader, true);
  }
  EditQueries(
      in, [&](const Object& object) { return IsAbout(object, meant.sources); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return ListFollower(relations, text, place, meant).Run();
      });
}

}  // namespace schemadiff
