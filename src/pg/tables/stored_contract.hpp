// The table focus_contracts: the profiles' own contracts, as the recorder of focus_profiles keeps and changes
// them. An edit of a profile's contract is an edit of the profile, with one revision, so one trigger writes
// history: the one of focus_profiles. What it has to know of a contract that changes with the row, or instead
// of it, stands in a ContractEdit while the one statement runs that the edit is made of. PostgreSQL's API only.
#pragma once

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// The contract of nobody: {} and no row are the same.
bool is_no_contract(Datum contract);
// True if two contracts are equal, as jsonb is.
bool same_contract(Datum one, Datum other);

// The contract of a profile as stored now; {} for none. Between SPI_connect and SPI_finish.
Datum own_contract(const char* focus_id);

// What a statement does to the contract of one profile.
struct ContractEdit {
    const char* focus_id;
    bool writes;     // the recorder writes `contract`; else the contract's own statement does
    Datum contract;  // {}: none
};

// The edit that is going on of a profile; null if there is none.
const ContractEdit* contract_edit_of(const char* focus_id);

// Runs body() with an edit going on, which ends however body() does.
template <class Body>
void with_contract_edit(const ContractEdit& edit, Body&& body);

// What the recorder does to the contract of a profile, after it has kept the former version. Between
// SPI_connect and SPI_finish.
void put_contract(const char* focus_id, Datum contract);
void drop_contract(const char* focus_id);
void move_contract(const char* old_id, const char* new_id);
void drop_all_contracts();

// True while the recorder itself writes the contract of this profile.
bool is_recorder_writing(const char* focus_id);

namespace detail {
extern const ContractEdit* current_edit;
}

template <class Body>
void with_contract_edit(const ContractEdit& edit, Body&& body) {
    const ContractEdit* const outer = detail::current_edit;
    PG_TRY();
    {
        detail::current_edit = &edit;
        body();
    }
    PG_FINALLY();
    { detail::current_edit = outer; }
    PG_END_TRY();
}

}  // namespace aria_focus::pg
