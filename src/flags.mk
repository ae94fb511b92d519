# Flags of every C++ object here, for the Makefile of the module and of its test modules.
# Include after PGXS, which sets CXX, CXXFLAGS and CPPFLAGS from the server's own build; ARIA_TOP is
# the tree with the sources, COMMAND_DIR where files on how they were built are kept.

# Sums are rounded step by step, as SQL does it: fused multiply-adds would give other last digits.
# WERROR=1 makes a warning fatal: our tests ask for it, a user's newer compiler does not.
ARIA_CXXFLAGS = -std=c++20 $(CXXFLAGS) -ffp-contract=off -Wall -Wextra $(if $(WERROR),-Werror) -MMD -MP

# A server's flags may be meant for gcc alone, and PG_MODULE_MAGIC of 18 leaves fields out.
ifneq ($(findstring clang,$(CXX)),)
ARIA_CXXFLAGS += -Wno-unknown-warning-option -Wno-ignored-optimization-argument -Wno-missing-designated-field-initializers
endif

# The core is compiled without any path to the server's headers: the compiler keeps the wall.
CORE_COMPILE = $(CXX) $(ARIA_CXXFLAGS) -I$(ARIA_TOP)/src -c

# The server's headers are system headers: their warnings are not ours. (-isystem /usr/include
# would break the standard library's own headers, and PGXS's -I. is not needed.)
PG_DEFINES = $(filter -D% -U%,$(CPPFLAGS))
PG_INCLUDES = $(patsubst -I%,-isystem %,$(filter-out -I. -I$(srcdir) -I/usr/include,$(filter -I%,$(CPPFLAGS))))
GLUE_COMPILE = $(CXX) $(ARIA_CXXFLAGS) $(PG_DEFINES) -I$(ARIA_TOP)/src $(PG_INCLUDES) -c

# Only the names in this list leave the library, on every major alike.
EXPORTS_MAP = $(ARIA_TOP)/src/pg/exports.map
EXPORTS_FLAG = -Wl,--version-script=$(EXPORTS_MAP)

# What every object depends on besides its source: the makefiles, and the command that compiles it. A file
# NAME.command holds the command, and is written anew when that has become another one.
MAKEFILES_OF_OBJECTS := $(firstword $(MAKEFILE_LIST)) $(ARIA_TOP)/src/flags.mk
PG_BUILD := $(shell $(PG_CONFIG) --version --includedir-server)
core.command = $(strip $(CORE_COMPILE))
glue.command = $(strip $(PG_BUILD): $(GLUE_COMPILE))
module.command = $(strip $(PG_BUILD): $(CC) $(CFLAGS) $(OBJS) $(LDFLAGS) $(LDFLAGS_SL) $(SHLIB_LINK))
COMMANDS := core.command glue.command module.command

# Is that what the file says? Each text begins where the other does, so they are equal.
says = $(and $(findstring <$($(notdir $(1)))>,<$(file <$(1))>),$(findstring <$(file <$(1))>,<$($(notdir $(1)))>))

$(addprefix $(COMMAND_DIR),$(COMMANDS)): export COMMAND = $($(@F))
$(foreach name,$(addprefix $(COMMAND_DIR),$(COMMANDS)),$(if $(call says,$(name)),,$(eval $(name): always)))
$(addprefix $(COMMAND_DIR),$(COMMANDS)):
	@mkdir -p $(@D)
	@printf '%s\n' "$$COMMAND" >$@
.PHONY: always
