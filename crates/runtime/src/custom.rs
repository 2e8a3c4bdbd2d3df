//! Custom sections that the specification and its proposals define, judged.
//!
//! An engine ignores what is wrong in a custom section. Whoever asks is told: whether its contents
//! decode (specification, appendix A.4.1; branch-hinting proposal), and whether they fit the
//! module.

use crate::error::{Error, Result};
use std::collections::HashSet;
use wasmparser::{
    BinaryReaderError, BranchHintSectionReader, KnownCustom, Name, NameSectionReader, Operator,
    Parser, Payload, TypeRef,
};

/// What custom sections refer to.
#[derive(Default)]
struct Contents {
    imported_functions: u32,
    /// Offsets of the conditional branches in each body.
    bodies: Vec<Vec<u32>>,
}

fn malformed(error: impl std::fmt::Display) -> Error {
    Error::Malformed(error.to_string())
}

/// Judges the name section and the branch hints of a valid module.
///
/// # Errors
/// [`Error::Malformed`] where a section does not decode, [`Error::Invalid`] where it does not fit
/// the module.
pub(crate) fn check(wasm: &[u8]) -> Result<()> {
    let mut contents = Contents::default();
    let mut seen = HashSet::new();
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(malformed)? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let ty = import.map_err(malformed)?.ty;
                    let function = matches!(ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                    contents.imported_functions += u32::from(function);
                }
            }
            Payload::CodeSectionStart { .. } => {
                seen.insert("code");
            }
            Payload::CodeSectionEntry(body) => {
                contents.bodies.push(conditional_branches(&body).map_err(malformed)?);
            }
            Payload::CustomSection(section) => {
                let name = section.name();
                let known = matches!(name, "name" | "metadata.code.branch_hint");
                if known && !seen.insert(name) {
                    return Err(Error::Malformed(format!("the section `{name}` occurs twice")));
                }
                if name == "metadata.code.branch_hint" && seen.contains("code") {
                    let text = format!("the section `{name}` comes after the code");
                    return Err(Error::Malformed(text));
                }
                sections.push(section.as_known());
            }
            _ => {}
        }
    }
    for section in sections {
        match section {
            KnownCustom::Name(names) => check_names(names)?,
            KnownCustom::BranchHints(hints) => check_hints(hints, &contents)?,
            _ => {}
        }
    }
    Ok(())
}

/// Offsets, from the start of the body, of what a hint can be about.
fn conditional_branches(
    body: &wasmparser::FunctionBody<'_>,
) -> Result<Vec<u32>, BinaryReaderError> {
    let mut branches = Vec::new();
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        let (operator, offset) = operator?;
        if matches!(operator, Operator::If { .. } | Operator::BrIf { .. }) {
            branches.push((offset - body.range().start) as u32);
        }
    }
    Ok(branches)
}

/// Subsections in order, each at most once; indices in order within each.
fn check_names(names: NameSectionReader<'_>) -> Result<()> {
    let mut last = None;
    for subsection in names {
        let (id, maps): (u8, Vec<wasmparser::NameMap<'_>>) = match subsection.map_err(malformed)? {
            Name::Module { .. } => (0, vec![]),
            Name::Function(map) => (1, vec![map]),
            Name::Local(map) => (2, indirect(map)?),
            Name::Label(map) => (3, indirect(map)?),
            Name::Type(map) => (4, vec![map]),
            Name::Table(map) => (5, vec![map]),
            Name::Memory(map) => (6, vec![map]),
            Name::Global(map) => (7, vec![map]),
            Name::Element(map) => (8, vec![map]),
            Name::Data(map) => (9, vec![map]),
            Name::Field(map) => (10, indirect(map)?),
            Name::Tag(map) => (11, vec![map]),
            Name::Parameter(map) => (12, indirect(map)?),
            Name::TagParameter(map) => (13, indirect(map)?),
            Name::Unknown { ty, .. } => (ty, vec![]),
        };
        if last.replace(id).is_some_and(|last| last >= id) {
            return Err(malformed(format!("name subsection {id} is out of order")));
        }
        for map in maps {
            let indices = map.into_iter().map(|naming| naming.map(|n| n.index));
            ascending(indices.collect::<Result<Vec<_>, _>>().map_err(malformed)?)?;
        }
    }
    Ok(())
}

fn indirect(map: wasmparser::IndirectNameMap<'_>) -> Result<Vec<wasmparser::NameMap<'_>>> {
    let namings = map.into_iter().collect::<Result<Vec<_>, _>>().map_err(malformed)?;
    ascending(namings.iter().map(|naming| naming.index).collect())?;
    Ok(namings.into_iter().map(|naming| naming.names).collect())
}

fn ascending(indices: Vec<u32>) -> Result<()> {
    match indices.is_sorted_by(|a, b| a < b) {
        true => Ok(()),
        false => Err(malformed("indices of a name map are not in ascending order")),
    }
}

fn check_hints(hints: BranchHintSectionReader<'_>, contents: &Contents) -> Result<()> {
    let mut functions = Vec::new();
    for function in hints {
        let function = function.map_err(malformed)?;
        functions.push(function.func);
        let defined = function.func.checked_sub(contents.imported_functions);
        let body = defined.and_then(|index| contents.bodies.get(index as usize));
        let no_body =
            || Error::Invalid(format!("branch hint: no body has index {}", function.func));
        let body = body.ok_or_else(no_body)?;
        let mut offsets = Vec::new();
        for hint in function.hints {
            let offset = hint.map_err(malformed)?.func_offset;
            if !body.contains(&offset) {
                return Err(Error::Invalid(format!(
                    "branch hint: invalid target at offset {offset} of function {}",
                    function.func
                )));
            }
            offsets.push(offset);
        }
        ascending(offsets)?;
    }
    ascending(functions)
}
