//! Modules that are compiled once, though they come many times.
//!
//! In: the bytes of modules, and the features with which each is to be valid. Out: modules of one engine; those
//! with the same bytes are the same. What the engine's settings say of code is therefore the same for all of
//! them. Features are not among that: they say which modules are valid, and bytes that are valid under two sets
//! of them have the same code under both.
//!
//! With a folder, modules are found there that an earlier process compiled, and what was found valid by one is
//! not validated again. The key of a module there is made of its bytes and of everything on which code depends.
//!
//! Bytes that are refused are refused again in the same words, as long as there is room for these.
//!
//! Knows nothing of what is done with modules. Each can be instantiated in any number of stores.

use crate::compile;
use crate::compile::budget::CompileControl;
use crate::compile::engine::Engine;
use crate::compile::folder::CacheFolder;
use crate::compile::module::Module;
use crate::compile::places::Key;
use crate::compile::serialize;
use crate::value::error::{Error, Result};
use parking_lot::{Condvar, Mutex};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use wasmparser::WasmFeatures;

/// Modules of an engine by their bytes, so that bytes which come again need not be compiled again. Any number of
/// threads may use it at once.
///
/// ```
/// # use touchstone_runtime::{CompileControl, Engine, ModuleCache, WasmFeatures};
/// let cache = ModuleCache::new(&Engine::default(), 1 << 20);
/// let wasm = b"\0asm\x01\0\0\0";
/// for features in [WasmFeatures::WASM1, WasmFeatures::WASM2, WasmFeatures::WASM2] {
///     cache.module(wasm, features, &CompileControl::new())?;
/// }
/// assert_eq!(cache.usage().compiled, 1);
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
pub struct ModuleCache {
    engine: Engine,
    /// The most bytes that modules in the cache may take.
    room: usize,
    folder: Option<Folder>,
    refusals: Mutex<Refusals>,
    kept: Mutex<Kept>,
    /// Notified when a module has been compiled, or could not be.
    compiled: Condvar,
}

/// What a [`ModuleCache`] holds, and what it has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheUsage {
    /// Number of modules in the cache.
    pub modules: usize,
    /// The bytes that they take, estimated from their Wasm and their code.
    pub bytes: usize,
    /// How many modules were compiled, those included that have left the cache.
    pub compiled: u64,
    /// How often a module was found in the cache.
    pub found: u64,
    /// How many modules were not compiled because they were in the folder.
    pub loaded: u64,
    /// How often something in the folder was damaged, so that it was not used.
    pub damaged: u64,
    /// How often bytes were refused because they had been refused before.
    pub refused: u64,
}

/// A folder, and what its keys are made of beside the modules.
struct Folder {
    folder: CacheFolder,
    environment: [u8; blake3::OUT_LEN],
}

impl Folder {
    /// The key of a module's code.
    fn code(&self, digest: &Digest) -> Key {
        self.folder.key(true, &[b"code", &self.environment, digest])
    }

    /// The key of the fact that a module is valid.
    fn valid(&self, digest: &Digest, features: WasmFeatures) -> Key {
        let features = features.bits().to_le_bytes();
        self.folder.key(false, &[b"valid", &self.environment, digest, &features])
    }

    /// The key of the reason for which a module is refused.
    fn refused(&self, digest: &Digest, features: WasmFeatures) -> Key {
        let features = features.bits().to_le_bytes();
        self.folder.key(false, &[b"refused", &self.environment, digest, &features])
    }
}

/// Why bytes are no module, which depends on nothing but these and the features.
#[derive(Clone)]
struct Refusal {
    kind: u8,
    text: String,
}

impl Refusal {
    const MALFORMED: u8 = 0;
    const INVALID: u8 = 1;
    const UNSUPPORTED: u8 = 2;

    /// What an error says of bytes, if it says something of them that is so each time.
    fn of(error: &Error) -> Option<Refusal> {
        let (kind, text) = match error {
            Error::Malformed(text) => (Refusal::MALFORMED, text),
            Error::Invalid(text) => (Refusal::INVALID, text),
            Error::Unsupported(text) => (Refusal::UNSUPPORTED, text),
            _ => return None,
        };
        Some(Refusal { kind, text: text.clone() })
    }

