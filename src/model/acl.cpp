#include "model/acl.h"

#include <algorithm>
#include <array>

namespace schemadiff {
namespace {

constexpr std::string_view kPublic = "public";

constexpr std::uint32_t Bit(char letter) {
  constexpr std::string_view letters = "arwdDxtmXUCTcsA";
  return 1U << letters.find(letter);
}

std::uint32_t Bits(std::string_view letters) {
  std::uint32_t bits = 0;
  for (const char letter : letters) bits |= Bit(letter);
  return bits;
}

// What PUBLIC has from the start: src/backend/utils/adt/acl.c, acldefault().
std::uint32_t PublicPrivileges(AclTarget target) {
  switch (target) {
    case AclTarget::kRoutine: return Bits("X");
    case AclTarget::kType:
    case AclTarget::kLanguage: return Bits("U");
    case AclTarget::kDatabase: return Bits("Tc");
    default: return 0;
  }
}

// The name in front of `=` or behind `/`, quoted where it is more than letters, digits and underscores.
std::string TakeName(std::string_view& text) {
  std::string name;
  bool quoted = false;
  while (!text.empty()) {
    if (text.front() == '"') {
      if (quoted && text.size() > 1 && text[1] == '"') {
        name += '"';
        text.remove_prefix(2);
        continue;
      }
      quoted = !quoted;
    } else if (!quoted && text.front() == '=') {
      break;
    } else {
      name += text.front();
    }
    text.remove_prefix(1);
  }
  return name;
}

}  // namespace

const std::vector<PrivilegeName> kPrivileges = {
    {'a', "INSERT"},     {'r', "SELECT"},    {'w', "UPDATE"},   {'d', "DELETE"},  {'D', "TRUNCATE"},
    {'x', "REFERENCES"}, {'t', "TRIGGER"},   {'m', "MAINTAIN"}, {'X', "EXECUTE"}, {'U', "USAGE"},
    {'C', "CREATE"},     {'T', "TEMPORARY"}, {'c', "CONNECT"},  {'s', "SET"},     {'A', "ALTER SYSTEM"},
};

void AppendText(std::string& out, PrivilegeSet value) {
  for (std::size_t i = 0; i < kPrivileges.size(); ++i) {
    if ((value.held >> i & 1U) != 0) out += kPrivileges[i].letter;
    if ((value.grantable >> i & 1U) != 0) out += '*';
  }
  out += ';';
}

AclTarget AclTargetOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kTable:
    case ObjectKind::kForeignTable:
    case ObjectKind::kView:
    case ObjectKind::kMaterializedView: return AclTarget::kTable;
    case ObjectKind::kColumn: return AclTarget::kColumn;
    case ObjectKind::kSequence: return AclTarget::kSequence;
    case ObjectKind::kRoutine:
    case ObjectKind::kAggregate: return AclTarget::kRoutine;
    case ObjectKind::kEnum:
    case ObjectKind::kDomain:
    case ObjectKind::kCompositeType:
    case ObjectKind::kBaseType:
    case ObjectKind::kRange: return AclTarget::kType;
    case ObjectKind::kNamespace: return AclTarget::kSchema;
    case ObjectKind::kLanguage: return AclTarget::kLanguage;
    case ObjectKind::kForeignDataWrapper: return AclTarget::kForeignDataWrapper;
    case ObjectKind::kForeignServer: return AclTarget::kForeignServer;
    case ObjectKind::kDatabase: return AclTarget::kDatabase;
    case ObjectKind::kParameter: return AclTarget::kParameter;
    default: return AclTarget::kNone;
  }
}

std::uint32_t PrivilegeBit(std::string_view word) {
  const auto same = [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b - 32 : b); };
  if (word == "temp") word = "temporary";
  for (std::size_t i = 0; i < kPrivileges.size(); ++i) {
    if (std::ranges::equal(kPrivileges[i].word, word, same)) return 1U << i;
  }
  return 0;
}

std::string PrivilegeWords(std::uint32_t privileges) {
  // The order of the manual, with what reads first.
  static constexpr std::string_view kOrder = "rawdDxtmXUCcTsA";
  std::string words;
  for (const char letter : kOrder) {
    const auto name = std::ranges::find(kPrivileges, letter, &PrivilegeName::letter);
    if ((privileges & Bit(letter)) == 0) continue;
    words += words.empty() ? "" : ", ";
    words += name->word;
  }
  return words;
}

