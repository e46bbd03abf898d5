// The state of a database that was made from files, without the database: what its catalogs would show.
#pragma once

#include "model/schema.h"

namespace schemadiff {

/// Makes of a schema as files declare it one as it is read from a database in which who runs the plan created it: with
/// the privileges that statements amount to, with what tables have from parents, types and partitioned tables (marked
/// as inherited), with what every database holds, and without what files alone say (annotations, places). `version`:
/// server_version_num.
void MakeAsRead(Schema& schema, int version);

}  // namespace schemadiff
