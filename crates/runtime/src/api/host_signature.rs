//! What the host's functions of one type share.
//!
//! In: a function type. Out: its identity and the code between Wasm and such functions, for as long as
//! a function, or a linker's definition of one, holds the signature. Knows nothing of closures.

use crate::compile::engine::Engine;
use crate::compile::trampolines::{EntryTrampoline, HostCallTrampoline};
use crate::types::FuncType;
use crate::types::registry::{TypeId, TypesInUse};
use crate::value::error::{Error, Result};
use std::sync::{Arc, OnceLock};

/// Parameters, and results, that a function can have: as many as Wasm's may.
const MAX_VALUES: usize = 1000;

/// The type of host functions, and the code by which they are called.
pub(crate) struct HostSignature {
    engine: Engine,
    ty: FuncType,
    type_id: TypeId,
    _type: TypesInUse,
    /// Compiled when first needed: most of what linkers define is never imported.
    code: OnceLock<HostCode>,
}

/// The code between Wasm and host functions of a type.
pub(crate) struct HostCode {
    /// By which the host enters the function, as if it were Wasm's.
    pub(crate) entry: EntryTrampoline,
    /// By which Wasm calls the host.
    pub(crate) host_call: HostCallTrampoline,
}

impl HostSignature {
    /// The signature of functions of type `ty`.
    ///
    /// # Errors
    /// If it has too many parameters or results, or refers to a type of another engine or to one that
    /// is used no more.
    pub(crate) fn new(engine: &Engine, ty: &FuncType) -> Result<Arc<Self>> {
        if ty.params().len() > MAX_VALUES || ty.results().len() > MAX_VALUES {
            let text =
                format!("a function has at most {MAX_VALUES} parameters and {MAX_VALUES} results");
            return Err(Error::Mismatch(text));
        }
        let (type_id, in_use) = engine.types().intern(ty)?;
        Ok(Arc::new(HostSignature {
            engine: engine.clone(),
            ty: ty.clone(),
            type_id,
            _type: in_use,
            code: OnceLock::new(),
        }))
    }

    /// Identity of the type, which lasts as long as the signature.
    pub(crate) fn type_id(&self) -> TypeId {
        self.type_id
    }

    /// The code, which lasts as long as the signature.
    ///
    /// # Errors
    /// If memory for it is exhausted.
    pub(crate) fn code(&self) -> Result<&HostCode> {
        if let Some(code) = self.code.get() {
            return Ok(code);
        }
        let trampolines = self.engine.trampolines();
        let code = HostCode {
            entry: trampolines.entry(self.engine.isa(), &self.ty)?,
            host_call: trampolines.host_call(self.engine.isa(), &self.ty)?,
        };
        Ok(self.code.get_or_init(|| code))
    }
}
