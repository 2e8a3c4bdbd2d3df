//! What the `spectest` host module exports, made of the objects of our own engine.
//!
//! In: a store. Out: externals by name, as the reference interpreter's script runner defines them. There is
//! one set of externals per script, whose state all modules of the script share.

use std::collections::HashMap;
use touchstone_runtime::{
    Error, Extern, Func, Global, GlobalType, Limits, Memory, MemoryType, Mutability, RefType,
    Store, Table, TableType, Val, ValType,
};

/// Makes the module's exports in `store`.
///
/// # Errors
/// Fails if the system has no memory for the exports.
pub(super) fn exports<T: 'static>(
    store: &mut Store<T>,
) -> Result<HashMap<&'static str, Extern>, Error> {
    let mut exports = HashMap::new();
    let globals = [
        ("global_i32", Val::I32(666)),
        ("global_i64", Val::I64(666)),
        ("global_f32", Val::F32(666.6f32.to_bits())),
        ("global_f64", Val::F64(666.6f64.to_bits())),
    ];
    for (name, value) in globals {
        let ty = GlobalType::new(value.ty(), Mutability::Const);
        exports.insert(name, Global::new(&mut *store, ty, value)?.into());
    }
    let limits = Limits::new(10, Some(20));
    let table = TableType::new(RefType::FUNC, limits);
    exports.insert("table", Table::new(&mut *store, table, Val::FuncRef(None))?.into());
    let table64 = TableType::new64(RefType::FUNC, limits);
    exports.insert("table64", Table::new(&mut *store, table64, Val::FuncRef(None))?.into());
    let memory = MemoryType::new(Limits::new(1, Some(2)));
    exports.insert("memory", Memory::new(&mut *store, memory)?.into());
    let shared = memory.with_shared();
    exports.insert("shared_memory", Memory::new(&mut *store, shared)?.into());
    for (name, params) in PRINTS {
        let ty = touchstone_runtime::FuncType::new(params.iter().copied(), []);
        let print = Func::new(&mut *store, ty, |_, _, _| Ok(()))?;
        exports.insert(name, print.into());
    }
    Ok(exports)
}

/// The names and parameters of the functions that take values and do nothing: no verdict depends on what they
/// print.
const PRINTS: [(&str, &[ValType]); 7] = [
    ("print", &[]),
    ("print_i32", &[ValType::I32]),
    ("print_i64", &[ValType::I64]),
    ("print_f32", &[ValType::F32]),
    ("print_f64", &[ValType::F64]),
    ("print_i32_f32", &[ValType::I32, ValType::F32]),
    ("print_f64_f64", &[ValType::F64, ValType::F64]),
];
