#include <fmt/format.h>

#include <algorithm>

#include "parser/statements/operator_members.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

Outcome CreateOperatorFamily(Interpreter& in, const Statement& statement) {
  const QualifiedName name = in.NewName(statement, Strings(statement.node["opfamilyname"]));
  const ObjectId id = ObjectId::Of(ObjectKind::kOperatorFamily, name.schema, name.name, statement.node.Text("amname"));
  in.Create(statement, in.NewObject(statement, -1, id, OperatorFamily{}));
  return Outcome::kDone;
}

// The class of a family for a type: what btree and hash hold for one type goes with it.
ObjectId ClassFor(const Interpreter& in, ObjectId family, const std::string& type) {
  const std::string name = QuoteQualified(family.schema(), family.name());
  for (const auto& [id, object] : in.schema().OfKind(ObjectKind::kOperatorClass)) {
    const auto& operator_class = object.As<OperatorClass>();
    if (id.arguments() == family.arguments() && operator_class.family == name && operator_class.type.sql == type) {
      return id;
    }
  }
  return {};
}

std::vector<FamilyMember>& MembersOf(Object& object) {
  if (auto* operator_class = object.If<OperatorClass>()) return operator_class->members;
  return object.As<OperatorFamily>().members;
}

Outcome DropMember(Interpreter& in, const Statement& statement, ObjectId family, const FamilyMember& member) {
  const ObjectId holder = ClassFor(in, family, member.left);
  for (const ObjectId id : {family, holder}) {
    if (!id) continue;
    const auto is_it = [&](const FamilyMember& other) { return other.SamePlace(member); };
    if (std::erase_if(MembersOf(*in.schema().Find(id)), is_it) > 0) return Outcome::kDone;
  }
  return in.Waiting(statement, -1, "member", fmt::format("{} ({}, {})", member.number, member.left, member.right));
}

// A family without a statement of its own is one that CREATE OPERATOR CLASS makes.
Outcome AlterOperatorFamily(Interpreter& in, const Statement& statement) {
  const Node node = statement.node;
  const std::vector<std::string> parts = Strings(node["opfamilyname"]);
  const ObjectId id = FindOperatorGroup(in, statement, ObjectKind::kOperatorFamily, parts, node.Text("amname"));
  if (!id) return in.Waiting(statement, -1, "operator family", Join(parts, "."));
  std::vector<Edge> edges;
  for (const Node item : node["items"].Items()) {
    FamilyMember member = ReadMember(in, statement, item["CreateOpClassItem"], "", edges);
    if (node.Bool("isDrop")) {
      if (DropMember(in, statement, id, member) == Outcome::kWaiting) return Outcome::kWaiting;
    } else if (const std::string place = fmt::format("{} ({}, {})", member.number, member.left, member.right);
               !InsertMember(in.schema().Find(id)->As<OperatorFamily>().members, std::move(member))) {
      in.Error(statement, -1, fmt::format("member {} of the operator family is declared twice", place),
               "remove one of them");
    }
  }
  Object& family = *in.schema().Find(id);
  family.edges.insert(family.edges.end(), edges.begin(), edges.end());
  return Outcome::kDone;
}

// Whether a member goes with a class is the access method's to say, wherever it was written.
void SettleMembers(Interpreter& in) {
  std::vector<std::pair<ObjectId, FamilyMember>> moved;
  for (auto [id, object] : in.schema().OfKind(ObjectKind::kOperatorFamily)) {
    auto& family = object.As<OperatorFamily>();
    std::erase_if(family.members, [&](const FamilyMember& member) {
      if (id.arguments() != "btree" && id.arguments() != "hash") return false;
      const ObjectId holder = ClassFor(in, id, member.left);
      if (!holder || !GoesWithClass(id.arguments(), member, member.left)) return false;
      moved.emplace_back(holder, member);
      return true;
    });
  }
  for (auto& [holder, member] : moved) InsertMember(MembersOf(*in.schema().Find(holder)), std::move(member));
}

}  // namespace

template <>
void RegisterStatements<OperatorFamily>(StatementRegistry& registry) {
  registry.statements["CreateOpFamilyStmt"] = CreateOperatorFamily;
  registry.statements["AlterOpFamilyStmt"] = AlterOperatorFamily;
  registry.declarations.emplace(
      "CreateOpFamilyStmt",
      StatementRegistry::Declaration{NameSpace::kOperatorFamily, ObjectKind::kOperatorFamily, NamesIn<"opfamilyname">});
  registry.locators["OBJECT_OPFAMILY"] = LocateOperatorGroup<ObjectKind::kOperatorFamily>;
  registry.finishers.push_back(SettleMembers);
}

}  // namespace schemadiff
