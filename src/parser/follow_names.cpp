#include "parser/follow_names.h"

#include <algorithm>
#include <set>

#include "parser/follow_texts.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

using Relations = std::unordered_set<ObjectId>;
using Places = std::set<std::int64_t>;

/// Finds where a column is merged by USING, which keeps its name: PostgreSQL gives the relation a list of names then
/// (src/backend/utils/adt/ruleutils.c, set_using_names).
class MergeFinder : public QueryWalk {
 public:
  MergeFinder(RelationColumns& relations, const std::string& text, const TextPlace& place, const Relations& owners,
              const std::string& name)
      : QueryWalk(relations, text, place), owners_(owners), name_(name) {}

  Places Find() {
    Run();
    return std::move(places_);
  }

 private:
  void SeeMerge(Node /*join*/, const std::vector<std::string>& names, const SeenColumns& left,
                const SeenColumns& right) override {
    if (!std::ranges::contains(names, name_)) return;
    for (const SeenColumns* columns : {&left, &right}) {
      const SeenColumn* column = columns->Find(name_);
      if (column != nullptr && owners_.contains(column->relation)) places_.insert(column->place);
    }
  }

  const Relations& owners_;
  const std::string& name_;
  Places places_;
};

class ColumnFollower : public QueryWalk {
 public:
  ColumnFollower(RelationColumns& relations, const std::string& text, const TextPlace& place, const Relations& owners,
                 const std::string& from, const std::string& to)
      : QueryWalk(relations, text, place),
        owners_(owners),
        from_(from),
        to_(to),
        merged_(MergeFinder(relations, text, place, owners, from).Find()) {}

 private:
  bool TakesName(const std::string& name) const override { return name == from_; }

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
    if (meaning.column == nullptr || fields.back() != from_ || !owners_.contains(meaning.column->relation)) return;
    if (merged_.contains(meaning.column->place)) return;
    const Token& token = tokens()[TokenAt(column.Location()) + 2 * (fields.size() - 1)];
    const bool qualify = fields.size() == 1 && IsTaken(meaning);
    Replace(token.start, token.end, QuoteQualified(qualify ? meaning.column->qualifier : std::string(), to_));
  }

  void SeeWritten(const std::string& name, std::size_t token, ObjectId relation) override {
    if (name != from_ || !owners_.contains(relation)) return;
    Replace(tokens()[token].start, tokens()[token].end, QuoteIdentifier(to_));
  }

  void SeeRelation(Node range, ObjectId relation) override {
    if (!relation || !merged_.contains(range.Location())) return;
    const Node alias = range["alias"];
    const std::size_t given = alias["colnames"].Count();
    std::vector<std::string> names;
    for (const SeenColumn& column : relations().Of(relation).list) {
      names.push_back(QuoteIdentifier(column.name));
      if (column.name == from_) break;
    }
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(given, names.size())));
    const std::string list = Join(names, ", ");
    const std::size_t last = LastTokenOf(range);
    if (given > 0) {
      Append(last - 1, ", " + list);
    } else {
      Append(last, (alias ? "(" : " AS " + QuoteIdentifier(range.Text("relname")) + "(") + list + ")");
    }
  }

  const Relations& owners_;
  const std::string& from_;
  const std::string& to_;
  Places merged_;
};

class RelationFollower : public QueryWalk {
 public:
  RelationFollower(RelationColumns& relations, const std::string& text, const TextPlace& place, ObjectId from,
                   ObjectId to)
      : QueryWalk(relations, text, place), from_(from), to_(to) {}

 private:
  bool TakesName(const std::string& name) const override { return name == from_.name(); }

  void SeeRelation(Node range, ObjectId relation) override {
    if (relation != from_) return;
    ReplacePart(range.Location(), 0, to_.schema());
    ReplacePart(range.Location(), 1, to_.name());
  }

  void SeeColumn(Node column, const std::vector<std::string>& fields, const Meaning& meaning) override {
    if (meaning.item == nullptr || meaning.item->has_alias || meaning.item->relation != from_) return;
    if (fields.size() == 1 && meaning.column != nullptr) return;
    const std::size_t name = fields.size() == 1 ? 0 : fields.size() - 2;
    if (name > 0) ReplacePart(column.Location(), name - 1, to_.schema());
    ReplacePart(column.Location(), name, to_.name());
  }

  void SeeStar(Node column, const std::vector<std::string>& fields) override {
    if (fields.size() > 1) SeeColumn(column, fields, MeaningOf(column));
  }

