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

mod api;
mod code;
mod compile;
mod exec;
mod gc;
mod store;
mod sys;
mod types;
mod value;

pub use api::context::{AsContext, AsContextMut, Caller, StoreContext, StoreContextMut};
pub use api::externs::Extern;
pub use api::func::Func;
pub use api::host::{HostResult, IntoFunc};
pub use api::linker::Linker;
pub use api::typed::{TypedFunc, WasmParams, WasmResults, WasmTy};
pub use compile::CompileStats;
pub use compile::budget::CompileControl;
pub use compile::config::{Config, OptLevel, RegallocAlgorithm};
pub use compile::engine::{Engine, EngineUsage};
pub use compile::module::Module;
pub use gc::{Doubt, ExternRef, GcStats, HeapError, WeakExternRef};
pub use store::Store;
pub use store::global::Global;
pub use store::instance::Instance;
pub use store::limits::{MemoryUse, StoreLimits};
pub use store::memory::{Memory, SharedMemory};
pub use store::table::Table;
pub use store::tag::Tag;
pub use sys::mmap::host_page_size;
pub use types::{
    ExportType, ExternType, FuncType, GlobalType, HeapType, ImportType, Limits, MemoryType,
    Mutability, RefType, TableType, TypeIndex, ValType,
};
pub use value::backtrace::{Backtrace, FrameInfo};
pub use value::error::{Error, Result};
pub use value::exception::{Exception, ExnRef};
pub use value::interrupt::InterruptHandle;
pub use value::trap::{Trap, TrapCode};
pub use value::val::Val;
