//! The aho-corasick crate behind four C functions. An automaton keeps the matches of its last search,
//! so a search allocates nothing once the buffer has grown.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// One match.
#[repr(C)]
pub struct AhoMatch {
    pattern: u32,
    begin: u32,
    end: u32,
}

/// An automaton and the matches of its last search.
pub struct Aho {
    automaton: AhoCorasick<u32>,
    overlapping: bool,
    matches: Vec<AhoMatch>,
}

/// Builds an automaton; null if it has too many states.
///
/// # Safety
/// `texts` and `sizes` have `count` elements.
#[no_mangle]
pub unsafe extern "C" fn aho_build(
    texts: *const *const u8,
    sizes: *const usize,
    count: usize,
    overlapping: bool,
    dfa: bool,
) -> *mut Aho {
    let patterns = (0..count).map(|i| std::slice::from_raw_parts(*texts.add(i), *sizes.add(i)));
    let kind = if overlapping { MatchKind::Standard } else { MatchKind::LeftmostFirst };
    let built = AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(kind)
        .dfa(dfa)
        .build_with_size::<u32, _, _>(patterns);
    match built {
        Ok(automaton) => Box::into_raw(Box::new(Aho { automaton, overlapping, matches: Vec::new() })),
        Err(_) => std::ptr::null_mut(),
    }
}

/// Searches a message; `found` points to the matches until the next search.
///
/// # Safety
/// `aho` comes from aho_build; `message` has `size` bytes.
#[no_mangle]
pub unsafe extern "C" fn aho_find(
    aho: *mut Aho,
    message: *const u8,
    size: usize,
    found: *mut *const AhoMatch,
) -> usize {
    let aho = &mut *aho;
    let message = std::slice::from_raw_parts(message, size);
    let matches = &mut aho.matches;
    matches.clear();
    let keep = |m: aho_corasick::Match| AhoMatch {
        pattern: m.pattern() as u32,
        begin: m.start() as u32,
        end: m.end() as u32,
    };
    if aho.overlapping {
        matches.extend(aho.automaton.find_overlapping_iter(message).map(keep));
    } else {
        matches.extend(aho.automaton.find_iter(message).map(keep));
    }
    *found = matches.as_ptr();
    matches.len()
}

/// Bytes of memory of an automaton.
///
/// # Safety
/// `aho` comes from aho_build.
#[no_mangle]
pub unsafe extern "C" fn aho_memory(aho: *const Aho) -> usize {
    (*aho).automaton.heap_bytes()
}

/// Frees an automaton.
///
/// # Safety
/// `aho` comes from aho_build and is used no more.
#[no_mangle]
pub unsafe extern "C" fn aho_free(aho: *mut Aho) {
    drop(Box::from_raw(aho));
}
