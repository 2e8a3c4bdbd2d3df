//! Modules through which JavaScript calls functions and reads globals whose values it cannot hold.
//!
//! In: an export of a module. Out: a module that imports it and exports a function `w`, which does the same with
//! integers in place of floats and vectors: their bits.
//!
//! ```text
//! the export:    f32 v128     -> f64
//! the helper:    i32 i64 i64  -> i64
//! ```

use crate::signature::{Export, ExportType};
use wasmparser::{
    AbstractHeapType, HeapType, Parser, Payload, RefType, SubType, UnpackedIndex, ValType,
};

/// How a call of JavaScript reaches an export.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// At once: JavaScript has all of its values.
    Straight,
    /// Through this module.
    Through(Vec<u8>),
    /// Not at all: JavaScript refuses references to exceptions.
    None,
}

/// The way to an export of a module.
pub(super) fn way(wasm: &[u8], export: &Export) -> Way {
    let (params, results) = (params(&export.ty), export.ty.results());
    let mut values = params.iter().chain(results);
    if values.clone().any(is_exception) {
        return Way::None;
    }
    if !values.any(is_hidden) {
        return Way::Straight;
    }
    let Some(types) = TypeSection::read(wasm) else { return Way::None };
    let inner = inner_type(&types, &export.ty);
    let passed = |types: &[ValType]| -> Option<Vec<Vec<u8>>> {
        let passed: Option<Vec<_>> = types.iter().map(passed).collect();
        Some(passed?.concat())
    };
    let whole = (inner, passed(params), passed(results), body(&export.ty));
    let (Some(inner), Some(takes), Some(gives), Some(body)) = whole else { return Way::None };
    let outer = [vec![0x60], vector(&takes), vector(&gives)].concat();
    let import = match &export.ty {
        ExportType::Func { .. } => [vec![0], leb(inner.place)].concat(),
        ExportType::Global { content, mutable } => {
            let Some(content) = value_type(content) else { return Way::None };
            [vec![3], content, vec![u8::from(*mutable)]].concat()
        }
    };
    let function = u32::from(matches!(export.ty, ExportType::Func { .. }));
    let module = [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, [leb(inner.groups + 1), inner.bytes, outer].concat()),
        section(2, vector(&[[b"\x01m\x01w".to_vec(), import].concat()])),
        section(3, vector(&[leb(inner.count)])),
        section(7, vector(&[[b"\x01w\0".to_vec(), leb(function)].concat()])),
        section(10, vector(&[[leb(body.len() as u32), body].concat()])),
    ];
    Way::Through(module.concat())
}

fn params(ty: &ExportType) -> &[ValType] {
    match ty {
        ExportType::Func { params, .. } => params,
        ExportType::Global { .. } => &[],
    }
}

/// Whether JavaScript refuses a value of this type, or changes its bits.
fn is_hidden(ty: &ValType) -> bool {
    matches!(ty, ValType::F32 | ValType::F64 | ValType::V128)
}

fn is_exception(ty: &ValType) -> bool {
    let ValType::Ref(ty) = ty else { return false };
    matches!(
        ty.heap_type(),
        HeapType::Abstract { ty: AbstractHeapType::Exn | AbstractHeapType::NoExn, .. }
    )
}

/// The type section of a module.
struct TypeSection<'a> {
    groups: u32,
    types: Vec<(SubType, bool)>,
    /// Its groups, without their number.
    bytes: &'a [u8],
}

impl<'a> TypeSection<'a> {
    /// Reads it; an empty one for a module without. `None` if it does not decode.
    fn read(wasm: &'a [u8]) -> Option<Self> {
        for payload in Parser::new(0).parse_all(wasm) {
            let Payload::TypeSection(section) = payload.ok()? else { continue };
            let (groups, range) = (section.count(), section.range());
            let mut types = Vec::new();
            for group in section {
                let group = group.ok()?;
                let is_alone = !group.is_explicit_rec_group();
                types.extend(group.into_types().map(|ty| (ty, is_alone)));
            }
            let bytes = wasm.get(range.start as usize..range.end as usize)?;
            let number = bytes.iter().position(|byte| *byte < 0x80)? + 1;
            return Some(TypeSection { groups, types, bytes: &bytes[number..] });
        }
        Some(TypeSection { groups: 0, types: Vec::new(), bytes: &[] })
    }
}

/// The types of a helper module, among which is that of the function that it imports.
struct Inner {
    groups: u32,
    count: u32,
    bytes: Vec<u8>,
    place: u32,
}

