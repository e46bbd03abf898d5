// Access control lists: who holds which privileges on an object (manual: "Privileges"), and what PostgreSQL gives from
// the start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/identity.h"

namespace schemadiff {

/// What privileges are granted on: what GRANT calls it.
enum class AclTarget : std::uint8_t {
  kNone,
  kTable,  ///< Views and foreign tables, too.
  kColumn,
  kSequence,
  kRoutine,
  kType,
  kSchema,
  kLanguage,
  kForeignDataWrapper,
  kForeignServer,
  kDatabase,
  kParameter,
  kLargeObject,
};

/// What an object of the kind is to GRANT; kNone for what has no privileges of its own.
AclTarget AclTargetOf(ObjectKind kind);

/// Privileges, and for which of them there is the grant option.
struct PrivilegeSet {
  std::uint32_t held = 0;  ///< A bit for each privilege, in the order of kPrivileges.
  std::uint32_t grantable = 0;

  bool empty() const { return held == 0; }
  bool operator==(const PrivilegeSet&) const = default;
};
void AppendText(std::string& out, PrivilegeSet value);

struct PrivilegeName {
  char letter;  ///< As an aclitem has it.
  std::string_view word;
};
extern const std::vector<PrivilegeName> kPrivileges;

/// The bit of `SELECT`, in any case; 0 for an unknown word.
std::uint32_t PrivilegeBit(std::string_view word);
/// `SELECT, INSERT` in the order of the manual; all of a target's are `ALL`.
std::string PrivilegeWords(std::uint32_t privileges);
/// Every privilege that there is on such a target (server_version_num; 0 for the latest).
std::uint32_t AllPrivileges(AclTarget target, int version);

/// Privileges of one role, granted by another.
struct AclEntry {
  std::string grantee;  ///< `public` for PUBLIC, which no role can be called.
  std::string grantor;
  PrivilegeSet privileges;
  bool operator==(const AclEntry&) const = default;
};

/// An access control list with its owner.
class Acl {
 public:
  Acl() = default;
  /// What a new object of that owner has (acldefault).
  static Acl Standard(AclTarget target, std::string_view owner, int version);
  /// An aclitem[] as text has its items: `"joe"=ar*w/owner`.
  static Acl Parse(std::string_view owner, const std::vector<std::string>& items);

  const std::string& owner() const { return owner_; }
  const std::vector<AclEntry>& entries() const { return entries_; }
  /// What a role was granted by all grantors.
  PrivilegeSet Of(std::string_view grantee) const;

  void Grant(std::string_view grantee, std::string_view grantor, PrivilegeSet privileges);
  /// Takes privileges away, and with them what others have by their grant option; with `option_only` only that.
  void Revoke(std::string_view grantee, std::string_view grantor, std::uint32_t privileges, bool option_only);
  /// What the old owner has and has granted is the new one's.
  void SetOwner(std::string_view owner);
  /// Who grants when a role does: itself where it holds a grant option, otherwise the owner.
  std::string GrantorFor(std::string_view role, std::uint32_t privileges) const;

 private:
  AclEntry& EntryOf(std::string_view grantee, std::string_view grantor);
  void Prune();

  std::string owner_;
  std::vector<AclEntry> entries_;
};

}  // namespace schemadiff
