// Names: what the files declare, and how a name in a statement finds it (manual: "The Schema Search Path").
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/external_names.h"
#include "model/identity.h"

namespace schemadiff {

using SearchPath = std::vector<std::string>;

struct QualifiedName {
  std::string schema;  ///< Empty when the name is not known to be in any schema.
  std::string name;
};

/// What a name was found to be.
struct Resolution {
  enum class Origin { kDeclared, kExternal, kBuiltIn, kUnknown };
  QualifiedName name;
  Origin origin = Origin::kUnknown;
};

class Names {
 public:
  explicit Names(const ExternalNames& external) : external_(external) {}

  void Declare(NameSpace space, const QualifiedName& name, ObjectKind kind);
  /// A routine is declared by name; its argument types tell overloads apart later.
  bool IsDeclared(NameSpace space, const QualifiedName& name) const;
  std::optional<ObjectKind> DeclaredKind(NameSpace space, const QualifiedName& name) const;
  const ExternalNames& external() const { return external_; }
  void DeclareExtension(std::string_view name);
  /// Whether a name that is not known may come from an extension that is yet to be installed.
  bool MayComeFromExtension() const { return !extensions_.empty(); }
  const std::vector<std::string>& extensions() const { return extensions_; }

  /// Resolves a name of one or two parts (a third in front is a database and is dropped).
  Resolution Resolve(NameSpace space, const std::vector<std::string>& parts, const SearchPath& path) const;

 private:
  const ExternalNames& external_;
  std::array<std::unordered_map<std::string, ObjectKind>, kNameSpaceCount> declared_;
  std::vector<std::string> extensions_;
};

/// Whether pg_catalog has a text search object of that name, if the name space is one of these.
bool IsBuiltInForSearch(NameSpace space, std::string_view name);

/// Whether pg_catalog has a type of that name: every base, range and pseudo type of PostgreSQL 14 to 18.
bool IsBuiltInType(std::string_view name);

}  // namespace schemadiff
