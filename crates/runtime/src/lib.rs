//! Touchstone's engine: WebAssembly compiled with Cranelift, embeddable.
//!
//! ```
//! use touchstone_runtime::{Engine, Linker, Module, Store};
//!
//! let engine = Engine::default();
//! // (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
//! let wasm = b"\0asm\x01\0\0\0\x01\x07\x01\x60\x02\x7f\x7f\x01\x7f\x03\x02\x01\0\
//!     \x07\x07\x01\x03add\0\0\x0a\x09\x01\x07\0\x20\0\x20\x01\x6a\x0b";
//! let module = Module::new(&engine, wasm)?;
//! let mut store = Store::new(&engine, ());
//! let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
//! let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add")?;
//! assert_eq!(add.call(&mut store, (40, 2))?, 42);
//! # Ok::<(), touchstone_runtime::Error>(())
//! ```
//!
//! An [`Engine`] compiles [`Module`]s; a [`Store`] owns all that runs; a [`Linker`] resolves
//! imports. Handles ([`Func`], [`Memory`], …) are small and copyable, belong to one store, and
//! panic when used with another.
//!
//! Unsafe code lives in the modules `vm` (records shared with compiled code), `arch`, `mmap`,
//! `code`, `signals`, `activation`, `walk`, `builtins`, `exception`, `memory`, `shared_bytes`,
//! `table`, `wait`, `interrupt`, `gc` and where handles are turned into references.

mod activation;
mod arch;
mod backtrace;
mod budget;
mod builtins;
mod classify;
mod code;
mod collect;
mod compile;
mod config;
mod context;
mod custom;
mod direct;
mod engine;
mod error;
mod exception;
mod externs;
mod func;
mod gc;
mod global;
mod grammar;
mod host;
mod host_signature;
mod instance;
mod instantiate;
mod interrupt;
mod isa;
mod limits;
mod linker;
mod memory;
#[cfg_attr(miri, path = "mmap_miri.rs")]
mod mmap;
mod module;
mod registry;
mod segment;
mod shared_bytes;
mod signals;
mod stack;
mod stack_maps;
mod store;
mod table;
mod table_storage;
mod tag;
mod trampolines;
mod trap;
mod type_group;
mod type_registry;
mod type_text;
mod typed;
mod types;
mod val;
mod validator_limits;
mod vm;
mod wait;
mod walk;

pub use backtrace::{Backtrace, FrameInfo};
pub use budget::CompileControl;
pub use compile::CompileStats;
pub use config::{Config, OptLevel, RegallocAlgorithm};
pub use context::{AsContext, AsContextMut, Caller, StoreContext, StoreContextMut};
pub use engine::{Engine, EngineUsage};
pub use error::{Error, Result};
pub use exception::{Exception, ExnRef};
pub use externs::Extern;
pub use func::Func;
pub use gc::{Doubt, ExternRef, GcStats, HeapError, WeakExternRef};
pub use global::Global;
pub use host::{HostResult, IntoFunc};
pub use instance::Instance;
pub use interrupt::InterruptHandle;
pub use limits::{MemoryUse, StoreLimits};
pub use linker::Linker;
pub use memory::{Memory, SharedMemory};
pub use mmap::host_page_size;
pub use module::Module;
pub use store::Store;
pub use table::Table;
pub use tag::Tag;
pub use trap::{Trap, TrapCode};
pub use typed::{TypedFunc, WasmParams, WasmResults, WasmTy};
pub use types::{
    ExportType, ExternType, FuncType, GlobalType, HeapType, ImportType, Limits, MemoryType,
    Mutability, RefType, TableType, TypeIndex, ValType,
};
pub use val::Val;