    fn error(self) -> Error {
        match self.kind {
            Refusal::MALFORMED => Error::Malformed(self.text),
            Refusal::INVALID => Error::Invalid(self.text),
            _ => Error::Unsupported(self.text),
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        [&[self.kind], self.text.as_bytes()].concat()
    }

    fn from_bytes(bytes: Vec<u8>) -> Option<Refusal> {
        let (&kind, text) =
            bytes.split_first().filter(|(kind, _)| **kind <= Refusal::UNSUPPORTED)?;
        Some(Refusal { kind, text: str::from_utf8(text).ok()?.to_owned() })
    }
}

/// What was refused under which features. When it takes too much room, all of it is forgotten.
#[derive(Default)]
struct Refusals {
    /// By digest and features.
    reasons: HashMap<(Digest, u64), Refusal>,
    bytes: usize,
    used: u64,
}

impl Refusals {
    /// What an entry takes beside its text, about.
    const ENTRY: usize = 128;

    fn get(&mut self, digest: &Digest, features: WasmFeatures) -> Option<Refusal> {
        let found = self.reasons.get(&(*digest, features.bits())).cloned();
        self.used += u64::from(found.is_some());
        found
    }

    fn add(&mut self, digest: &Digest, features: WasmFeatures, refusal: Refusal, room: usize) {
        let bytes = Refusals::ENTRY + refusal.text.len();
        if self.bytes + bytes > room {
            *self = Refusals { used: self.used, ..Refusals::default() };
        }
        if bytes <= room && self.reasons.insert((*digest, features.bits()), refusal).is_none() {
            self.bytes += bytes;
        }
    }
}

/// The identity of a module, which its bytes determine.
type Digest = [u8; blake3::OUT_LEN];

#[derive(Default)]
struct Kept {
    modules: HashMap<Digest, Entry>,
    /// What is in the cache by when it was last used.
    by_use: BTreeMap<u64, Digest>,
    /// The number of uses so far.
    uses: u64,
    usage: CacheUsage,
}

enum Entry {
    /// A thread compiles the module.
    Compiling,
    Compiled(Cached),
}

struct Cached {
    module: Module,
    /// The sets of features under which it is known to be valid.
    valid: Vec<WasmFeatures>,
    bytes: usize,
    last_use: u64,
}

/// Reasons for refusals may take one part in so many of the room for modules.
const REFUSALS: usize = 16;

/// How long a thread waits for another one that compiles its module before it looks whether it was cancelled.
const PATIENCE: Duration = Duration::from_millis(10);

impl std::fmt::Debug for ModuleCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModuleCache").field("usage", &self.usage()).finish_non_exhaustive()
    }
}

impl ModuleCache {
    /// Makes an empty cache of modules of this engine. When the modules in it take more than `room` bytes, the one
    /// that was not used for longest leaves it; whoever holds that one keeps it.
    pub fn new(engine: &Engine, room: usize) -> Self {
        ModuleCache {
            engine: engine.clone(),
            room,
            folder: None,
            refusals: Mutex::default(),
            kept: Mutex::default(),
            compiled: Condvar::new(),
        }
    }

    /// The same, with a folder in which modules outlast the process. Modules of an engine that is to test the compiler
    /// itself are not kept there.
    pub fn with_folder(engine: &Engine, room: usize, folder: CacheFolder) -> Self {
        let environment = serialize::environment(engine);
        let folder = environment.map(|environment| Folder { folder, environment });
        ModuleCache { folder, ..ModuleCache::new(engine, room) }
    }

    /// The engine whose modules these are.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Has the folder keep what it was to keep later. That is done when the cache is dropped, too.
    pub fn flush(&self) {
        if let Some(folder) = &self.folder {
            folder.folder.put([]);
        }
    }

    /// What is in the cache, and what it has done.
    pub fn usage(&self) -> CacheUsage {
        let kept = self.kept.lock();
        let damaged = self.folder.as_ref().map_or(0, |folder| folder.folder.damaged());
        let refused = self.refusals.lock().used;
        CacheUsage { modules: kept.by_use.len(), damaged, refused, ..kept.usage }
    }

