#include "parser/follow_names.h"

#include <algorithm>

#include "parser/follow_texts.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

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
    if (type == "LockingClause") SeeLocked(node["lockedRels"]);
    if (type == "TypeCast" && TypeNamed(node["typeName"]).ends_with("regclass")) SeeString(node["arg"]);
    if (type != "FuncCall") return;
    const std::vector<std::string> names = Strings(node["funcname"]);
    const std::vector<Node> arguments = node["args"].Items();
    const bool takes_sequence = names.back() == "nextval" || names.back() == "currval" || names.back() == "setval";
    if (takes_sequence && !arguments.empty()) SeeString(arguments.front());
  }

  void SeeLocked(Node names) {
    for (const Node name : names.Items()) {
      for (const FromItem& item : levels().back()) {
        const bool is_meant = item.name == name["RangeVar"].Text("relname") && item.relation == from_;
        if (is_meant && !item.has_alias) ReplacePart(name["RangeVar"].Location(), 0, to_.name());
      }
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

  // How many arguments it takes at least and at most.
  static std::pair<std::size_t, std::size_t> Takes(const Routine& routine) {
    std::size_t least = 0;
    std::size_t most = 0;
    for (const RoutineArgument& argument : routine.arguments) {
      using enum RoutineArgument::Mode;
      if (argument.mode == kOut || argument.mode == kTable) continue;
      if (argument.mode == kVariadic) return {least, SIZE_MAX};
      ++most;
      if (!argument.default_value) ++least;
    }
    return {least, most};
  }

  // Which of several is called, their numbers of arguments tell.
  bool IsMeant(std::size_t arguments) const {
    std::vector<ObjectId> meant;
    for (const Object* object : relations().Routines(from_.schema(), from_.name())) {
      const auto [least, most] = Takes(object->As<Routine>());
      if (least <= arguments && arguments <= most) meant.push_back(object->id);
    }
    for (const auto& [id, object] : relations().schema().OfKind(ObjectKind::kAggregate)) {
      if (id.schema() == from_.schema() && id.name() == from_.name()) meant.push_back(id);
    }
    return meant == std::vector{from_};
  }

  // Its own arguments, behind its name.
  void SeeColumn(Node column, const std::vector<std::string>& fields, const Meaning& meaning) override {
    if (fields.size() < 2 || meaning.item == nullptr || meaning.item->relation != from_) return;
    ReplacePart(column.Location(), fields.size() - 2, to_.name());
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

void FollowRelation(Interpreter& in, ObjectId from, ObjectId to) {
  EditTexts(
      in, [&](const Object& object) { return IsAbout(object, {from}); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return RelationFollower(relations, text, place, from, to).Run();
      });
}

void FollowRoutine(Interpreter& in, ObjectId from, ObjectId to) {
  // A call names all of the name, whatever their arguments.
  const ObjectId any = ObjectId::Of(from.kind(), from.schema(), from.name(), "*");
  EditTexts(
      in, [&](const Object& object) { return IsAbout(object, {from, any}); },
      [&](RelationColumns& relations, const std::string& text, const TextPlace& place) {
        return RoutineFollower(relations, text, place, from, to).Run();
      });
}

}  // namespace schemadiff
