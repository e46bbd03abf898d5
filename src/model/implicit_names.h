// The names that PostgreSQL makes for what has none (src/backend/commands/indexcmds.c, ChooseRelationName and
// ChooseConstraintName).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kinds/index.h"
#include "model/kinds/key.h"

namespace schemadiff {

/// `name1_name2_label`, shortened to 63 bytes the way makeObjectName() does: the longer of the two names gives way
/// first, and no UTF-8 character is cut. Empty parts are left out with their underscore.
std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label);

/// The first of `..._label`, `..._label1`, `..._label2` ... that is not taken.
std::string ChooseName(std::string_view name1, std::string_view name2, std::string_view label,
                       const std::function<bool(const std::string&)>& is_taken);

/// The middle part of an index's name: its columns joined by `_`, cut near 63 bytes.
std::string IndexNameAddition(const std::vector<std::string>& columns);

/// The name of a key: `table_pkey`, or with its columns, included ones too, `table_columns_key`.
std::string KeyName(std::string_view table, const Key& key, const std::function<bool(const std::string&)>& is_taken);
/// The name of an index: `table_columns_idx`, included ones too. Keys that are expressions need `key_names`.
std::string IndexName(std::string_view table, const Index& index,
                      const std::function<bool(const std::string&)>& is_taken);

}  // namespace schemadiff
