#include "parser/statements/operator_members.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "parser/references.h"
#include "parser/statements/routine_parts.h"
#include "parser/types.h"
#include "support/quote.h"

namespace schemadiff {
namespace {

std::vector<std::string> TypeNames(Interpreter& in, const Statement& statement, Node list) {
  std::vector<std::string> types;
  for (const Node item : list.Items()) types.push_back(RoutineTypeName(in, statement, item["TypeName"]));
  return types;
}

template <std::size_t N>
bool IsOneOf(std::int64_t number, const std::array<std::int64_t, N>& numbers) {
  return std::ranges::find(numbers, number) != numbers.end();
}

}  // namespace

ObjectId FindOperatorGroup(const Interpreter& in, const Statement& statement, ObjectKind kind,
                           const std::vector<std::string>& parts, std::string_view access_method) {
  if (parts.empty()) return {};
  const SearchPath path = parts.size() > 1 ? SearchPath{parts[parts.size() - 2]} : *statement.search_path;
  for (const std::string& schema : path) {
    const ObjectId id = ObjectId::Of(kind, schema, parts.back(), access_method);
    if (in.schema().Contains(id)) return id;
  }
  return {};
}

// An operator without types takes the class's own on both sides; a function stands for the types given before its name,
// or for those that it takes (src/backend/commands/opclasscmds.c, assignProcTypes).
FamilyMember ReadMember(Interpreter& in, const Statement& statement, Node item, const std::string& type,
                        std::vector<Edge>& edges) {
  FamilyMember member{
      .is_function = item.Int("itemtype") == 2, .number = item.Int("number"), .left = type, .right = type};
  const Node named = item["name"];
  const auto take = [&](const std::vector<std::string>& types) {
    if (types.empty()) return;
    member.left = types.front();
    member.right = types.back();
  };
  if (!named) {  // Of ALTER OPERATOR FAMILY ... DROP.
    take(TypeNames(in, statement, item["class_args"]));
    return member;
  }
  if (member.is_function) {
    member.name = ResolveSignature(in, statement, named, "", edges);
    if (item["class_args"]) {
      take(TypeNames(in, statement, item["class_args"]));
    } else if (type.empty()) {
      take(TypeNames(in, statement, named["objargs"]));
    }
    return member;
  }
  take(TypeNames(in, statement, named["objargs"]));
  member.name = ResolveOperator(in, statement, Strings(named["objname"]), edges);
  if (item["order_family"]) {
    const std::vector<std::string> parts = Strings(item["order_family"]);
    member.sort_family = ResolveReference(in, statement, NameSpace::kOperatorFamily, parts, edges);
  }
  return member;
}

bool InsertMember(std::vector<FamilyMember>& members, FamilyMember member) {
  const auto key = [](const FamilyMember& m) { return std::tuple(m.is_function, m.number, m.left, m.right); };
  const auto place = std::ranges::lower_bound(members, key(member), {}, key);
  if (place != members.end() && place->SamePlace(member)) return false;
  members.insert(place, std::move(member));
  return true;
}

// The access methods' own amadjustmembers functions: src/backend/access/*/*validate.c. BRIN and foreign ones have none.
bool GoesWithClass(std::string_view access_method, const FamilyMember& member, const std::string& type) {
  if (access_method == "btree" || access_method == "hash") {
    if (member.is_function && member.number != 1) return false;
    return member.left == member.right && member.left == type;
  }
  if (access_method == "gist") {
    return member.is_function && IsOneOf(member.number, std::to_array<std::int64_t>({1, 2, 5, 6, 7}));
  }
  if (access_method == "gin") return member.is_function && (member.number == 2 || member.number == 3);
  if (access_method == "spgist") return member.is_function && member.number <= 5;
  return true;
}

}  // namespace schemadiff
