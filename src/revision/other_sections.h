// The ways there and back in one file of dbmate, goose or atlas.
#pragma once

#include <memory>

#include "support/diagnostic.h"
#include "support/source.h"

namespace schemadiff {

/// Each the text of the file with everything else as spaces.
struct Sections {
  std::shared_ptr<const SourceFile> up;
  std::shared_ptr<const SourceFile> down;  ///< Null when the file has none.
};

/// `-- migrate:up` and `-- migrate:down`. Errors: kBadInput, as dbmate refuses them, apart from a missing way back.
Result<Sections> DbmateSections(const std::shared_ptr<const SourceFile>& file);

/// `-- +goose Up` and `-- +goose Down`, StatementBegin and StatementEnd, NO TRANSACTION, ENVSUB. Errors: kBadInput, as
/// goose refuses them. Variables that the file has filled in are a warning.
Result<Sections> GooseSections(const std::shared_ptr<const SourceFile>& file, Diagnostics& warnings);

/// A whole file, or of one with `-- atlas:txtar` the parts migration.sql and down.sql. Errors: kBadInput for one
/// without migration.sql.
Result<Sections> AtlasSections(const std::shared_ptr<const SourceFile>& file);

/// Whether a file has a directive of that name, as `-- atlas:checkpoint`, in the comment that it begins with.
bool HasAtlasDirective(const SourceFile& file, std::string_view name);

}  // namespace schemadiff
