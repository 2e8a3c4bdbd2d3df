//! Functions that are compiled once, though they come in many modules.
//!
//! In: the IR of a function. Out: the code that a function with the same IR was compiled to, if it was kept. What the
//! code generator makes depends on nothing but the IR and its settings, so nothing but the time shows it. IR says by
//! distances from its first place where in its module it is, so a function has the same IR in modules that differ
//! before it.
//!
//! Knows nothing of Wasm. Two functions count as the same if their IR has the same digest, of which nobody can find two
//! with different contents.

use crate::code::CompiledFunction;
use cranelift_codegen::ir::Function;
use std::collections::HashMap;
use std::hash::{Hash as _, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The code of functions of one engine.
#[derive(Default)]
pub(crate) struct Stencils {
    made: Mutex<Made>,
    reused: AtomicU64,
}

#[derive(Default)]
struct Made {
    by_ir: HashMap<Digest, Arc<Kept>>,
    /// What they take, about.
    bytes: usize,
}

struct Kept {
    function: CompiledFunction,
    /// The place in the module from which distances are counted.
    base: u32,
}

/// Identifies IR, and the compiler that is to compile it.
pub(crate) type Digest = [u8; blake3::OUT_LEN];

/// What all of them together may take, in bytes. When there are more, all of them are forgotten.
const ROOM: usize = 16 << 20;

/// What a function takes beside its code: so many bytes, and so many for each byte of code, about.
const METADATA: (usize, usize) = (512, 2);

impl Stencils {
    /// The code of `func`, which is the function at `index` of its module, if one with the same IR was compiled before.
    pub(crate) fn get(
        &self,
        digest: &Digest,
        index: u32,
        func: &Function,
    ) -> Option<CompiledFunction> {
        let kept = self.made.lock().expect("no panic holds it").by_ir.get(digest)?.clone();
        self.reused.fetch_add(1, Ordering::Relaxed);
        Some(kept.function.moved(index, kept.base, func.params.base_srcloc().bits()))
    }

    /// Keeps the code of `func`.
    pub(crate) fn keep(&self, digest: Digest, func: &Function, function: &CompiledFunction) {
        let bytes = METADATA.0 + (1 + METADATA.1) * function.size();
        if bytes > ROOM {
            return;
        }
        let base = func.params.base_srcloc().bits();
        let kept = Arc::new(Kept { function: function.clone(), base });
        let mut made = self.made.lock().expect("no panic holds it");
        if made.bytes + bytes > ROOM {
            *made = Made::default();
        }
        if made.by_ir.insert(digest, kept).is_none() {
            made.bytes += bytes;
        }
    }

    /// How many functions were not compiled because their code was kept.
    pub(crate) fn reused(&self) -> u64 {
        self.reused.load(Ordering::Relaxed)
    }
}

/// The digest of a function's IR, for one of an engine's compilers. `buffer` is for the time in between.
pub(crate) fn digest(func: &Function, compiler: u8, buffer: &mut Vec<u8>) -> Digest {
    buffer.clear();
    buffer.push(compiler);
    let mut bytes = Bytes(std::mem::take(buffer));
    func.stencil.hash(&mut bytes);
    // The IR has the numbers of these names.
    for name in func.params.user_named_funcs().values() {
        (name.namespace, name.index).hash(&mut bytes);
    }
    // What has no place has none wherever the function is; no distance from a place is known then.
    (func.params.base_srcloc().is_default()).hash(&mut bytes);
    *buffer = bytes.0;
    *blake3::hash(buffer).as_bytes()
}

/// Keeps all that is hashed.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("nobody asks for less than all that is hashed")
    }
}
