#include <algorithm>
#include <set>

#include "planner/access.h"
#include "planner/rules.h"

namespace schemadiff {
namespace {

using Grants = std::vector<GrantedPrivileges>;

// How GRANT names an object.
std::string PrivilegesTarget(ObjectId id, const PlanContext& context) {
  const std::string name = id.parent() ? RelationName(id.parent()) : RelationName(id);
  switch (AclTargetOf(id.kind())) {
    case AclTarget::kSequence: return "SEQUENCE " + name;
    case AclTarget::kRoutine: {
      const Object* object = context.desired().Find(id) ? context.desired().Find(id) : context.live().Find(id);
      const Routine* routine = object == nullptr ? nullptr : object->If<Routine>();
      return fmt::format("{} {}({})", routine != nullptr && routine->procedure ? "PROCEDURE" : "FUNCTION",
                         QuoteQualified(id.schema(), id.name()), id.arguments());
    }
    case AclTarget::kType: return "TYPE " + name;
    case AclTarget::kSchema: return "SCHEMA " + QuoteIdentifier(id.name());
    case AclTarget::kLanguage: return "LANGUAGE " + QuoteIdentifier(id.name());
    case AclTarget::kForeignDataWrapper: return "FOREIGN DATA WRAPPER " + QuoteIdentifier(id.name());
    case AclTarget::kForeignServer: return "FOREIGN SERVER " + QuoteIdentifier(id.name());
    case AclTarget::kDatabase: return "DATABASE " + QuoteIdentifier(id.name());
    case AclTarget::kParameter: return "PARAMETER " + id.name();
    default: return "TABLE " + name;
  }
}

class Writer {
 public:
  Writer(const Object& object, const PlanContext& context)
      : object_(object), context_(context), parent_(object.id.parent()) {}

  void Change(const Grants& before, const Grants& after, ActionList& actions) {
    Change(before, before, after, actions);
  }

  /// From what is held at most and at least.
  void Change(const Grants& most, const Grants& least, const Grants& after, ActionList& actions) {
    std::set<std::string> grantors;
    for (const Grants* some : {&most, &least, &after}) {
      for (const GrantedPrivileges& grant : *some) grantors.insert(grant.grantor);
    }
    for (const std::string& grantor : grantors) {
      const PrivilegeSet a = Of(most, grantor);
      const PrivilegeSet b = Of(least, grantor);
      ChangeBy(grantor, {a.held | b.held, a.grantable | b.grantable}, {a.held & b.held, a.grantable & b.grantable},
               Of(after, grantor));
    }
    if (sql_.empty()) return;
    Action& action = actions.Add(object_, Verb::kAlter, sql_.front());
    action.step.sql = std::move(sql_);
    if (undo_.size() == 1) action.step.undo = undo_.front();
    action.produces.push_back(object_.id);
    // What is taken from who is to be the owner is taken before, what is given to who was after.
    const ObjectId owner = ObjectId::Member(ObjectKind::kOwner, parent_.root(), "");
    (context_.desired().Contains(object_.id) ? action.consumes : action.releases).push_back(owner);
    if (context_.desired().Contains(parent_.root()) && context_.IsNew(parent_.root())) return;
    // PostgreSQL 18 looks the relation up under a lock.
    const AclTarget target = AclTargetOf(parent_.kind());
    const bool is_relation =
        target == AclTarget::kTable || target == AclTarget::kColumn || target == AclTarget::kSequence;
    if (is_relation && context_.major() >= 18) AddLock(action, parent_.root(), LockMode::kAccessShare);
    AddHazard(action, HazardKind::kAccessChange, fmt::format("what {} may do changes", Grantee()));
  }

 private:
  static PrivilegeSet Of(const Grants& grants, const std::string& grantor) {
    const auto found = std::ranges::find(grants, grantor, &GrantedPrivileges::grantor);
    return found == grants.end() ? PrivilegeSet() : found->privileges;
  }

  void ChangeBy(const std::string& grantor, PrivilegeSet most, PrivilegeSet least, PrivilegeSet after) {
    const std::size_t first = sql_.size();
    Write("REVOKE ", most.held & ~after.held, " FROM ", "", "GRANT ", " TO ");
    Write("REVOKE GRANT OPTION FOR ", most.grantable & ~after.grantable & after.held, " FROM ", "", "GRANT ", " TO ",
          " WITH GRANT OPTION");
    RestoreColumns(most.held & ~after.held);
    Write("GRANT ", after.held & ~least.held & ~after.grantable, " TO ", "", "REVOKE ", " FROM ");
    Write("GRANT ", after.grantable & ~least.grantable, " TO ", " WITH GRANT OPTION", "REVOKE ", " FROM ");
    if (grantor.empty() || sql_.size() == first) return;
    // Only the grantor himself can grant in his own name.
    sql_.insert(sql_.begin() + static_cast<std::ptrdiff_t>(first), "SET LOCAL ROLE " + QuoteIdentifier(grantor));
    sql_.emplace_back("RESET ROLE");
    undo_.clear();
  }

