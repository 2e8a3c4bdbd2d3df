//! The types of what a module exports, for those who are not told them: adapters, and readers of JSON.
//!
//! In: the bytes of a module. Out: the types of the results of each exported function, and of each exported
//! global, as requests name them.

use std::collections::HashMap;
use wasmparser::{
    AbstractHeapType, CompositeInnerType, ExternalKind, HeapType, Parser, Payload, RefType,
    TypeRef, ValType,
};

/// Types by the name of the export. What does not decode gives none.
pub fn results(wasm: &[u8]) -> HashMap<String, Vec<&'static str>> {
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    let (mut globals, mut found) = (Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::TypeSection(section) => {
                for group in section.into_iter().map_while(Result::ok) {
                    types.extend(group.into_types().map(|ty| match ty.composite_type.inner {
                        CompositeInnerType::Func(func) => func.results().iter().map(name).collect(),
                        _ => Vec::new(),
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports().map_while(Result::ok) {
                    match import.ty {
                        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => functions.push(ty),
                        TypeRef::Global(ty) => globals.push(vec![name(&ty.content_type)]),
                        _ => {}
                    }
                }
            }
            Payload::FunctionSection(section) => {
                functions.extend(section.into_iter().map_while(Result::ok));
            }
            Payload::GlobalSection(section) => {
                let global = |global: wasmparser::Global<'_>| vec![name(&global.ty.content_type)];
                globals.extend(section.into_iter().map_while(Result::ok).map(global));
            }
            Payload::ExportSection(section) => {
                for export in section.into_iter().map_while(Result::ok) {
                    let index = export.index as usize;
                    let results = match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => functions
                            .get(index)
                            .and_then(|ty: &u32| types.get(*ty as usize))
                            .cloned(),
                        ExternalKind::Global => globals.get(index).cloned(),
                        _ => None,
                    };
                    found.extend(results.map(|results| (export.name.to_owned(), results)));
                }
            }
            _ => {}
        }
    }
    found
}

fn name(ty: &ValType) -> &'static str {
    match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
        ValType::V128 => "v128",
        ValType::Ref(ty) => reference(*ty),
    }
}

fn reference(ty: RefType) -> &'static str {
    use AbstractHeapType as Heap;
    match ty.heap_type() {
        HeapType::Abstract { ty, .. } => match ty {
            Heap::Func | Heap::NoFunc => "funcref",
            Heap::Extern | Heap::NoExtern => "externref",
            Heap::Exn | Heap::NoExn => "exnref",
            _ => "anyref",
        },
        _ => "ref",
    }
}
