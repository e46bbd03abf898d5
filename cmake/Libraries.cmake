# prefer_archive(TARGET MODULE ARCHIVE NEED...): links the archive of a pkg-config module where it has one, with the modules
# that it needs itself. Fewer shared libraries to bind are a hundredth of a plan's time.
function(prefer_archive target module archive)
  pkg_get_variable(folder ${module} libdir)
  find_library(${archive}_FOUND ${archive} PATHS ${folder} NO_DEFAULT_PATH)
  if(${archive}_FOUND)
    pkg_check_modules(${archive}_NEEDS REQUIRED IMPORTED_TARGET ${ARGN})
    set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES "${${archive}_FOUND};PkgConfig::${archive}_NEEDS")
  endif()
endfunction()

option(SCHEMADIFF_JOIN_FILES "Compile small files a few at a time" OFF)

# Where all files of a target are small: the standard library's headers alone cost each unit half a second, precompiled or
# not. Names in unnamed namespaces differ between its files. The preset `debug` compiles one by one, and so finds an
# include that is missing.
function(schemadiff_join_files target)
  if(SCHEMADIFF_JOIN_FILES)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  endif()
endfunction()

# schemadiff_library(NAME [SMALL_FILES] LINKS target...): the static library of src/NAME, all sources below it.
# A folder of ours in LINKS is named without the schemadiff_ prefix.
function(schemadiff_library name)
  cmake_parse_arguments(ARG "SMALL_FILES" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  add_library(schemadiff_${name} STATIC ${sources})
  # Folders see each other only along LINKS: each target's include root is a folder of links to what it may use.
  target_include_directories(schemadiff_${name} PUBLIC ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include/${name})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/src/${name} ${PROJECT_BINARY_DIR}/include/${name}/${name} SYMBOLIC)
  foreach(link IN LISTS ARG_LINKS)
    if(TARGET schemadiff_${link})
      target_link_libraries(schemadiff_${name} PUBLIC schemadiff_${link})
    else()
      target_link_libraries(schemadiff_${name} PUBLIC ${link})
    endif()
  endforeach()
  # A folder with few files or light headers takes the one of support.
  if(EXISTS ${PROJECT_SOURCE_DIR}/src/${name}/pch.h)
    target_precompile_headers(schemadiff_${name} PRIVATE ${PROJECT_SOURCE_DIR}/src/${name}/pch.h)
  else()
    target_precompile_headers(schemadiff_${name} REUSE_FROM schemadiff_support)
  endif()
  if(ARG_SMALL_FILES)
    schemadiff_join_files(schemadiff_${name})
  endif()
endfunction()

# schemadiff_embed(NAME FILE FUNCTION): src/NAME/FILE as the text that FUNCTION gives; a header of NAME declares it.
function(schemadiff_embed name file function)
  set(source ${PROJECT_SOURCE_DIR}/src/${name}/${file})
  file(READ ${source} text)
  set(generated ${PROJECT_BINARY_DIR}/generated/${name}/${file}.cpp)
  file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT [[
#include <string_view>

namespace schemadiff {

std::string_view @function@() { return R"embedded(@text@)embedded"; }

}  // namespace schemadiff
]])
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  target_sources(schemadiff_${name} PRIVATE ${generated})
endfunction()
