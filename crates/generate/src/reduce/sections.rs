//! Leaves out parts of a module that are not in its functions.
//!
//! In: a module, and what is to be left out. Out: another module, which need not be valid.

use crate::part;
use wasm_encoder::reencode::{Error as ReencodeError, Reencode, RoundtripReencoder};
use wasm_encoder::{DataSection, ElementSection, Elements, ExportSection, Module, RawSection};
use wasmparser::{ElementItems, ElementKind, Parser, Payload};

const START: u8 = 8;
const ELEMENTS: u8 = 9;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;

/// What is to be left out.
pub(super) enum Attempt {
    /// All exports but these.
    Exports(Vec<String>),
    /// These sections.
    Sections(&'static [u8]),
    /// What is in an element segment.
    Elements(u32),
    /// What is in a data segment.
    Data(u32),
}

/// What can be left out, besides exports.
pub(super) fn attempts(wasm: &[u8]) -> Vec<Attempt> {
    let mut attempts = vec![
        Attempt::Sections(&[START]),
        Attempt::Sections(&[ELEMENTS]),
        Attempt::Sections(&[DATA, DATA_COUNT]),
        Attempt::Sections(&[DATA_COUNT]),
    ];
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::ElementSection(section) => {
                attempts.extend((0..section.count()).map(Attempt::Elements));
            }
            Payload::DataSection(section) => {
                attempts.extend((0..section.count()).map(Attempt::Data));
            }
            _ => {}
        }
    }
    attempts
}

/// The names that a module imports.
pub(super) fn imports(wasm: &[u8]) -> Vec<String> {
    let payloads = Parser::new(0).parse_all(wasm).map_while(Result::ok);
    let sections = payloads.filter_map(|payload| match payload {
        Payload::ImportSection(section) => Some(section),
        _ => None,
    });
    let imports = sections.flat_map(|section| section.into_imports().map_while(Result::ok));
    imports.map(|import| import.name.to_owned()).collect()
}

/// Leaves something out; none where there is nothing to leave out.
///
/// # Errors
/// Where the module does not decode.
pub(super) fn apply(wasm: &[u8], attempt: &Attempt) -> Result<Option<Vec<u8>>, ReencodeError> {
    let mut module = Module::new();
    let mut changed = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        match (attempt, payload) {
            (Attempt::Sections(ids), _) if ids.contains(&id) => changed = true,
            (Attempt::Exports(names), Payload::ExportSection(section)) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export?;
                    match names.iter().any(|name| name == export.name) {
                        true => RoundtripReencoder.parse_export(&mut exports, export)?,
                        false => changed = true,
                    }
                }
                module.section(&exports);
            }
            (Attempt::Elements(emptied), Payload::ElementSection(section)) => {
                let mut elements = ElementSection::new();
                for (n, element) in (0..).zip(section) {
                    let element = element?;
                    match n == *emptied && !is_empty(&element.items) {
                        true => {
                            without_items(&mut elements, &element)?;
                            changed = true;
                        }
                        false => RoundtripReencoder.parse_element(&mut elements, element)?,
                    }
                }
                module.section(&elements);
            }
            (Attempt::Data(emptied), Payload::DataSection(section)) => {
                let mut data = DataSection::new();
                for (n, segment) in (0..).zip(section) {
                    let mut segment = segment?;
                    if n == *emptied && !segment.data.is_empty() {
                        segment.data = &[];
                        changed = true;
                    }
                    RoundtripReencoder.parse_data(&mut data, segment)?;
                }
                module.section(&data);
            }
            _ => drop(module.section(&RawSection { id, data: part(wasm, range) })),
        }
    }
    Ok(changed.then(|| module.finish()))
}

fn is_empty(items: &ElementItems<'_>) -> bool {
    match items {
        ElementItems::Functions(section) => section.count() == 0,
        ElementItems::Expressions(_, section) => section.count() == 0,
    }
}

/// Adds a segment that is like this one, but empty.
fn without_items(
    elements: &mut ElementSection,
    element: &wasmparser::Element<'_>,
) -> Result<(), ReencodeError> {
    let encoder = &mut RoundtripReencoder;
    let items = match &element.items {
        ElementItems::Functions(_) => Elements::Functions((&[][..]).into()),
        ElementItems::Expressions(ty, _) => {
            Elements::Expressions(encoder.ref_type(*ty)?, (&[][..]).into())
        }
    };
    match &element.kind {
        ElementKind::Passive => drop(elements.passive(items)),
        ElementKind::Declared => drop(elements.declared(items)),
        ElementKind::Active { table_index, offset_expr } => {
            let offset = encoder.const_expr(offset_expr.clone())?;
            elements.active(*table_index, &offset, items);
        }
    }
    Ok(())
}
