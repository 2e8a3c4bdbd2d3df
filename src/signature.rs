//! The types of what a module exports, for those who are not told them: adapters, and readers of JSON.
//!
//! In: the bytes of a module. Out: the types of each exported function and of each exported global; those of
//! their results also as requests name them.

use std::collections::HashMap;
use wasmparser::{
    AbstractHeapType, CompositeInnerType, ExternalKind, HeapType, Parser, Payload, RefType,
    TypeRef, ValType,
};

/// What a module exports: a function or a global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its index among the functions or globals of the module.
    pub index: u32,
    /// Its type.
    pub ty: ExportType,
}

/// The type of an exported function or global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportType {
    /// A function.
    Func {
        /// The index of its type in the module.
        ty: u32,
        /// The types of its parameters.
        params: Vec<ValType>,
        /// The types of its results.
        results: Vec<ValType>,
    },
    /// A global.
    Global {
        /// The type of its value.
        content: ValType,
        /// Whether it can be set.
        mutable: bool,
    },
}

impl ExportType {
    /// The types of the results of a call, or of reading the global.
    pub fn results(&self) -> &[ValType] {
        match self {
            ExportType::Func { results, .. } => results,
            ExportType::Global { content, .. } => std::slice::from_ref(content),
        }
    }
}

/// The types of results by the name of the export. What does not decode gives none.
pub fn results(wasm: &[u8]) -> HashMap<String, Vec<&'static str>> {
    let named = |(export, Export { ty, .. }): (String, Export)| {
        (export, ty.results().iter().map(name).collect())
    };
    exports(wasm).into_iter().map(named).collect()
}

/// The exported functions and globals, in order. What does not decode gives none.
pub fn exports(wasm: &[u8]) -> Vec<(String, Export)> {
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    let (mut globals, mut found) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::TypeSection(section) => {
                for group in section.into_iter().map_while(Result::ok) {
                    types.extend(group.into_types().map(|ty| match ty.composite_type.inner {
                        CompositeInnerType::Func(func) => Some(func),
                        _ => None,
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports().map_while(Result::ok) {
                    match import.ty {
                        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => functions.push(ty),
                        TypeRef::Global(ty) => globals.push(ty),
                        _ => {}
                    }
                }
            }
            Payload::FunctionSection(section) => {
                functions.extend(section.into_iter().map_while(Result::ok));
            }
            Payload::GlobalSection(section) => {
                globals.extend(section.into_iter().map_while(Result::ok).map(|global| global.ty));
            }
            Payload::ExportSection(section) => {
                for export in section.into_iter().map_while(Result::ok) {
                    let place = export.index as usize;
                    let ty = match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => {
                            functions.get(place).and_then(|ty| {
                                let func = types.get(*ty as usize)?.as_ref()?;
                                let (params, results) =
                                    (func.params().to_vec(), func.results().to_vec());
                                Some(ExportType::Func { ty: *ty, params, results })
                            })
                        }
                        ExternalKind::Global => globals.get(place).map(|ty| ExportType::Global {
                            content: ty.content_type,
                            mutable: ty.mutable,
                        }),
                        _ => None,
                    };
                    let named = |ty| (export.name.to_owned(), Export { index: export.index, ty });
                    found.extend(ty.map(named));
                }
            }
            _ => {}
        }
    }
    found
}

/// The type of a result, as requests name it.
pub fn name(ty: &ValType) -> &'static str {
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
