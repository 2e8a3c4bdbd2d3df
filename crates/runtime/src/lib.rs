//! Touchstone's engine, which compiles WebAssembly with Cranelift and can be embedded.
//!
//! ```
//! use touchstone_runtime::{Engine, Linker, Module, Store};
//!
//! let engine = Engine::default();
//! let text = r#"(module
//!     (func (export "add") (param i32 i32) (result i32)
//!         (i32.add (local.get 0) (local.get 1))))"#;
//! let module = Module::new(&engine, text)?;
//! let mut store = Store::new(&engine, ());
//! let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
//! let add = instance.get_typed_func::<(i32, i32), i32>(&store, "add")?;
//! assert_eq!(add.call(&mut store, (40, 2))?, 42);
//! # Ok::<(), touchstone_runtime::Error>(())
//! ```
//!
//! An [`Engine`] compiles [`Module`]s, a [`Store`] owns everything that runs, and a [`Linker`] resolves
//! imports. Handles ([`Func`], [`Memory`], …) are small and copyable; each belongs to one store, and its
//! methods panic when they are called with another store.
//!
//! A host function may suspend the stack that it runs on, by whatever unsafe code the host has for that, and
//! go on later on any thread. That code must keep a stack as long as a call into Wasm is suspended on it: the
//! store's list of running calls leads through its frames. The call is over when it has returned, or when the
//! host function that began it has, which panics then.
//!
//! The folders of the sources are layers, each of which imports only those below it:
//!
//! | folder | what is there |
//! |---|---|
//! | `api` | what an embedder uses: handles, functions of the host, linkers |
//! | `exec` | what happens while Wasm runs: entering, traps, throws, walks, collections, instantiation |
//! | `store` | what a store owns, and contexts to borrow it by |
//! | `compile` | engines, modules, and the code between the host and Wasm |
//! | `code` | memory of code, and what is known of its addresses |
//! | `value` | values, handles, errors; records that compiled code reads |
//! | `gc` | the heap of references |
//! | `types` | types, and the registry that makes equal ones one |
//! | `sys` | what the system and the processor provide |
//!
//! Unsafe code is in these modules alone, as `tests/all/layers.rs` checks; each unsafe block has its proof:
//!
//! - `api`: `caller`, `func`, `global`, `host`, `linker`, `memory`, `table`, `typed`,
//!   `wasm_ty`
//! - `exec`: `activation`, `builtins`, `collect`, `constant`, `direct`, `frames`, `instantiate`, `signals`,
//!   `throw`, `walk`
//! - `store`: the module itself, `checkpoint`, `context`, `convert`, `global`, `hooks`, `host_func`,
//!   `instance`, `memory`, `parts`, `reclaim`, `segment`, `table`, `trace`, `wait`
//! - `compile`: `module`, `trampolines`
//! - `code`: the module itself, `registry`
//! - `value`: `handles`, `interrupt`, `val`, `vm`
//! - `gc`: the module itself, `count`, `externref`, `region`
//! - `sys`: `arch`, `mmap`, `shared_bytes`, `stack`

mod api;
mod code;
mod compile;
mod exec;
mod gc;
mod store;
mod sys;
mod types;
mod value;

pub use api::arrayref::ArrayRefPre;
pub use api::caller::Caller;
pub use api::host::{HostResult, IntoFunc};
pub use api::linker::{InstancePre, Linker};
pub use api::memory::SharedMemory;
pub use api::structref::StructRefPre;
pub use api::typed::{TypedFunc, WasmParams, WasmResults};
pub use api::wasm_ty::WasmTy;
pub use compile::CompileStats;
pub use compile::budget::CompileControl;
pub use compile::cache::{CacheUsage, ModuleCache};
pub use compile::config::{Config, OptLevel, PlantedFailure, RegallocAlgorithm};
pub use compile::engine::{Engine, EngineUsage};
pub use compile::folder::{CacheFolder, FolderUsage};
pub use compile::listing::FunctionListing;
pub use compile::module::Module;
pub use gc::{Doubt, ExternRef, GcPauses, GcStats, HeapError, HeapOccupancy, WeakExternRef};
pub use store::Store;
pub use store::census::LiveType;
pub use store::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
pub use store::hooks::{CallHook, ResourceLimiter};
pub use store::limits::{MemoryUse, StoreLimits};
pub use sys::mmap::host_page_size;
pub use touchstone_cranelift_wasm::Collector;
pub use types::objects::{ArrayType, Finality, StructType};
pub use types::{
    CompositeKind, ExportType, ExternType, FieldType, FuncType, GlobalType, HeapType, ImportType,
    Limits, MemoryType, Mutability, RefType, StorageType, TableType, TypeIndex, ValType,
};
pub use value::anyref::{AnyRef, I31};
pub use value::backtrace::{Backtrace, FrameInfo};
pub use value::error::{Error, Result};
pub use value::exception::{Exception, ExnRef};
pub use value::handles::{Extern, Func, Global, Instance, Memory, Table, Tag};
pub use value::interrupt::InterruptHandle;
pub use value::objects::{ArrayRef, EqRef, StructRef};
pub use value::trap::{Trap, TrapCode};
pub use value::val::Val;
pub use wasmparser::WasmFeatures;
