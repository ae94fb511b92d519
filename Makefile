# aria_focus: the module, its install script and the doors to its tests.
#
#   make && sudo make install     build and install for the server of PG_CONFIG
#   script/test                   everything below, on a throwaway server
#   make -f path/to/Makefile      the same in a directory of its own
#
# What is built is built again when its command changes: another server, other flags. Several servers
# in turn take a directory each, or the time to compile.
#
# Variables: PG_CONFIG=path/to/pg_config   WERROR=1 (warnings are errors)

PG_CONFIG ?= pg_config
# The tree with the sources: this directory, or another one (make -f ../Makefile).
ARIA_TOP := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

# Stop early and in plain words where the server is missing or too old.
PG_MAJOR := $(shell $(PG_CONFIG) --version 2>/dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
ifeq ($(PG_MAJOR),)
$(error $(PG_CONFIG) does not run: install PostgreSQL 15 or later with its server headers, or set PG_CONFIG)
endif
ifneq ($(shell test $(PG_MAJOR) -ge 15 && echo ok),ok)
$(error aria_focus needs PostgreSQL 15 or later; $(PG_CONFIG) belongs to $(PG_MAJOR))
endif
PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq ($(wildcard $(PGXS)),)
$(error $(PGXS) is missing: install the server headers (Debian: postgresql-server-dev-$(PG_MAJOR)))
endif

# The version stands in the control file and nowhere else.
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" '$(ARIA_TOP)/aria_focus.control')

# Every source of the core and of the border, however deep its folder lies.
SOURCES := $(sort $(shell cd '$(ARIA_TOP)' && find src/core src/pg -name '*.cpp'))
CORE_OBJECTS := $(patsubst %.cpp,build/%.o,$(filter src/core/%,$(SOURCES)))
GLUE_OBJECTS := $(patsubst %.cpp,build/%.o,$(filter src/pg/%,$(SOURCES)))
SQL_SLICES := $(sort $(wildcard $(ARIA_TOP)/sql/[0-9][0-9]-*.sql))

EXTENSION = aria_focus
MODULE_big = aria_focus
OBJS = $(CORE_OBJECTS) $(GLUE_OBJECTS)
DATA_built = sql/aria_focus--$(EXTVERSION).sql
DATA = $(patsubst $(ARIA_TOP)/%,%,$(sort $(wildcard $(ARIA_TOP)/sql/aria_focus--*--*.sql)))
# script/lint reads in the map what was linked.
SHLIB_LINK = $(EXPORTS_FLAG) -Wl,-Map=build/aria_focus.map -lstdc++
EXTRA_CLEAN = build

# pg_regress: one test a file; what it writes goes below build/.
REGRESS = $(patsubst %.sql,%,$(notdir $(sort $(wildcard $(ARIA_TOP)/test/regress/sql/*.sql))))
REGRESS_OPTS = --inputdir='$(ARIA_TOP)/test/regress' --outputdir=build/regress
REGRESS_PREP = build/regress
ENCODING = UTF8
NO_LOCALE = 1

# PGXS compiles bitcode without our C++ flags; just-in-time inlining gains nothing here.
override with_llvm := no
include $(PGXS)
COMMAND_DIR := build/
include $(ARIA_TOP)/src/flags.mk

# PGXS would look for everything in the tree with the sources, the objects of a build there too.
override srcdir := $(srcdir)
override VPATH :=
vpath %.control $(ARIA_TOP)

aria_focus.so: $(EXPORTS_MAP) build/module.command

$(CORE_OBJECTS): build/%.o: $(ARIA_TOP)/%.cpp $(MAKEFILES_OF_OBJECTS) build/core.command
	@mkdir -p $(@D)
	$(CORE_COMPILE) -o $@ $<

$(GLUE_OBJECTS): build/%.o: $(ARIA_TOP)/%.cpp $(MAKEFILES_OF_OBJECTS) build/glue.command
	@mkdir -p $(@D)
	$(GLUE_COMPILE) -o $@ $<

-include $(OBJS:.o=.d)

# The install script: the slices in the order of their numbers.
$(DATA_built): $(SQL_SLICES) aria_focus.control
	@mkdir -p $(@D)
	cat $(SQL_SLICES) > $@.tmp
	mv $@.tmp $@

build/regress:
	mkdir -p $@

# unit: the core's tests (CMake, Catch2); need no server.
.PHONY: unit
unit:
	cmake -S '$(ARIA_TOP)' -B build/unit
	cmake --build build/unit --parallel "$$(nproc)"
	cd build/unit && ctest --output-on-failure

# border: the test module that throws everything at the border; install puts it beside ours.
.PHONY: border border-install
BORDER_MAKEFILE := $(abspath $(ARIA_TOP))/test/border/Makefile
border: all
	@mkdir -p build/test/border
	$(MAKE) -C build/test/border -f '$(BORDER_MAKEFILE)' PG_CONFIG='$(PG_CONFIG)'
border-install: border
	$(MAKE) -C build/test/border -f '$(BORDER_MAKEFILE)' PG_CONFIG='$(PG_CONFIG)' install

# pgtap: SQL tests in the database of PGDATABASE, where pgtap and aria_focus are created.
.PHONY: pgtap
pgtap:
	pg_prove $(sort $(wildcard $(ARIA_TOP)/test/pgtap/*.sql))

# isolation: several sessions at once, on the server of PGHOST and PGUSER.
.PHONY: isolation
isolation:
	PG_BIN='$(shell $(PG_CONFIG) --bindir)' '$(ARIA_TOP)/test/isolation/run'

# lint: style and structure of the sources.
.PHONY: lint
lint: all
	'$(ARIA_TOP)/script/lint'
