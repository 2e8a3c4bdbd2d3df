//! Recognises the limits of the validator by its messages.
//!
//! `wasmparser` refuses modules that exceed limits that engines agreed upon (the JS embedding lists them),
//! and its errors have no kinds. In: such an error. Out: the limit that it is about, which is named as
//! `wasmparser` names what it counts, with `-` for spaces; or that the module is invalid, if every module
//! beyond the limit is invalid. A test exceeds each limit, so that no message can change unnoticed.

use wasmparser::{BinaryReaderError, Parser, Payload};

/// What an error is about, if it is about a limit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The validator's own limit, which says nothing of the module.
    Limit(String),
    /// A limit beyond which no module is valid.
    Invalid,
}

/// The names that the reader of `wasmparser` has for its sizes, how large they may be, and whether the
/// specification has the same limit: it demands exactly one type of a `select` with types, and at most one
/// supertype.
const SIZES: [(&str, usize, bool); 9] = [
    ("function params", 1_000, false),
    ("function returns", 1_000, false),
    ("struct fields", 10_000, false),
    ("catches", 10_000, false),
    ("resume table", 10_000, false),
    ("br_table", 7_654_321, false),
    ("rec group types", 1_000_000, false),
    ("select types", 10, true),
    ("supertype idxs", 1, true),
];

/// The longest string that is read.
const STRING: usize = 100_000;

/// What `error` says about a limit; `None` if it is about something else.
pub(crate) fn tell(error: &BinaryReaderError, wasm: &[u8]) -> Option<Told> {
    let message = error.message();
    // A size that the rest of the bytes cannot hold is malformed, as each item takes at least one byte.
    let rest = end(wasm, error.offset()).saturating_sub(error.offset()) as usize;
    if message == "string size out of bounds" {
        return (rest > STRING).then(|| limit("string size"));
    }
    if let Some(what) = message.strip_suffix(" size is out of bounds") {
        let (_, most, ours) = SIZES.iter().find(|(name, ..)| *name == what)?;
        return (rest > *most).then(|| if *ours { Told::Invalid } else { limit(what) });
    }
    if let Some((what, most)) = message.split_once(" count exceeds limit of ")
        && what.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ')
        && most.parse::<u64>().is_ok()
    {
        // The whole message comes from the validator: messages that hold names of the module have quotes
        // around them.
        return Some(limit(what));
    }
    match message {
        "too many locals: locals exceed maximum" => Some(limit("locals")),
        "number of elements is out of bounds" => Some(limit("elements of a segment")),
        "data count section specifies too many data segments" => Some(limit("data segments")),
        // The module has fewer types than that, since it would otherwise have exceeded the limit on types.
        "type index greater than implementation limits"
        | "implementation limit: type index too large" => Some(Told::Invalid),
        _ if message.starts_with("effective type size exceeds the limit of ") => {
            Some(limit("type size"))
        }
        _ if message.starts_with("sub type hierarchy too deep") => Some(limit("subtyping depth")),
        _ if message.starts_with("implementation limit: too many types") => Some(limit("types")),
        _ => None,
    }
}

/// The end of the function body, or else of the section, that `offset` lies in.
fn end(wasm: &[u8], offset: u64) -> u64 {
    let mut end = wasm.len() as u64;
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let range = match &payload {
            Payload::CodeSectionEntry(body) => body.range(),
            payload => match payload.as_section() {
                Some((_, range)) => range,
                None => continue,
            },
        };
        // An error at the very end of a range is about something that the range is too short for.
        if (range.start..=range.end).contains(&offset) {
            end = end.min(range.end);
        }
    }
    end
}

fn limit(what: &str) -> Told {
    Told::Limit(what.replace([' ', '_'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::{Validator, WasmFeatures};

    fn leb(mut value: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let more = value >> 7 != 0;
            bytes.push(value as u8 & 0x7f | if more { 0x80 } else { 0 });
            value >>= 7;
            if !more {
                return bytes;
            }
        }
    }

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [&[id][..], &leb(content.len()), content].concat()
    }

    fn module(sections: &[Vec<u8>]) -> Vec<u8> {
        [&b"\0asm\x01\0\0\0"[..], &sections.concat()].concat()
    }

    fn told(wasm: &[u8]) -> Option<Told> {
        let error = Validator::new_with_features(WasmFeatures::all()).validate_all(wasm);
        tell(&error.map(drop).expect_err("it exceeds a limit"), wasm)
    }

    fn is_limit(wasm: &[u8], what: &str) {
        assert_eq!(told(wasm), Some(Told::Limit(what.to_owned())));
    }

    /// A module with one type `[] -> []`, and one function of it.
    fn one_function(body: &[u8]) -> Vec<u8> {
        let code = [&[1][..], &leb(body.len()), body].concat();
        module(&[section(1, b"\x01\x60\0\0"), section(3, &[1, 0]), section(10, &code)])
    }

    #[test]
    fn what_is_too_large_for_a_script_to_write_down() {
        let nops = vec![1; 7_654_322];
        is_limit(&one_function(&[&[0][..], &nops, &[0x0b]].concat()), "function-body-size");
        let functions = [&[1, 1, 0][..], &leb(10_000_001), &vec![0; 10_000_001]].concat();
        let function = section(3, &[1, 0]);
        let code = section(10, &[1, 2, 0, 0x0b]);
        let types = section(1, b"\x01\x60\0\0");
        is_limit(
            &module(&[types.clone(), function, section(9, &functions), code]),
            "elements-of-a-segment",
        );
        let globals = [&leb(1_000_001)[..], &b"\x7f\0\x41\0\x0b".repeat(1_000_001)].concat();
        is_limit(&module(&[section(6, &globals)]), "globals");
        let declared = [&leb(1_000_001)[..], &vec![0; 1_000_001]].concat();
        is_limit(&module(&[types, section(3, &declared)]), "functions");
        let many = [&leb(1_000_001)[..], &b"\x60\0\0".repeat(1_000_001)].concat();
        is_limit(&module(&[section(1, &many)]), "types");
    }

    #[test]
    fn a_size_that_nothing_follows_is_no_limit() {
        for wasm in [
            module(&[section(1, &[&[1, 0x60][..], &leb(5_000)].concat())]),
            module(&[section(2, &[&[1][..], &leb(200_000)].concat())]),
        ] {
            assert_eq!(told(&wasm), None);
        }
    }

    #[test]
    fn bytes_of_other_sections_are_no_room() {
        let custom = section(0, &[&[1, b'x'][..], &[0; 20_000]].concat());
        let wasm = module(&[section(1, &[&[1, 0x60][..], &leb(5_000)].concat()), custom]);
        assert_eq!(told(&wasm), None);
    }

    #[test]
    fn names_of_the_module_are_no_limits() {
        let name = b"a count exceeds limit of 1";
        let export = [&leb(name.len())[..], name, &[0, 0]].concat();
        let exports = section(7, &[&[2][..], &export, &export].concat());
        let code = section(10, &[1, 2, 0, 0x0b]);
        let types = section(1, b"\x01\x60\0\0");
        assert_eq!(told(&module(&[types, section(3, &[1, 0]), exports, code])), None);
    }

    #[test]
    fn a_type_index_beyond_all_types_is_unknown() {
        let body = [&[0, 0x41, 0, 0x11][..], &leb(2_000_000), &[0, 0x0b]].concat();
        assert!(!matches!(told(&one_function(&body)), Some(Told::Limit(_))));
    }
}
