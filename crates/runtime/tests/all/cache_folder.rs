//! Modules that an earlier process compiled, and what becomes of a folder that somebody else changed.

use crate::cache::{TEXT, sets, told, wasm};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use touchstone_runtime::{
    CacheFolder, CacheUsage, CompileControl, Config, Engine, Error, Linker, Module, ModuleCache,
    OptLevel, PlantedFailure, RegallocAlgorithm, Result, Store, WasmFeatures,
};

const ROOM: u64 = 1 << 20;

/// An empty folder for a test.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache-folder").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// A cache with this folder, as another process would have it.
fn open(engine: &Engine, folder: &Path) -> ModuleCache {
    let folder = CacheFolder::open(folder, ROOM).expect("it can be opened");
    ModuleCache::with_folder(engine, 1 << 20, folder)
}

fn module(cache: &ModuleCache, wasm: &[u8]) -> Result<Module> {
    cache.module(wasm, Config::supported_features(), &CompileControl::new())
}

fn counts(cache: &ModuleCache) -> (u64, u64, u64) {
    let CacheUsage { compiled, loaded, damaged, .. } = cache.usage();
    (compiled, loaded, damaged)
}

/// A module whose function `f` gives `n`.
fn constant(n: i32) -> Vec<u8> {
    wasm(&format!(r#"(module (func (export "f") (result i32) (i32.const {n})))"#))
}

/// Has the module from a cache, and checks that it is the right one.
fn check(cache: &ModuleCache, n: i32) {
    let module = module(cache, &constant(n)).expect("valid");
    let mut store = Store::new(module.engine(), ());
    let instance = Linker::new(module.engine()).instantiate(&mut store, &module).expect("it does");
    let f = instance.get_typed_func::<(), i32>(&store, "f").expect("it is there");
    assert_eq!(f.call(&mut store, ()).expect("it returns"), n);
}

#[test]
fn nothing_shows_who_compiled_a_module() -> Result<()> {
    let (folder, wasm) = (empty("same"), wasm(TEXT));
    let engine = Engine::default();
    let alone = Module::new(&engine, &wasm)?;
    let seen = told(&alone)?;
    for first in 0..sets().len() {
        let _ = fs::remove_dir_all(&folder);
        let mut order = sets();
        order.rotate_left(first);
        for (n, features) in order.into_iter().enumerate() {
            let cache = open(&engine, &folder);
            let module = cache.module(&wasm, features, &CompileControl::new())?;
            assert_eq!(told(&module)?, seen);
            assert_eq!(counts(&cache), if n == 0 { (1, 0, 0) } else { (0, 1, 0) });
            let stats = module.compile_stats();
            assert_eq!(stats, alone.compile_stats());
        }
    }
    Ok(())
}

#[test]
fn what_is_valid_elsewhere_is_refused_by_a_later_process() -> Result<()> {
    let (folder, control) = (empty("refused"), CompileControl::new());
    let wasm = wasm("(module (memory 1) (memory 1) (func (result i32) (i32.const 1)))");
    let strict = Engine::new(Config::new().features(WasmFeatures::WASM1))?;
    let wanted = Module::new(&strict, &wasm).expect_err("not of this standard").to_string();
    let engine = Engine::default();
    for n in 0..3 {
        let cache = open(&engine, &folder);
        for _ in 0..2 {
            let refused = cache.module(&wasm, WasmFeatures::WASM1, &control);
            assert_eq!(refused.expect_err("refused").to_string(), wanted);
            module(&cache, &wasm)?;
        }
        assert_eq!(counts(&cache), if n == 0 { (1, 0, 0) } else { (0, 1, 0) });
        assert_eq!(cache.usage().refused, if n == 0 { 1 } else { 2 });
    }
    assert_eq!(CacheFolder::open(&folder, ROOM)?.usage().modules, 1, "refusals are no modules");
    Ok(())
}

#[test]
fn a_later_process_refuses_in_the_same_words_what_no_features_make_valid() -> Result<()> {
    let (folder, engine) = (empty("refusals"), Engine::default());
    let bytes = |n: u32| -> Vec<u8> {
        match n % 3 {
            // Malformed; invalid; what is not known to be valid.
            0 => [&b"\0asm\x01\0\0\0"[..], &n.to_le_bytes(), b"more"].concat(),
            1 => wasm(&format!("(module (func (i64.const {n}) (i32.const 1) (drop)))")),
            _ => wasm(&format!("(module (func (result i64) (i64.const {n}) (f32.const 1)))")),
        }
    };
    let refuse = |cache: &ModuleCache, n| {
        let error = module(cache, &bytes(n)).expect_err("it is refused");
        assert!(matches!(error, Error::Malformed(_) | Error::Invalid(_)), "{error}");
        format!("{error:?}")
    };
    let alone = ModuleCache::new(&engine, 1 << 20);
    let wanted: Vec<_> = (0..200).map(|n| refuse(&alone, n)).collect();
    // Some are written together, the last ones when the folder is closed.
    for known in [0, 200, 200] {
        let cache = open(&engine, &folder);
        assert_eq!((0..200).map(|n| refuse(&cache, n)).collect::<Vec<_>>(), wanted);
        assert_eq!((cache.usage().refused, counts(&cache)), (known, (0, 0, 0)));
    }
    Ok(())
}

#[test]
fn other_settings_have_other_code() -> Result<()> {
    let (folder, wasm) = (empty("settings"), wasm(TEXT));
    let changes: [fn(&mut Config) -> &mut Config; 12] = [
        |config| config,
        |c| c.opt_level(OptLevel::None),
        |c| c.regalloc_algorithm(RegallocAlgorithm::SinglePass),
        |c| c.gc_stress(true),
        |c| c.relaxed_simd_deterministic(true),
        |c| c.interruptible(true),
        |c| c.consume_fuel(true),
        |c| c.host_extensions(false),
        |c| c.compile_budget(Some(1 << 20)),
        |c| c.features(WasmFeatures::WASM1),
        |c| c.verify_ir(!cfg!(debug_assertions)),
        |c| c.compile_threads(2),
    ];
    for wanted in [(1, 0, 0), (0, 1, 0)] {
        for (n, change) in changes.iter().enumerate() {
            let mut config = Config::new();
            change(&mut config);
            let cache = open(&Engine::new(&config)?, &folder);
            cache.module(&wasm, WasmFeatures::WASM1, &CompileControl::new())?;
            assert_eq!(counts(&cache), wanted, "setting {n}");
        }
    }
    // What has no influence on code: the same code.
    let cache = open(&Engine::new(Config::new().max_wasm_stack(1 << 16))?, &folder);
    module(&cache, &wasm)?;
    assert_eq!(counts(&cache), (0, 1, 0));
    // What is to fail is not found in a folder.
    let cache =
        open(&Engine::new(Config::new().plant_failure(Some(PlantedFailure::Panic)))?, &folder);
    assert!(matches!(module(&cache, &wasm), Err(Error::Internal(_))));
    Ok(())
}

/// Random numbers that are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// The files of a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
}

/// Damages a file, unless it is empty.
fn damage(file: &Path, random: &mut Random) {
    let mut bytes = fs::read(file).expect("readable");
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    match random.below(5) {
        0 => bytes.truncate(at),
        1 => bytes[at] ^= 1 << random.below(8),
        2 => bytes[at..].fill(random.below(256) as u8),
        3 => {
            let end = bytes.len().min(at + 1 + random.below(200));
            bytes[at..end].iter_mut().for_each(|byte| *byte = random.below(256) as u8);
        }
        _ => bytes
            .extend((0..random.below(200)).map(|_| random.below(256) as u8).collect::<Vec<_>>()),
    }
    fs::write(file, bytes).expect("writable");
}

#[test]
fn damage_of_any_kind_is_noticed() {
    const MODULES: i32 = 12;
    let (folder, engine, mut random) = (empty("damage"), Engine::default(), Random(0x1234_5678));
    let (mut compiled, mut loaded, mut noticed) = (0, 0, 0);
    for _ in 0..400 {
        let cache = open(&engine, &folder);
        (0..MODULES).for_each(|n| check(&cache, n));
        let counts = counts(&cache);
        assert_eq!(counts.0 + counts.1, MODULES as u64);
        (compiled, loaded, noticed) = (compiled + counts.0, loaded + counts.1, noticed + counts.2);
        // What was compiled again is there again.
        let cache = open(&engine, &folder);
        (0..MODULES).for_each(|n| check(&cache, n));
        assert_eq!(cache.usage().loaded, MODULES as u64);
        let files = files(&folder);
        damage(&files[random.below(files.len())], &mut random);
    }
    assert!(compiled > 100 && loaded > 1000 && noticed > 50, "{compiled} {loaded} {noticed}");
}

#[test]
fn what_was_written_with_another_secret_is_not_used() -> Result<()> {
    let (ours, theirs, engine) = (empty("ours"), empty("theirs"), Engine::default());
    let wasm = wasm(TEXT);
    module(&open(&engine, &ours), &wasm)?;
    module(&open(&engine, &theirs), &wasm)?;
    for name in ["modules-0.index", "modules-0.bytes"] {
        fs::copy(theirs.join(name), ours.join(name)).expect("it can be copied");
    }
    let cache = open(&engine, &ours);
    told(&module(&cache, &wasm)?)?;
    assert_eq!((cache.usage().compiled, cache.usage().loaded), (1, 0));
    Ok(())
}

#[test]
fn bytes_of_another_module_are_not_used() -> Result<()> {
    let (folder, engine) = (empty("swapped"), Engine::default());
    // Their code has the same size, so that all but the digests would fit.
    (1..=2).for_each(|n| check(&open(&engine, &folder), n));
    let (index, bytes) = (folder.join("modules-0.index"), folder.join("modules-0.bytes"));
    let records = fs::read(&index).expect("readable");
    // Each module has two records, for its code and for its validity.
    assert_eq!(records.len(), 4 * 64);
    let (first, second) = (&records[..64], &records[128..192]);
    // The key of one with the place of the other.
    let mut mixed = records.clone();
    mixed[16..64].copy_from_slice(&second[16..]);
    mixed[144..192].copy_from_slice(&first[16..]);
    fs::write(&index, mixed).expect("writable");
    let cache = open(&engine, &folder);
    (1..=2).for_each(|n| check(&cache, n));
    assert_eq!(counts(&cache), (2, 0, 2));
    // The bytes of one in the place of the other's.
    fs::write(&index, &records).expect("writable");
    let contents = fs::read(&bytes).expect("readable");
    let length = u64::from_le_bytes(*first[24..].first_chunk().expect("long")) as usize;
    let mut swapped = contents.clone();
    swapped[..length].copy_from_slice(&contents[length..2 * length]);
    swapped[length..2 * length].copy_from_slice(&contents[..length]);
    fs::write(&bytes, swapped).expect("writable");
    let cache = open(&engine, &folder);
    (1..=2).for_each(|n| check(&cache, n));
    assert_eq!(counts(&cache), (2, 0, 2));
    Ok(())
}

#[test]
fn what_was_not_used_for_longest_leaves_a_full_folder() {
    let (folder, engine) = (empty("full"), Engine::default());
    let size = || {
        let length = |file: &PathBuf| file.metadata().expect("it is there").len();
        files(&folder).iter().map(length).sum::<u64>()
    };
    check(&open(&engine, &folder), 0);
    // Room for about twenty modules.
    let room = 20 * size();
    for n in 1..200 {
        let folder = CacheFolder::open(&folder, room).expect("it opens");
        let cache = ModuleCache::with_folder(&engine, 1 << 20, folder);
        check(&cache, n);
        // This one is used all the time, and stays.
        check(&cache, 0);
        assert_eq!(counts(&cache), (1, 1, 0), "module {n}");
        // The last one before it is there, too.
        check(&cache, n - 1);
        assert_eq!(cache.usage().compiled, 1, "module {n}");
        assert!(size() <= room + room / 4, "{} of {room} bytes", size());
    }
    let cache = open(&engine, &folder);
    check(&cache, 100);
    assert_eq!(counts(&cache), (1, 0, 0), "it had to leave");
}

#[test]
fn several_may_have_the_same_folder() {
    let folder = empty("shared");
    let engine = Engine::default();
    std::thread::scope(|scope| {
        for first in 0..8 {
            let (folder, engine) = (&folder, &engine);
            scope.spawn(move || {
                let cache = open(engine, folder);
                (0..100).for_each(|n| check(&cache, (n + 7 * first) % 100));
                assert_eq!(cache.usage().damaged, 0);
            });
        }
    });
    let cache = open(&engine, &folder);
    (0..100).for_each(|n| check(&cache, n));
    let usage = CacheFolder::open(&folder, ROOM).expect("it opens").usage();
    assert_eq!(usage.modules, 100);
    // Whoever found the lock taken may have kept some for later, and then had nothing more to write.
    assert!(cache.usage().loaded >= 92, "{:?}", cache.usage());
}

#[test]
fn a_folder_that_cannot_be_trusted_or_used_is_not() {
    let folder = empty("mode");
    drop(CacheFolder::open(&folder, ROOM).expect("it can be made"));
    assert_eq!(folder.metadata().expect("it is there").mode() & 0o777, 0o700);
    let secret = folder.join("touchstone.secret");
    assert_eq!(secret.metadata().expect("it is there").mode() & 0o777, 0o600);
    let set = |mode| fs::set_permissions(&secret, fs::Permissions::from_mode(mode));
    set(0o640).expect("it is ours");
    let error = CacheFolder::open(&folder, ROOM).expect_err("others can read the secret");
    assert!(error.to_string().contains("others can read it"), "{error}");
    set(0o600).expect("it is ours");
    CacheFolder::open(&folder, ROOM).expect("nobody else can read the secret");
    let in_a_file = CacheFolder::open(secret.join("folder"), ROOM);
    let error = in_a_file.expect_err("a file is no folder").to_string();
    assert!(error.contains("touchstone.secret/folder"), "it says which folder: {error}");
}

/// Nothing outside of the folder is written, whatever somebody puts into it, and nothing is waited for.
#[test]
fn a_folder_of_traps_is_refused() {
    let refused = |folder: &Path, part: &str| {
        let error = CacheFolder::open(folder, ROOM).expect_err("it is a trap").to_string();
        assert!(error.contains(part), "{error}");
    };
    let (folder, engine) = (empty("traps"), Engine::default());
    (0..3).for_each(|n| check(&open(&engine, &folder), n));
    let victim = folder.with_extension("victim");
    let content = vec![b'v'; 100];
    for name in ["modules-0.index", "modules-0.bytes", "touchstone.lock", "touchstone.secret"] {
        let (path, kept) = (folder.join(name), folder.join("kept"));
        fs::rename(&path, &kept).expect("it is ours");
        fs::write(&victim, &content).expect("it is ours");
        fs::set_permissions(&victim, fs::Permissions::from_mode(0o600)).expect("it is ours");
        std::os::unix::fs::symlink(&victim, &path).expect("it is ours");
        refused(&folder, &format!("its file `{name}` is a link"));
        assert_eq!(fs::read(&victim).expect("it is ours"), content);
        fs::remove_file(&path).expect("it is ours");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        if made.is_ok_and(|status| status.success()) {
            refused(&folder, "is no regular file");
            fs::remove_file(&path).expect("it is ours");
        }
        fs::rename(&kept, &path).expect("it is ours");
    }
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode));
    set(0o777).expect("it is ours");
    refused(&folder, "others can write the folder");
    set(0o700).expect("it is ours");
    let cache = open(&engine, &folder);
    (0..3).for_each(|n| check(&cache, n));
    assert_eq!(counts(&cache), (0, 3, 0));
}