    /// Gives the module with these bytes, which is compiled unless it is in the cache. It is validated with
    /// `features` in place of those of the engine's configuration, once for each set of features. If another
    /// thread compiles the same module, this waits for it.
    ///
    /// Bytes that are malformed, invalid or need what the engine lacks are refused again in the same words, without
    /// being looked at, for as long as that is known. Other failures are not kept.
    ///
    /// # Errors
    /// Fails as [`Module::new_with`] does for an engine with these features.
    pub fn module(
        &self,
        wasm: impl AsRef<[u8]>,
        features: WasmFeatures,
        control: &CompileControl,
    ) -> Result<Module> {
        let wasm = wasm.as_ref();
        let digest = *blake3::hash(wasm).as_bytes();
        if let Some(refusal) = self.refusals.lock().get(&digest, features) {
            return Err(refusal.error());
        }
        let found = self.find(wasm, &digest, features, control);
        if let Some(refusal) = found.as_ref().err().and_then(Refusal::of) {
            self.refusals.lock().add(&digest, features, refusal, self.room / REFUSALS);
        }
        found
    }

    /// Does what [`ModuleCache::module`] does with bytes of which it is not known here that they are to be refused.
    fn find(
        &self,
        wasm: &[u8],
        digest: &Digest,
        features: WasmFeatures,
        control: &CompileControl,
    ) -> Result<Module> {
        let found = self.find_or_reserve(digest, features, control)?;
        let (module, is_valid) = match found {
            Some(found) => found,
            None => {
                let reserved = Reserved { cache: self, digest: *digest };
                let Some(module) = self.load(wasm, digest, control) else {
                    self.load_refusal(digest, features)?;
                    let module = Module::with_features(&self.engine, wasm, features, control);
                    let module = self.or_store_refusal(module, digest, features)?;
                    reserved.keep(&module, Some(features));
                    self.store(&module, digest, features);
                    return Ok(module);
                };
                reserved.keep(&module, None);
                (module, false)
            }
        };
        if is_valid {
            return Ok(module);
        }
        let folder = self.folder.as_ref();
        let valid = folder.map(|folder| (&folder.folder, folder.valid(digest, features)));
        if !valid.is_some_and(|(folder, key)| folder.has(&key)) {
            self.load_refusal(digest, features)?;
            let possible = self.engine.module_features(wasm, features);
            if possible.and_then(|possible| compile::validate(wasm, possible)).is_err() {
                // The compiler may look at the parts of a module in another order, and it has the last word.
                let module = Module::with_features(&self.engine, wasm, features, control);
                return self.or_store_refusal(module, digest, features);
            }
            control.check()?;
            if let Some((folder, key)) = valid {
                folder.put([(key, Vec::new())]);
            }
        }
        if let Some(Entry::Compiled(cached)) = self.kept.lock().modules.get_mut(digest) {
            cached.valid.push(features);
        }
        Ok(module)
    }

    /// Gives the module from the folder, if its code is there.
    fn load(&self, wasm: &[u8], digest: &Digest, control: &CompileControl) -> Option<Module> {
        let folder = self.folder.as_ref()?;
        let key = folder.code(digest);
        let bytes = folder.folder.get(&key)?;
        let loaded = Module::from_kept(&self.engine, wasm, &bytes, control);
        if let Err(Error::Malformed(_)) = loaded {
            folder.folder.forget(&key);
        }
        loaded.ok()
    }

