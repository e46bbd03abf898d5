// Bindings: which objects stand at which addresses of the catalogs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/read.h"
#include "catalog/user_objects.h"

namespace schemadiff {

using Oid = std::uint32_t;

// OIDs of the system catalogs themselves: fixed, see src/include/catalog/*.h.
inline constexpr Oid kPgType = 1247;
inline constexpr Oid kPgProc = 1255;
inline constexpr Oid kPgClass = 1259;
inline constexpr Oid kPgAuthid = 1260;
inline constexpr Oid kPgDatabase = 1262;
inline constexpr Oid kPgForeignServer = 1417;
inline constexpr Oid kPgUserMapping = 1418;
inline constexpr Oid kPgForeignDataWrapper = 2328;
inline constexpr Oid kPgAm = 2601;
inline constexpr Oid kPgAmop = 2602;
inline constexpr Oid kPgAmproc = 2603;
inline constexpr Oid kPgAttrdef = 2604;
inline constexpr Oid kPgCast = 2605;
inline constexpr Oid kPgConstraint = 2606;
inline constexpr Oid kPgConversion = 2607;
inline constexpr Oid kPgLanguage = 2612;
inline constexpr Oid kPgNamespace = 2615;
inline constexpr Oid kPgOpclass = 2616;
inline constexpr Oid kPgOperator = 2617;
inline constexpr Oid kPgRewrite = 2618;
inline constexpr Oid kPgTrigger = 2620;
inline constexpr Oid kPgOpfamily = 2753;
inline constexpr Oid kPgExtension = 3079;
inline constexpr Oid kPgPolicy = 3256;
inline constexpr Oid kPgStatisticExt = 3381;
inline constexpr Oid kPgCollation = 3456;
inline constexpr Oid kPgEventTrigger = 3466;
inline constexpr Oid kPgTransform = 3576;
inline constexpr Oid kPgTsDict = 3600;
inline constexpr Oid kPgTsParser = 3601;
inline constexpr Oid kPgTsConfig = 3602;
inline constexpr Oid kPgTsTemplate = 3764;
inline constexpr Oid kPgSubscription = 6100;
inline constexpr Oid kPgParameterAcl = 6243;
inline constexpr Oid kPgPublication = 6104;
inline constexpr Oid kPgPublicationRel = 6106;
inline constexpr Oid kPgPublicationNamespace = 6237;

/// Address of an object in the catalogs, as pg_depend has it: a sub_object is the number of a relation's column.
struct Address {
  Oid catalog = 0;
  Oid object = 0;
  std::int32_t sub_object = 0;
  bool operator==(const Address&) const = default;
};

struct AddressHash {
  std::size_t operator()(const Address& a) const noexcept {
    return (static_cast<std::size_t>(a.object) << 20U) ^ (static_cast<std::size_t>(a.catalog) << 12U) ^
           static_cast<std::size_t>(a.sub_object);
  }
};

/// An index or key that is a part of a partitioned table's, which may not be read yet.
struct IndexPart {
  ObjectId id;
  Oid whole = 0;
  bool inherited = false;  ///< It came with the partitioned table's.
};

struct Catalog::Bindings {
  struct Column {
    std::string name;  ///< Of every relation in scope, an extension's and a view's as well.
    ObjectId id;       ///< Null where the column is no object.
  };

  /// A null id when there is none.
  ObjectId At(const Address& address) const {
    if (IsColumn(address)) {
      const Column* column = FindColumn(address.object, address.sub_object);
      return column == nullptr ? ObjectId() : column->id;
    }
    const auto found = objects_.find(Key(address));
    return found == objects_.end() ? ObjectId() : found->second;
  }
  void Bind(const Address& address, ObjectId id) {
    if (IsColumn(address)) {
      ColumnAt(address.object, address.sub_object).id = id;
    } else {
      objects_[Key(address)] = id;
    }
  }
  /// Null when it is not known.
  const Column* FindColumn(Oid relation, int number) const {
    const auto found = columns_.find(relation);
    if (found == columns_.end() || number < 0) return nullptr;
    const auto place = static_cast<std::size_t>(number);
    return place < found->second.size() ? &found->second[place] : nullptr;
  }
  void SetColumnName(Oid relation, int number, std::string_view name) { ColumnAt(relation, number).name = name; }
  /// What is about to be read.
  void Expect(UserObjects objects) {
    constexpr std::size_t kAddressesOfEach = 8;  // With the types, constraints and indexes that most tables have.
    std::size_t count = 0;
    for (const auto& [catalog, oids] : objects) count += oids.size();
    objects_.reserve(count * kAddressesOfEach);
    user_objects = std::move(objects);
  }

  std::unordered_map<Address, ObjectId, AddressHash> inherited;  ///< Columns that come from a parent: the parent's.
  std::vector<IndexPart> index_parts;
  UserObjects user_objects;

 private:
  static bool IsColumn(const Address& address) { return address.catalog == kPgClass && address.sub_object != 0; }
  static std::uint64_t Key(const Address& address) { return std::uint64_t{address.catalog} << 32U | address.object; }
  Column& ColumnAt(Oid relation, int number) {
    std::vector<Column>& columns = columns_[relation];
    const auto place = static_cast<std::size_t>(number);
    if (place >= columns.size()) columns.resize(place + 1);
    return columns[place];
  }

  std::unordered_map<std::uint64_t, ObjectId> objects_;
  std::unordered_map<Oid, std::vector<Column>> columns_;  ///< By number.
};

}  // namespace schemadiff