/// A type alone if it means the same in any module; else all types of the module that it is from.
fn inner_type(types: &TypeSection<'_>, ty: &ExportType) -> Option<Inner> {
    let whole = |place| Inner {
        groups: types.groups,
        count: types.types.len() as u32,
        bytes: types.bytes.to_vec(),
        place,
    };
    let all_encoded = |types: &[ValType]| -> Option<Vec<u8>> {
        let types: Option<Vec<_>> = types.iter().map(value_type).collect();
        Some(vector(&types?))
    };
    match ty {
        ExportType::Func { ty, params, results } => {
            let (sub, is_alone) = types.types.get(*ty as usize)?;
            let is_plain = *is_alone
                && sub.is_final
                && sub.supertype_idxs.is_empty()
                && !sub.composite_type.shared;
            if !is_plain || params.iter().chain(results).any(is_concrete) {
                return Some(whole(*ty));
            }
            let bytes = [vec![0x60], all_encoded(params)?, all_encoded(results)?].concat();
            Some(Inner { groups: 1, count: 1, bytes, place: 0 })
        }
        ExportType::Global { content, .. } if is_concrete(content) => Some(whole(0)),
        ExportType::Global { .. } => {
            Some(Inner { groups: 0, count: 0, bytes: Vec::new(), place: 0 })
        }
    }
}

/// The code of a helper: it takes integers, makes the values of them, and makes integers of the results.
fn body(ty: &ExportType) -> Option<Vec<u8>> {
    let results = ty.results();
    let mut code = Vec::new();
    let mut local = 0;
    for ty in params(ty) {
        code.extend(inwards(ty, local));
        local += passed(ty)?.len() as u32;
    }
    let reaches = if matches!(ty, ExportType::Func { .. }) { 0x10 } else { 0x23 };
    code.extend([reaches, 0]);
    for n in (0..results.len() as u32).rev() {
        code.push(0x21);
        code.extend(leb(local + n));
    }
    for (n, ty) in (0..).zip(results) {
        code.extend(outwards(ty, local + n));
    }
    code.push(0x0b);
    let locals: Option<Vec<Vec<u8>>> =
        results.iter().map(|ty| Some([vec![1], value_type(ty)?].concat())).collect();
    Some([vector(&locals?), code].concat())
}

/// The types by which a value passes through JavaScript.
fn passed(ty: &ValType) -> Option<Vec<Vec<u8>>> {
    Some(match ty {
        ValType::F32 => vec![vec![0x7f]],
        ValType::F64 => vec![vec![0x7e]],
        ValType::V128 => vec![vec![0x7e], vec![0x7e]],
        ty => vec![value_type(ty)?],
    })
}

/// From what JavaScript passed, in locals from `local` on, to a value of this type.
fn inwards(ty: &ValType, local: u32) -> Vec<u8> {
    let get = |n| [vec![0x20], leb(n)].concat();
    match ty {
        // f32.reinterpret_i32, f64.reinterpret_i64
        ValType::F32 => [get(local), vec![0xbe]].concat(),
        ValType::F64 => [get(local), vec![0xbf]].concat(),
        // i64x2.splat, i64x2.replace_lane 1
        ValType::V128 => {
            [get(local), vec![0xfd, 0x12], get(local + 1), vec![0xfd, 0x1e, 1]].concat()
        }
        _ => get(local),
    }
}

/// From a value in a local to what JavaScript takes.
fn outwards(ty: &ValType, local: u32) -> Vec<u8> {
    let get = [vec![0x20], leb(local)].concat();
    match ty {
        // i32.reinterpret_f32, i64.reinterpret_f64
        ValType::F32 => [get, vec![0xbc]].concat(),
        ValType::F64 => [get, vec![0xbd]].concat(),
        // i64x2.extract_lane 0 and 1
        ValType::V128 => [get.clone(), vec![0xfd, 0x1d, 0], get, vec![0xfd, 0x1d, 1]].concat(),
        _ => get,
    }
}

fn is_concrete(ty: &ValType) -> bool {
    matches!(ty, ValType::Ref(ty) if !matches!(ty.heap_type(), HeapType::Abstract { .. }))
}

/// The bytes of a type, in a module that has the types of the module that it is from.
fn value_type(ty: &ValType) -> Option<Vec<u8>> {
    Some(match ty {
        ValType::I32 => vec![0x7f],
        ValType::I64 => vec![0x7e],
        ValType::F32 => vec![0x7d],
        ValType::F64 => vec![0x7c],
        ValType::V128 => vec![0x7b],
        ValType::Ref(ty) => reference(*ty)?,
    })
}

