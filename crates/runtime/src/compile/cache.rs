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
//! Knows nothing of what is done with modules. Each can be instantiated in any number of stores.

use crate::compile;
use crate::compile::budget::CompileControl;
use crate::compile::engine::Engine;
use crate::compile::folder::{CacheFolder, Key};
use crate::compile::module::Module;
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
}

/// A folder, and what its keys are made of beside the modules.
struct Folder {
    folder: CacheFolder,
    environment: [u8; blake3::OUT_LEN],
}

impl Folder {
    /// The key of a module's code.
    fn code(&self, digest: &Digest) -> Key {
        self.folder.key(&[b"code", &self.environment, digest])
    }

    /// The key of the fact that a module is valid.
    fn valid(&self, digest: &Digest, features: WasmFeatures) -> Key {
        let features = features.bits().to_le_bytes();
        self.folder.key(&[b"valid", &self.environment, digest, &features])
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

    /// What is in the cache, and what it has done.
    pub fn usage(&self) -> CacheUsage {
        let kept = self.kept.lock();
        let damaged = self.folder.as_ref().map_or(0, |folder| folder.folder.damaged());
        CacheUsage { modules: kept.by_use.len(), damaged, ..kept.usage }
    }

    /// Gives the module with these bytes, which is compiled unless it is in the cache. It is validated with
    /// `features` in place of those of the engine's configuration, once for each set of features. If another
    /// thread compiles the same module, this waits for it.
    ///
    /// Failures are not kept: bytes that are no valid module are looked at each time.
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
        let found = self.find_or_reserve(&digest, features, control)?;
        let (module, is_valid) = match found {
            Some(found) => found,
            None => {
                let reserved = Reserved { cache: self, digest };
                let Some(module) = self.load(wasm, &digest, control) else {
                    let module = Module::with_features(&self.engine, wasm, features, control)?;
                    reserved.keep(&module, Some(features));
                    self.store(&module, &digest, features);
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
        let valid = folder.map(|folder| (&folder.folder, folder.valid(&digest, features)));
        if !valid.is_some_and(|(folder, key)| folder.has(&key)) {
            let possible = self.engine.module_features(wasm, features);
            if possible.and_then(|possible| compile::validate(wasm, possible)).is_err() {
                // The compiler may look at the parts of a module in another order, and it has the last word.
                return Module::with_features(&self.engine, wasm, features, control);
            }
            control.check()?;
            if let Some((folder, key)) = valid {
                folder.put([(key, Vec::new())]);
            }
        }
        if let Some(Entry::Compiled(cached)) = self.kept.lock().modules.get_mut(&digest) {
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