/// Files of others in a folder that was named by mistake stay, and the last number is an error.
#[test]
fn files_of_others_stay() {
    let (folder, engine) = (empty("others"), Engine::default());
    drop(open(&engine, &folder));
    for name in ["secret", "lock", "0.index", "notes.bytes"] {
        fs::write(folder.join(name), name).expect("it is ours");
    }
    check(&open(&engine, &folder), 1);
    CacheFolder::clear(&folder).expect("it is ours");
    for name in ["secret", "lock", "0.index", "notes.bytes"] {
        assert_eq!(fs::read_to_string(folder.join(name)).expect("it is there"), name);
    }
    // No generation can follow this one: the rest is compiled, and nothing panics.
    fs::write(folder.join(format!("modules-{}.index", u64::MAX)), "").expect("it is ours");
    fs::write(folder.join(format!("modules-{}.bytes", u64::MAX)), vec![0; ROOM as usize])
        .expect("it is ours");
    let cache = open(&engine, &folder);
    (0..3).for_each(|n| check(&cache, n));
    assert_eq!(counts(&cache).0, 3);
}

#[test]
fn a_folder_can_be_cleared_while_it_is_used() {
    let (folder, engine) = (empty("clear"), Engine::default());
    let cache = open(&engine, &folder);
    (0..3).for_each(|n| check(&cache, n));
    assert!(CacheFolder::clear(&folder).expect("it is ours") > 3 * 64);
    (2..5).for_each(|n| check(&cache, n));
    let cache = open(&engine, &folder);
    (0..5).for_each(|n| check(&cache, n));
    assert_eq!(counts(&cache), (5, 0, 0));
    let folder = empty("nothing");
    assert_eq!(CacheFolder::clear(&folder).expect("there is nothing to do"), 0);
    assert!(!folder.exists());
}
