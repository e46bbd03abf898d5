// How --help looks.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace schemadiff {

/// Usage first, then commands, then options by group; no types beyond the names of values.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter();
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

extern const char* const kMainFooter;
extern const char* const kPlanFooter;
extern const char* const kApplyFooter;
extern const char* const kDiffFooter;
extern const char* const kDumpFooter;

}  // namespace schemadiff