fn reference(ty: RefType) -> Option<Vec<u8>> {
    let heap = match ty.heap_type() {
        HeapType::Abstract { shared: false, ty: heap } => {
            let byte = abstract_type(heap)?;
            // All engines know the short form.
            if ty.is_nullable() {
                return Some(vec![byte]);
            }
            vec![byte]
        }
        HeapType::Abstract { shared: true, ty } => vec![0x65, abstract_type(ty)?],
        HeapType::Concrete(UnpackedIndex::Module(index)) => signed_leb(index),
        HeapType::Exact(UnpackedIndex::Module(index)) => [vec![0x62], signed_leb(index)].concat(),
        _ => return None,
    };
    Some([vec![if ty.is_nullable() { 0x63 } else { 0x64 }], heap].concat())
}

fn abstract_type(ty: AbstractHeapType) -> Option<u8> {
    use AbstractHeapType as Heap;
    Some(match ty {
        Heap::Func => 0x70,
        Heap::NoFunc => 0x73,
        Heap::Extern => 0x6f,
        Heap::NoExtern => 0x72,
        Heap::Any => 0x6e,
        Heap::None => 0x71,
        Heap::Eq => 0x6d,
        Heap::I31 => 0x6c,
        Heap::Struct => 0x6b,
        Heap::Array => 0x6a,
        Heap::Exn => 0x69,
        Heap::NoExn => 0x74,
        _ => return None,
    })
}

fn leb(mut value: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// A positive number as a signed one: the sixth bit of the last byte is not set.
fn signed_leb(value: u32) -> Vec<u8> {
    let mut bytes = leb(value);
    if let Some(last) = bytes.last_mut().filter(|last| **last & 0x40 != 0) {
        *last |= 0x80;
        bytes.push(0);
    }
    bytes
}

fn vector(items: &[Vec<u8>]) -> Vec<u8> {
    [leb(items.len() as u32), items.concat()].concat()
}

fn section(id: u8, bytes: Vec<u8>) -> Vec<u8> {
    [vec![id], leb(bytes.len() as u32), bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::exports;
    use touchstone_script::{Feature, FeatureSet, parse_quote};
    use wasmparser::Validator;

    /// The ways to the exports of a module; those that go through modules go through valid ones.
    fn ways(text: &str) -> Vec<Way> {
        let wasm = parse_quote(text.as_bytes()).unwrap();
        let all: FeatureSet = Feature::ALL.iter().copied().collect();
        let ways: Vec<Way> =
            exports(&wasm).iter().map(|(_, export)| super::way(&wasm, export)).collect();
        for way in &ways {
            let Way::Through(helper) = way else { continue };
            let valid = Validator::new_with_features(all.wasm_features()).validate_all(helper);
            assert!(valid.is_ok(), "{:?}: {helper:?}", valid.err());
        }
        ways
    }

    /// The type of the function that the helper exports.
    fn outer(way: &Way) -> (Vec<ValType>, Vec<ValType>) {
        let Way::Through(helper) = way else { panic!("no helper: {way:?}") };
        match exports(helper).remove(0).1.ty {
            ExportType::Func { params, results, .. } => (params, results),
            ExportType::Global { .. } => panic!("it exports a function"),
        }
    }

    #[test]
    fn integers_and_references_need_no_helper() {
        let text = r#"
            (func (export "f") (param i32 i64 externref funcref) (result i64))
            (global (export "g") (mut i32) (i32.const 0))"#;
        assert_eq!(ways(text), [Way::Straight, Way::Straight]);
    }

    #[test]
    fn floats_and_vectors_go_as_integers() {
        let ways = ways(
            r#"(func (export "f") (param f32 v128 externref f64) (result v128 f32) unreachable)
               (global (export "g") f64 (f64.const 1))
               (global (export "h") (mut v128) (v128.const i64x2 1 2))"#,
        );
        use ValType::{I32, I64};
        let reference = ValType::Ref(RefType::EXTERNREF);
        assert_eq!(outer(&ways[0]), (vec![I32, I64, I64, reference, I64], vec![I64, I64, I32]));
        assert_eq!(outer(&ways[1]), (vec![], vec![I64]));
        assert_eq!(outer(&ways[2]), (vec![], vec![I64, I64]));
    }

    #[test]
    fn a_type_that_depends_on_its_module_brings_all_types_of_the_module() {
        let ways = ways(
            r#"(rec (type $s (struct (field f32))) (type $f (func (param f32 (ref null $s)))))
               (type $open (sub (func (param f64))))
               (func (export "f") (type $f))
               (func (export "g") (type $open))
               (func (export "h") (param f32 (ref null $open)))"#,
        );
        let params: Vec<usize> = ways.iter().map(|way| outer(way).0.len()).collect();
        assert_eq!(params, [2, 1, 2]);
    }

    #[test]
    fn there_is_no_way_for_exceptions() {
        let text = r#"(func (export "f") (result exnref) (ref.null exn))"#;
        assert_eq!(ways(text), [Way::None]);
    }
}