std::uint32_t AllPrivileges(AclTarget target, int version) {
  switch (target) {
    case AclTarget::kTable: return Bits(version != 0 && version < 170000 ? "arwdDxt" : "arwdDxtm");
    case AclTarget::kColumn: return Bits("arwx");
    case AclTarget::kSequence: return Bits("rwU");
    case AclTarget::kRoutine: return Bits("X");
    case AclTarget::kType:
    case AclTarget::kLanguage:
    case AclTarget::kForeignDataWrapper:
    case AclTarget::kForeignServer: return Bits("U");
    case AclTarget::kSchema: return Bits("UC");
    case AclTarget::kDatabase: return Bits("CTc");
    case AclTarget::kParameter: return Bits("sA");
    case AclTarget::kLargeObject: return Bits("rw");
    case AclTarget::kNone: return 0;
  }
  return 0;
}

Acl Acl::Standard(AclTarget target, std::string_view owner, int version) {
  Acl acl;
  acl.owner_ = owner;
  // Columns and parameters have no owner of their own.
  if (target != AclTarget::kColumn && target != AclTarget::kParameter) {
    acl.Grant(owner, owner, {AllPrivileges(target, version), 0});
    acl.Grant(kPublic, owner, {PublicPrivileges(target), 0});
  }
  return acl;
}

Acl Acl::Parse(std::string_view owner, const std::vector<std::string>& items) {
  Acl acl;
  acl.owner_ = owner;
  for (const std::string& item : items) {
    std::string_view text = item;
    std::string grantee = TakeName(text);
    if (grantee.empty()) grantee = kPublic;
    PrivilegeSet set;
    std::size_t i = 1;
    for (; i < text.size() && text[i] != '/'; ++i) {
      if (text[i] == '*') continue;
      set.held |= Bit(text[i]);
      if (i + 1 < text.size() && text[i + 1] == '*') set.grantable |= Bit(text[i]);
    }
    text.remove_prefix(std::min(i + 1, text.size()));
    acl.Grant(grantee, TakeName(text), set);
  }
  return acl;
}

PrivilegeSet Acl::Of(std::string_view grantee) const {
  PrivilegeSet set;
  for (const AclEntry& entry : entries_) {
    if (entry.grantee != grantee) continue;
    set.held |= entry.privileges.held;
    set.grantable |= entry.privileges.grantable;
  }
  return set;
}

AclEntry& Acl::EntryOf(std::string_view grantee, std::string_view grantor) {
  for (AclEntry& entry : entries_) {
    if (entry.grantee == grantee && entry.grantor == grantor) return entry;
  }
  entries_.push_back({.grantee = std::string(grantee), .grantor = std::string(grantor)});
  return entries_.back();
}

// The owner can grant what is his, whether the list says so or not.
void Acl::Grant(std::string_view grantee, std::string_view grantor, PrivilegeSet privileges) {
  if (privileges.held == 0) return;
  PrivilegeSet& set = EntryOf(grantee, grantor).privileges;
  set.held |= privileges.held;
  if (grantee != owner_ || grantor != owner_) set.grantable |= privileges.grantable;
}

void Acl::Revoke(std::string_view grantee, std::string_view grantor, std::uint32_t privileges, bool option_only) {
  for (AclEntry& entry : entries_) {
    if (entry.grantee != grantee || entry.grantor != grantor) continue;
    entry.privileges.grantable &= ~privileges;
    if (!option_only) entry.privileges.held &= ~privileges;
  }
  Prune();
}

// What was granted without a grant option any more is gone, and entries of nothing.
void Acl::Prune() {
  for (bool changed = true; changed;) {
    changed = false;
    for (AclEntry& entry : entries_) {
      if (entry.grantor == owner_) continue;
      const std::uint32_t may_grant = Of(entry.grantor).grantable;
      if ((entry.privileges.held & ~may_grant) == 0) continue;
      entry.privileges.held &= may_grant;
      entry.privileges.grantable &= may_grant;
      changed = true;
    }
  }
  std::erase_if(entries_, [](const AclEntry& entry) { return entry.privileges.empty(); });
}

void Acl::SetOwner(std::string_view owner) {
  const std::string former = owner_;
  owner_ = owner;
  if (former == owner_) return;
  const std::vector<AclEntry> entries = std::move(entries_);
  entries_.clear();
  for (const AclEntry& entry : entries) {
    Grant(entry.grantee == former ? owner_ : entry.grantee, entry.grantor == former ? owner_ : entry.grantor,
          entry.privileges);
  }
}

std::string Acl::GrantorFor(std::string_view role, std::uint32_t privileges) const {
  return !role.empty() && role != owner_ && (Of(role).grantable & privileges) != 0 ? std::string(role) : owner_;
}

}  // namespace schemadiff
