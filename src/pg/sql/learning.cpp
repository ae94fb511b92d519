// SQL functions of the chapter learning that learn: keyword lists from labelled messages.
#include "core/base/error.hpp"
#include "core/learn/learner.hpp"

#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/sql/labelled_messages.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/jsonb_writer.hpp"
#include "pg/values/result_set.hpp"

extern "C" {
#include "utils/timestamp.h"
}

namespace core = aria_focus::core;
namespace learn = aria_focus::core::learn;
namespace pg = aria_focus::pg;

namespace {

// Raises 22023 for an argument.
[[noreturn]] void refuse(const char* name, const char* wanted, double value) {
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("%s must be %s, not %g", name, wanted, value)));
    pg_unreachable();
}

// Reads a count that may be 0; the default for NULL.
std::size_t read_limit(FunctionCallInfo fcinfo, int argument, const char* name, std::int64_t least,
                       std::int64_t most, std::int64_t otherwise) {
    const std::int64_t value = PG_ARGISNULL(argument) ? otherwise : PG_GETARG_INT64(argument);
    if (value < least || value > most) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("%s must be from %lld to %lld, not %lld", name,
                               static_cast<long long>(least), static_cast<long long>(most),
                               static_cast<long long>(value))));
    }
    return static_cast<std::size_t>(value);
}

// Reads a number of [0, most]; the default for NULL.
double read_share(FunctionCallInfo fcinfo, int argument, const char* name, double most,
                  double otherwise) {
    const double value = PG_ARGISNULL(argument) ? otherwise : PG_GETARG_FLOAT8(argument);
    if (!(value >= 0 && value <= most))
        refuse(name, most == 1 ? "from 0 to 1" : "from 0 to 10", value);
    return value;
}

// Reads where lists start: true for the present lists.
bool read_start(FunctionCallInfo fcinfo, int argument) {
    if (PG_ARGISNULL(argument)) return true;
    const char* start = text_to_cstring(PG_GETARG_TEXT_PP(argument));
    if (std::string_view(start) == "lists") return true;
    if (std::string_view(start) == "nothing") return false;
    ereport(ERROR,
            (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
             errmsg("start must be lists or nothing, not \"%s\"", start),
             errhint("lists: the present ones are changed; nothing: new ones are written.")));
    pg_unreachable();
}

constexpr std::int64_t many = 1'000'000;

// Reads all options.
learn::LearnOptions read_options(FunctionCallInfo fcinfo) {
    learn::LearnOptions options;
    options.from_lists = read_start(fcinfo, 1);
    options.new_entries = read_limit(fcinfo, 2, "new_entries", 0, many, 5);
    if (!PG_ARGISNULL(3)) options.max_entries = read_limit(fcinfo, 3, "max_entries", 1, many, 1);
    options.cut = read_share(fcinfo, 4, "cut", 10, 0.02);
    options.phrases = read_limit(fcinfo, 5, "phrases", 0, many, 500);
    options.function_words = !PG_ARGISNULL(6) && PG_GETARG_BOOL(6);
    options.rejection = read_share(fcinfo, 7, "rejection", 1, 0.02);
    options.folds = static_cast<std::uint32_t>(read_limit(fcinfo, 8, "folds", 0, 100, 5));
    if (options.folds == 1) refuse("folds", "0 or from 2 to 100", 1);
    return options;
}

// Says how far it is, not more often than every few seconds.
class ProgressNotice {
  public:
    // Some of all profiles are learned.
    void tell(std::size_t done, std::size_t all) {
        constexpr long interval = 5'000;  // milliseconds
        const TimestampTz now = GetCurrentTimestamp();
        if (last_ == 0) last_ = now;
        if (done == all || !TimestampDifferenceExceeds(last_, now, interval)) return;
        last_ = now;
        pg::call_pg([&] {
            ereport(NOTICE, (errmsg("learning: %d %% done", static_cast<int>(100 * done / all))));
        });
    }

  private:
    TimestampTz last_ = 0;
};

// What was learned, and the lists that it is compared with.
struct Outcome {
    learn::Learned learned;
    std::vector<core::match::KeywordList> lists;
};

