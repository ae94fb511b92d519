// The main function of the unit tests under Catch2 version 2; version 3 brings one in a library
// (link Catch2Main), then this file is empty.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include "support/catch.hpp"
#endif