    /// Fails if the folder says that a module is refused with these features.
    fn load_refusal(&self, digest: &Digest, features: WasmFeatures) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let bytes = folder.folder.get(&folder.refused(digest, features));
        match bytes.and_then(Refusal::from_bytes) {
            Some(refusal) => {
                self.refusals.lock().used += 1;
                Err(refusal.error())
            }
            None => Ok(()),
        }
    }

    /// Has the folder keep why a module was refused with these features, if it was.
    fn or_store_refusal(
        &self,
        module: Result<Module>,
        digest: &Digest,
        features: WasmFeatures,
    ) -> Result<Module> {
        if let Some(folder) = &self.folder
            && let Some(refusal) = module.as_ref().err().and_then(Refusal::of)
        {
            folder.folder.put_later((folder.refused(digest, features), refusal.to_bytes()));
        }
        module
    }

    /// Keeps the code of a module in the folder, and that it is valid with these features.
    fn store(&self, module: &Module, digest: &Digest, features: WasmFeatures) {
        let Some(folder) = &self.folder else { return };
        if let Ok(bytes) = serialize::to_kept(module) {
            let valid = (folder.valid(digest, features), Vec::new());
            folder.folder.put([(folder.code(digest), bytes), valid]);
        }
    }

    /// Gives the module, and whether it is known to be valid with `features`; or `None` if the caller is to
    /// compile it.
    fn find_or_reserve(
        &self,
        digest: &Digest,
        features: WasmFeatures,
        control: &CompileControl,
    ) -> Result<Option<(Module, bool)>> {
        let mut kept = self.kept.lock();
        loop {
            control.check()?;
            match kept.modules.get(digest) {
                None => {
                    kept.modules.insert(*digest, Entry::Compiling);
                    return Ok(None);
                }
                Some(Entry::Compiled(_)) => return Ok(Some(kept.use_again(digest, features))),
                Some(Entry::Compiling) => {
                    self.compiled.wait_for(&mut kept, PATIENCE);
                }
            }
        }
    }
}

impl Kept {
    /// Notes that a module in the cache is used, and says whether it is known to be valid with `features`.
    ///
    /// # Panics
    /// Panics if it is not in the cache.
    fn use_again(&mut self, digest: &Digest, features: WasmFeatures) -> (Module, bool) {
        let Some(Entry::Compiled(cached)) = self.modules.get_mut(digest) else {
            panic!("the module is in the cache");
        };
        self.uses += 1;
        self.by_use.remove(&cached.last_use);
        self.by_use.insert(self.uses, *digest);
        cached.last_use = self.uses;
        self.usage.found += 1;
        (cached.module.clone(), cached.valid.contains(&features))
    }

    /// Takes modules out until the others take no more than `room`, those first that were not used for longest.
    fn shrink(&mut self, room: usize) -> Vec<Module> {
        let mut gone = Vec::new();
        while self.usage.bytes > room {
            let Some((_, digest)) = self.by_use.pop_first() else { break };
            if let Some(Entry::Compiled(cached)) = self.modules.remove(&digest) {
                self.usage.bytes -= cached.bytes;
                gone.push(cached.module);
            }
        }
        gone
    }
}

/// The place of a module that this thread compiles. Dropping it lets others compile the module.
struct Reserved<'a> {
    cache: &'a ModuleCache,
    digest: Digest,
}

impl Reserved<'_> {
    /// Keeps a module that was compiled, and so is valid with these features; or loaded, and not looked at yet.
    fn keep(self, module: &Module, valid: Option<WasmFeatures>) {
        let bytes = bytes_of(module);
        let mut kept = self.cache.kept.lock();
        kept.uses += 1;
        kept.usage.bytes += bytes;
        match valid {
            Some(_) => kept.usage.compiled += 1,
            None => kept.usage.loaded += 1,
        }
        let last_use = kept.uses;
        let valid = valid.into_iter().collect();
        let cached = Cached { module: module.clone(), valid, bytes, last_use };
        kept.modules.insert(self.digest, Entry::Compiled(cached));
        kept.by_use.insert(last_use, self.digest);
        let gone = kept.shrink(self.cache.room);
        // Modules are dropped without the lock, as that takes other locks and gives memory back.
        drop(kept);
        drop(gone);
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut kept = self.cache.kept.lock();
        if let Some(Entry::Compiling) = kept.modules.get(&self.digest) {
            kept.modules.remove(&self.digest);
        }
        drop(kept);
        self.cache.compiled.notify_all();
    }
}

/// An estimate of the memory that a module takes: its Wasm, what is known of it (about as much, and a few hundred
/// bytes for each function), and the pages of its code with the tables for their addresses.
fn bytes_of(module: &Module) -> usize {
    let code = module.inner().code.range().len();
    2048 + 3 * module.inner().wasm.len() + 2 * code + 256 * module.compile_stats().functions
}