// Learns.
const Outcome& learn_lists(const pg::LabelledMessages& labelled,
                           std::span<const pg::ProfileRow> rows,
                           const learn::LearnOptions& options) {
    return pg::compute([&](core::Ticker& ticker) {
        Outcome out;
        out.lists = pg::lists_of(rows, ticker);
        std::vector<std::uint32_t> profiles(rows.size());
        std::iota(profiles.begin(), profiles.end(), 0U);
        learn::Corpus corpus;
        for (const learn::LabelledMessage& message : labelled.messages) {
            corpus.add(message.actual, message.text, ticker);
        }
        corpus.finish(ticker);
        const learn::Present present{out.lists, profiles, labelled.router};
        ProgressNotice notice;
        const auto tell = [&](std::size_t done, std::size_t all) { notice.tell(done, all); };
        learn::Learner learner(corpus, present, options,
                               static_cast<std::size_t>(pg::max_learn_mb) * 1024 * 1024, tell,
                               ticker);
        out.learned = learner.learn(ticker);
        return out;
    });
}

// Writes a weight in thousandths as people do: 0.5, -2, 1.234.
const char* weight_digits(std::int32_t weight) {
    const std::int32_t size = weight < 0 ? -weight : weight;
    char* digits = psprintf("%s%d.%03d", weight < 0 ? "-" : "", size / core::Thousandths::in_one,
                            size % core::Thousandths::in_one);
    std::size_t end = std::string_view(digits).size();
    while (digits[end - 1] == '0') --end;
    if (digits[end - 1] == '.') --end;
    digits[end] = '\0';
    return digits;
}

// Writes a list: a plain string where that says it all.
Datum list_datum(const std::vector<learn::LearnedEntry>& entries) {
    pg::JsonbWriter json;
    json.begin_array();
    for (const learn::LearnedEntry& entry : entries) {
        const std::int32_t weight = learn::rounded_weight(entry.weight);
        const bool is_plain = entry.match == core::match::Match::automatic;
        if (is_plain && weight == core::Thousandths::in_one) {
            json.string(pg::to_server(entry.text));
            continue;
        }
        json.begin_object();
        json.key("keyword");
        json.string(pg::to_server(entry.text));
        if (!is_plain) {
            json.key("match");
            json.string(core::match::match_names[static_cast<std::size_t>(entry.match)]);
        }
        if (weight != core::Thousandths::in_one) {
            json.key("weight");
            json.number(weight_digits(weight));
        }
        json.end_object();
    }
    json.end_array();
    return json.finish();
}

// Says why weights are on the scale that they are on.
const char* scaling_words(const learn::Learned& learned) {
    switch (learned.scaling) {
        case learn::Scaling::done: return psprintf("weights divided by %.3g", learned.scale);
        case learn::Scaling::not_wanted: return "weights on the scale of the list";
        case learn::Scaling::no_folds: return "weights not scaled: no folds";
        case learn::Scaling::no_evidence:
            return "weights not scaled: too many held-out messages had no evidence";
        case learn::Scaling::too_heavy: break;
    }
    return "weights not scaled: one would pass 10";
}

// Sums a list up in a sentence.
const char* summary_of(const learn::Learned& learned, const learn::LearnedList& list) {
    const char* held_out =
        list.recall_after ? psprintf("%.3f held out", *list.recall_after) : "not estimated";
    return psprintf(
        "%zu entries: %zu added, %zu reweighted, %zu removed; recall %.3f before, %s (%zu "
        "messages); %s",
        list.entries.size(), list.added, list.reweighted, list.removed, list.recall_before,
        held_out, list.messages, scaling_words(learned));
}

}  // namespace

// focus_learn(query text, ...) -> rows
ARIA_FOCUS_FUNCTION(focus_learn) {
    const learn::LearnOptions options = read_options(fcinfo);
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const std::span<const pg::ProfileRow> lists = pg::read_lists();
    const Outcome& outcome = learn_lists(labelled, lists, options);
    pg::ResultSet rows(fcinfo);
    for (const learn::LearnedList& list : outcome.learned.lists) {
        rows.add_text(labelled.router.profiles()[list.label].focus_id);
        rows.add(list_datum(list.entries));
        rows.add_int(static_cast<int>(list.added));
        rows.add_int(static_cast<int>(list.reweighted));
        rows.add_int(static_cast<int>(list.removed));
        rows.add_server_text(summary_of(outcome.learned, list));
        rows.add_float(list.recall_before);
        rows.add_optional(list.recall_after, &pg::Row::add_float);
        rows.add_int(static_cast<int>(list.messages));
        rows.end_row();
    }
    return rows.finish();
}
