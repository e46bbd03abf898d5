// Secrets in free text: what a person typed on a command line or into a configuration file, before it is shown again.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff {

/// The text with each character of a password as `*`: in `scheme://user:password@host`, and after `password=` in any
/// spelling (`password = "..."`, `sslpassword='...'`). Rather too much than too little. Characters (code points) and
/// lines keep their places, so that positions in the text stay right.
std::string MaskSecrets(std::string_view text);

}  // namespace schemadiff
