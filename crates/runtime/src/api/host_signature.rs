//! What host functions of one type share.
//!
//! In: a function type. Out: its identity and the code between Wasm and host functions of that type, both for
//! as long as a function, or a linker's definition of one, holds the signature. Knows nothing of closures.

use crate::compile::engine::Engine;
use crate::compile::trampolines::{EntryTrampoline, HostCallTrampoline};
use crate::types::FuncType;
use crate::types::registry::{TypeId, TypesInUse};
use crate::value::error::{Error, Result};
use std::sync::{Arc, OnceLock};

/// The most parameters, and the most results, that a host function can have. Functions of Wasm have the same
/// limit.
const MAX_VALUES: usize = 1000;

/// The type of host functions, and the code by which they are called.
pub(crate) struct HostSignature {
    engine: Engine,
    ty: FuncType,
    type_id: TypeId,
    _type: TypesInUse,
    /// The code is compiled when it is first needed, as most functions that linkers define are never
    /// imported.
    code: OnceLock<HostCode>,
}

/// The code between Wasm and host functions of one type.
pub(crate) struct HostCode {
    /// The host enters the function by this trampoline, as it enters a function of Wasm.
    pub(crate) entry: EntryTrampoline,
    /// Wasm calls the function by this trampoline.
    pub(crate) host_call: HostCallTrampoline,
}

impl HostSignature {
    /// The signature of functions of type `ty`.
    ///
    /// # Errors
    /// Fails if the type has too many parameters or results, or refers to a type of another engine or to one
    /// that is no longer in use.
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

    /// The identity of the type, which is valid as long as the signature lives.
    pub(crate) fn type_id(&self) -> TypeId {
        self.type_id
    }

    /// The code for these functions, which lives as long as the signature.
    ///
    /// # Errors
    /// Fails if memory for the code is exhausted.
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
