# libpg_query ships neither a pkg-config file nor a CMake package.
find_path(PGQUERY_INCLUDE_DIR pg_query.h)
# The archive where there is one: the parser reads thread-local variables all the time, which a shared library asks for by
# calls.
find_library(PGQUERY_LIBRARY NAMES libpg_query.a pg_query)
if(PGQUERY_INCLUDE_DIR)
  file(STRINGS ${PGQUERY_INCLUDE_DIR}/pg_query.h version_line REGEX "define PG_MAJORVERSION ")
  string(REGEX MATCH "[0-9]+" PGQUERY_VERSION "${version_line}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PgQuery REQUIRED_VARS PGQUERY_LIBRARY PGQUERY_INCLUDE_DIR)
if(PgQuery_FOUND AND NOT TARGET PgQuery::PgQuery)
  if(PGQUERY_VERSION LESS 18)
    message(FATAL_ERROR "libpg_query ${PGQUERY_VERSION} is too old, 18 is needed; run scripts/setup")
  endif()
  add_library(PgQuery::PgQuery UNKNOWN IMPORTED)
  set_target_properties(PgQuery::PgQuery PROPERTIES IMPORTED_LOCATION ${PGQUERY_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PGQUERY_INCLUDE_DIR})
endif()