  void Write(std::string_view verb, std::uint32_t privileges, std::string_view preposition, std::string_view end,
             std::string_view undo_verb, std::string_view undo_preposition, std::string_view undo_end = {}) {
    if (privileges == 0) return;
    const std::string what = fmt::format("{} ON {}", Words(privileges, parent_), PrivilegesTarget(parent_, context_));
    sql_.push_back(fmt::format("{}{}{}{}{}", verb, what, preposition, Grantee(), end));
    undo_.push_back(fmt::format("{}{}{}{}{}", undo_verb, what, undo_preposition, Grantee(), undo_end));
  }

  std::string Words(std::uint32_t privileges, ObjectId on) const {
    const AclTarget target = AclTargetOf(on.kind());
    const std::uint32_t all = AllPrivileges(target, context_.major() * 10000);
    if (on.kind() == ObjectKind::kColumn) {
      const std::string column = " (" + QuoteIdentifier(on.name()) + ")";
      std::vector<std::string> words;
      for (std::uint32_t bit = 1; bit <= privileges; bit <<= 1U) {
        if ((privileges & bit) != 0) words.push_back(PrivilegeWords(bit) + column);
      }
      return Join(words, ", ");
    }
    return privileges == all && (all & (all - 1)) != 0 ? "ALL" : PrivilegeWords(privileges);
  }

  // What is revoked on a table is revoked on its columns (manual: REVOKE): what is held on them comes back.
  void RestoreColumns(std::uint32_t revoked) {
    if (AclTargetOf(parent_.kind()) != AclTarget::kTable || revoked == 0) return;
    std::vector<std::string> sql;
    for (const auto& [id, object] : context_.desired().OfKind(ObjectKind::kPrivileges)) {
      const bool is_column = id.parent().kind() == ObjectKind::kColumn && id.parent().parent() == parent_ &&
                             id.name() == object_.id.name();
      if (!is_column || !context_.live().Contains(id)) continue;
      const PrivilegeSet held = Of(object.As<Privileges>().grants, "");
      const std::uint32_t lost = held.held & revoked;
      const auto grant = [&](std::uint32_t bits, std::string_view end) {
        if (bits == 0) return;
        sql.push_back(fmt::format("GRANT {} ON {} TO {}{}", Words(bits, id.parent()),
                                  PrivilegesTarget(parent_, context_), Grantee(), end));
      };
      grant(lost & ~held.grantable, "");
      grant(lost & held.grantable, " WITH GRANT OPTION");
    }
    std::ranges::sort(sql);
    std::ranges::move(sql, std::back_inserter(sql_));
    if (!sql.empty()) undo_.emplace_back();
  }

  std::string Grantee() const {
    return RoleName(object_.id.name().empty() ? OwnerAfter(object_, context_) : object_.id.name());
  }

  const Object& object_;
  const PlanContext& context_;
  ObjectId parent_;
  std::vector<std::string> sql_;
  std::vector<std::string> undo_;
};

// Who is to be the owner has nothing by his own name.
Grants GrantsIn(const Acl& acl, const Object& object) {
  const std::string& name = object.id.name();
  Grants grants;
  if (name == acl.owner()) return grants;
  for (const AclEntry& entry : acl.entries()) {
    if (entry.grantee != (name.empty() ? acl.owner() : name)) continue;
    grants.push_back({entry.grantor == acl.owner() ? "" : entry.grantor, entry.privileges});
  }
  return grants;
}

// An object that the plan makes has what default privileges give; any other what PostgreSQL gives.
void CreatePrivileges(const Object& object, const PlanContext& context, ActionList& actions) {
  const Grants start = GrantsIn(AclBefore(object, context), object);
  const Grants other = context.in_any_order() ? GrantsIn(StandardAcl(object, context), object) : start;
  Writer(object, context).Change(start, other, object.As<Privileges>().grants, actions);
}

void DropPrivileges(const Object& object, const PlanContext& context, ActionList& actions) {
  const Acl standard = StandardAcl(object, context);
  Writer(object, context).Change(object.As<Privileges>().grants, GrantsIn(standard, object), actions);
}

void SetPrivilegesGrants(const Alteration& alteration, ActionList& actions) {
  Writer(alteration.after, alteration.context)
      .Change(alteration.Before<Privileges>().grants, alteration.After<Privileges>().grants, actions);
}

}  // namespace

template <>
const KindRules& RulesOf<Privileges>() {
  static constexpr auto fields = std::to_array<FieldRule>({{"grants", SetPrivilegesGrants}});
  static_assert(Covers<Privileges>(fields));
  static constexpr KindRules rules{
      .create = CreatePrivileges, .drop = DropPrivileges, .fields = fields, .has_definition = false};
  return rules;
}

}  // namespace schemadiff