  // What becomes a regclass when it is stored (manual: "Object Identifier Types").
  void SeeNode(std::string_view type, Node node) override {
    if (type == "TypeCast" && TypeNamed(node["typeName"]).ends_with("regclass")) SeeString(node["arg"]);
    if (type != "FuncCall") return;
    const std::vector<std::string> names = Strings(node["funcname"]);
    if (names.back() == "nextval" || names.back() == "currval" || names.back() == "setval") {
      SeeString(node["args"].Items().front());
    }
  }

  void SeeString(Node constant) {
    const std::string_view text = constant["A_Const"]["sval"].Text("sval");
    if (text.empty()) return;
    const std::vector<std::string> parts = NameParts(text);
    if (parts.back() != from_.name() || (parts.size() > 1 && parts[parts.size() - 2] != from_.schema())) return;
    const Token& token = tokens()[TokenAt(constant["A_Const"].Location())];
    Replace(token.start, token.end, QuoteLiteral(QuoteQualified(to_.schema(), to_.name())));
  }

  ObjectId from_;
  ObjectId to_;
};

class RoutineFollower : public QueryWalk {
 public:
  RoutineFollower(RelationColumns& relations, const std::string& text, const TextPlace& place, ObjectId from,
                  ObjectId to)
      : QueryWalk(relations, text, place), from_(from), to_(to) {}

 private:
  bool TakesName(const std::string& name) const override { return name == from_.name(); }

  // Which of several is called, their numbers of arguments tell.
  bool IsMeant(std::size_t arguments) const {
    const auto takes = [&](const Object* object) {
      std::size_t least = 0;
      std::size_t most = 0;
      for (const RoutineArgument& argument : object->As<Routine>().arguments) {
        using enum RoutineArgument::Mode;
        if (argument.mode == kOut || argument.mode == kTable) continue;
        if (argument.mode == kVariadic) most = SIZE_MAX - 1;
        least += argument.default_value || argument.mode == kVariadic ? 0 : 1;
        most += most < SIZE_MAX - 1 ? 1 : 0;
      }
      return least <= arguments && arguments <= most;
    };
    std::vector<const Object*> meant = relations().Routines(from_.schema(), from_.name());
    std::erase_if(meant, [&](const Object* object) { return !takes(object); });
    return meant.size() == 1 && meant[0]->id == from_;
  }

  void SeeNode(std::string_view type, Node node) override {
    if (type != "FuncCall" || Strings(node["funcname"]) != std::vector{from_.schema(), from_.name()}) return;
    if (!IsMeant(node["args"].Count())) return;
    ReplacePart(node.Location(), 0, to_.schema());
    ReplacePart(node.Location(), 1, to_.name());
  }

  ObjectId from_;
  ObjectId to_;
};

}  // namespace

void FollowColumn(Interpreter& in, ObjectId relation, const std::string& from, const std::string& to) {
  SettleNames(in, relation, to);
  const Relations owners = WithHeirs(in.schema(), relation);
  EditTexts(
      in, [&](const Object& object) { return IsAbout(object, owners); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return ColumnFollower(relations, text, place, owners, from, to).Run();
      });
}

std::vector<ObjectId> ViewsThatRead(Interpreter& in, ObjectId table, const std::string& column) {
  SettleNames(in, table, {});
  const Relations owners = WithHeirs(in.schema(), table);
  RelationColumns relations(in.schema());
  std::vector<ObjectId> views;
  const auto look = [&](const Object& object, const Expression& query) {
    if (!IsAbout(object, owners)) return;
    const std::string other = column + " ";
    if (ColumnFollower(relations, query.sql, {}, owners, column, other).Run() != query.sql) views.push_back(object.id);
  };
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kView)) look(object, object.As<View>().query);
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kMaterializedView))
    look(object, object.As<MaterializedView>().query);
  return views;
}

void FollowRelation(Interpreter& in, ObjectId from, ObjectId to) {
  EditTexts(
      in, [&](const Object& object) { return IsAbout(object, {from}); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return RelationFollower(relations, text, place, from, to).Run();
      });
}

void FollowRoutine(Interpreter& in, ObjectId from, ObjectId to) {
  const ObjectId any = ObjectId::Of(from.kind(), from.schema(), from.name(), "*");
  EditTexts(
      in, [&](const Object& object) { return IsAbout(object, {from, any}); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return RoutineFollower(relations, text, place, from, to).Run();
      });
}

}  // namespace schemadiff
