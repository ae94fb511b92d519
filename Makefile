# aria_focus: the module, its install script and the doors to its tests.
#
#   make && sudo make install     build and install for the server of PG_CONFIG
#   script/test                   everything below, on a throwaway server
#
# Variables: PG_CONFIG=path/to/pg_config   WERROR=1 (warnings are errors)

PG_CONFIG ?= pg_config
ARIA_TOP := .

# Stop early and in plain words where the server is missing or too old.
PG_MAJOR := $(shell $(PG_CONFIG) --version 2>/dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
ifeq ($(PG_MAJOR),)
$(error $(PG_CONFIG) does not run: install PostgreSQL 13 or later with its server headers, or set PG_CONFIG)
endif
ifneq ($(shell test $(PG_MAJOR) -ge 13 && echo ok),ok)
$(error aria_focus needs PostgreSQL 13 or later; $(PG_CONFIG) belongs to $(PG_MAJOR))
endif
PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq ($(wildcard $(PGXS)),)
$(error $(PGXS) is missing: install the server headers (Debian: postgresql-server-dev-$(PG_MAJOR)))
endif

# The version stands in the control file and nowhere else.
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" aria_focus.control)

CORE_SOURCES := $(sort $(wildcard src/core/*/*.cpp))
GLUE_SOURCES := $(sort $(wildcard src/pg/*/*.cpp))
CORE_OBJECTS := $(CORE_SOURCES:%.cpp=build/%.o)
GLUE_OBJECTS := $(GLUE_SOURCES:%.cpp=build/%.o)
SQL_SLICES := $(sort $(wildcard sql/[0-9][0-9]-*.sql))

EXTENSION = aria_focus
MODULE_big = aria_focus
OBJS = $(CORE_OBJECTS) $(GLUE_OBJECTS)
DATA_built = sql/aria_focus--$(EXTVERSION).sql
DATA = $(sort $(wildcard sql/aria_focus--*--*.sql))
SHLIB_LINK = $(EXPORTS_FLAG) -lstdc++
EXTRA_CLEAN = build

# pg_regress: one test a file; what it writes goes below build/.
REGRESS = $(patsubst test/regress/sql/%.sql,%,$(sort $(wildcard test/regress/sql/*.sql)))
REGRESS_OPTS = --inputdir=test/regress --outputdir=build/regress
REGRESS_PREP = build/regress
ENCODING = UTF8
NO_LOCALE = 1

# PGXS compiles bitcode without our C++ flags; just-in-time inlining gains nothing here.
override with_llvm := no
include $(PGXS)
include src/flags.mk

aria_focus.so: $(EXPORTS_MAP)

$(CORE_OBJECTS): build/%.o: %.cpp
	@mkdir -p $(@D)
	$(CORE_COMPILE) -o $@ $<

$(GLUE_OBJECTS): build/%.o: %.cpp
	@mkdir -p $(@D)
	$(GLUE_COMPILE) -o $@ $<

-include $(OBJS:.o=.d)

# The install script: the slices in the order of their numbers.
$(DATA_built): $(SQL_SLICES) aria_focus.control
	cat $(SQL_SLICES) > $@.tmp
	mv $@.tmp $@

build/regress:
	mkdir -p $@

# unit: the core's tests (CMake, Catch2); need no server.
.PHONY: unit
unit:
	cmake -S . -B build/unit
	cmake --build build/unit --parallel "$$(nproc)"
	cd build/unit && ctest --output-on-failure

# border: the test module that throws everything at the border; install puts it beside ours.
.PHONY: border border-install
border: all
	$(MAKE) -C test/border PG_CONFIG='$(PG_CONFIG)'
border-install: border
	$(MAKE) -C test/border install PG_CONFIG='$(PG_CONFIG)'

# pgtap: SQL tests in the database of PGDATABASE, where pgtap and aria_focus are created.
.PHONY: pgtap
pgtap:
	pg_prove $(sort $(wildcard test/pgtap/*.sql))

# isolation: several sessions at once, on the server of PGHOST and PGUSER.
.PHONY: isolation
isolation:
	PG_BIN='$(shell $(PG_CONFIG) --bindir)' test/isolation/run

# lint: style and structure of the sources.
.PHONY: lint
lint: all
	script/lint
