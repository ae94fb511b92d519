// The wall: the core refuses to compile where a PostgreSQL header has been seen.
#pragma once

#ifdef POSTGRES_H
#error \
    "the core knows no PostgreSQL: include its headers before postgres.h, and nothing of src/pg here"
#endif
