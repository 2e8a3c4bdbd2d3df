//! Bytes that outlast the process, in a folder that several processes share.
//!
//! In: bytes with keys, and the most room that they may take. Out: the same bytes for the same keys, now or in a
//! later process, or nothing. What lies in the folder is trusted in nothing: whatever was not written by someone
//! who knows the folder's secret counts as if it were not there. The secret is random, and a file that only its
//! owner can read.
//!
//! | file | contents |
//! |---|---|
//! | `touchstone.secret` | the 32 bytes of the key of all digests |
//! | `touchstone.lock` | nothing; whoever writes holds a lock on it |
//! | `modules-N.index` | the records of generation `N`, of 64 bytes each: key, place, length, digest of the bytes, digest of all that |
//! | `modules-N.bytes` | the bytes themselves, one after another |
//!
//! The folder has to be one that nobody else can write, and its files regular ones of the same user: otherwise somebody
//! could have this process write to a file elsewhere, through a link, or wait for ever, at a pipe.
//!
//! Only the end of a file is ever written, and its bytes before the record that names them. So a reader needs no
//! lock, and a process that is killed leaves at most bytes that nobody names. The generation with the largest
//! number takes what is new; and also what is found in the one before. When it has half of the room, a new one is
//! begun, and the one before the last is removed, with all that was not asked for meanwhile. No time of use has to be
//! kept for that.
//!
//! Knows nothing of what the bytes mean.

use crate::compile::places::{Key, Place, Places, RECORD, Tag, to_record};
use crate::value::error::{Error, Result};
use log::{debug, warn};
use parking_lot::Mutex;
use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Compiled modules in a folder, for a [`ModuleCache`](crate::ModuleCache) that outlasts the process. Any number of
/// processes may have the same folder open.
///
/// What lies there is machine code, so every piece has a keyed digest, which is looked at first: what is damaged, cut
/// short or forged is not used. The key of the digests is a file in the folder that nobody else can read. Whoever
/// can read it, or can trace this process, could as well replace the program.
pub struct CacheFolder {
    path: PathBuf,
    room: u64,
    secret: Secret,
    lock: File,
    state: Mutex<State>,
}

/// What a [`CacheFolder`] holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FolderUsage {
    /// Number of modules, under all settings and of all versions of the engine.
    pub modules: usize,
    /// Size of the folder's files in bytes.
    pub bytes: u64,
}

type Secret = [u8; blake3::KEY_LEN];

/// What a digest is of, so that none can stand for another.
#[derive(Clone, Copy)]
enum Of {
    Key,
    Bytes,
    Record,
}

struct State {
    current: Generation,
    previous: Option<Generation>,
    /// What is to be written: it waits while another process has the lock.
    pending: Vec<(Key, Vec<u8>)>,
    ahead: Ahead,
    /// How many bytes were asked for that were damaged.
    damaged: u64,
    /// Whether writing failed, so that it is not tried again.
    failed: bool,
}

/// A piece of a generation's bytes, read ahead: who asks for what an earlier run asked for does so in the order in which
/// that wrote it, and most entries are small.
#[derive(Default)]
struct Ahead {
    /// The generation, and where the piece begins.
    of: (u64, u64),
    piece: Vec<u8>,
    /// Where the bytes end that were asked for last.
    next: u64,
}

impl Ahead {
    /// The bytes at a place, if they are short and were read ahead. They are read ahead now if they come soon after the
    /// ones before.
    fn get(&mut self, generation: u64, file: &File, place: &Place) -> Option<Vec<u8>> {
        let end = place.offset.checked_add(place.length)?;
        let same = self.of.0 == generation;
        let is_near = same && place.offset.checked_sub(self.next).is_some_and(|gap| gap < PIECE);
        self.next = end;
        if !same {
            (self.of, self.piece) = ((generation, 0), Vec::new());
        }
        if place.length > PIECE / 4 {
            return None;
        }
        if let Some(bytes) = self.slice(place) {
            return Some(bytes);
        }
        if !is_near {
            return None;
        }
        self.of.1 = place.offset;
        self.piece.resize(PIECE as usize, 0);
        let read = file.read_at(&mut self.piece, place.offset).unwrap_or(0);
        self.piece.truncate(read);
        self.slice(place)
    }

    fn slice(&self, place: &Place) -> Option<Vec<u8>> {
        let start = usize::try_from(place.offset.checked_sub(self.of.1)?).ok()?;
        let end = start.checked_add(usize::try_from(place.length).ok()?)?;
        self.piece.get(start..end).map(<[u8]>::to_vec)
    }
}

/// Two files, and what is in them.
struct Generation {
    number: u64,
    index: File,
    bytes: Arc<File>,
    places: Places,
    /// How many bytes of the index are in `places`.
    known: u64,
}

/// The names of files. Each says whose it is: a folder that is named by mistake may have files of others.
const SECRET: &str = "touchstone.secret";
const NEW_SECRET: &str = "touchstone.secret.new";
const LOCK: &str = "touchstone.lock";
/// What the names of generations' files begin with.
const PREFIX: &str = "modules-";

/// How many bytes of a file are read at once: a multiple of [`RECORD`].
const PIECE: u64 = 64 << 10;

/// How long to wait for a process that has the lock, where there is no way without it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many small entries are written together.
const TOGETHER: usize = 64;

/// What may wait to be written. Beyond that it is not kept.
const PENDING: usize = 16 << 20;

impl std::fmt::Debug for CacheFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CacheFolder").field("path", &self.path).finish_non_exhaustive()
    }
}

impl CacheFolder {
    /// Opens a folder, which is made if it is not there. What is in it takes about `room` bytes at most: what was not
    /// used for long leaves it.
    ///
    /// # Errors
    /// Fails with [`Host`](Error::Host) if the folder cannot be read and written, if it belongs to somebody else or others
    /// can write it, if others can read its secret, if a file in it is a link or no regular file, or if another process
    /// holds its lock for seconds.
    pub fn open(path: impl AsRef<Path>, room: u64) -> Result<CacheFolder> {
        let path = path.as_ref();
        CacheFolder::try_open(path, room)
            .map_err(|error| Error::host(format!("`{}`: {error}", path.display())))
    }

    fn try_open(path: &Path, room: u64) -> io::Result<CacheFolder> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        is_private(path)?;
        let lock = open_file(&path.join(LOCK), private())?;
        let locked = Locked::wait(&lock)?;
        let secret = secret(path)?;
        let current = Generation::newest(path, room)?;
        let previous = Generation::before(path, current.number, room);
        drop(locked);
        let (pending, ahead, damaged, failed) = Default::default();
        let state = Mutex::new(State { current, previous, pending, ahead, damaged, failed });
        Ok(CacheFolder { path: path.to_owned(), room, secret, lock, state })
    }

    /// Removes all that is in the folder, its secret included, and gives the number of bytes. Processes that have it
    /// open go on with what they have.
    ///
    /// # Errors
    /// Fails with [`Host`](Error::Host) if a file cannot be removed, or another process holds the lock for seconds.
    pub fn clear(path: impl AsRef<Path>) -> Result<u64> {
        let path = path.as_ref();
        let failed = |error: io::Error| Error::host(format!("`{}`: {error}", path.display()));
        match is_private(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            checked => checked.map_err(failed)?,
        }
        let lock = open_file(&path.join(LOCK), private()).map_err(failed)?;
        let _locked = Locked::wait(&lock).map_err(failed)?;
        let mut removed = 0;
        let files = generations(path).map_err(failed)?.into_iter().flat_map(|n| files(path, n));
        for file in files.chain([path.join(SECRET), path.join(NEW_SECRET)]) {
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            match fs::remove_file(&file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                result => result.map(|()| removed += length).map_err(failed)?,
            }
        }
        Ok(removed)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is in the folder, as far as this process knows.
    pub fn usage(&self) -> FolderUsage {
        let state = &mut *self.state.lock();
        let (mut modules, mut bytes) = (HashSet::<Key>::new(), 0);
        for generation in std::iter::once(&mut state.current).chain(&mut state.previous) {
            bytes += generation.size().unwrap_or_default();
            let keys = generation.places.all().keys();
            modules.extend(keys.filter(|key| key.last().is_some_and(|last| last & 1 != 0)));
        }
        FolderUsage { modules: modules.len(), bytes }
    }

    /// How many bytes were asked for and found damaged.
    pub(crate) fn damaged(&self) -> u64 {
        self.state.lock().damaged
    }

    /// The key that stands for these values. Its last bit says whether it is that of a module's code or of something that
    /// is known of a module.
    pub(crate) fn key(&self, is_code: bool, values: &[&[u8]]) -> Key {
        let mut key = self.digest(Of::Key, values);
        let last = key.last_mut().expect("it has 16 bytes");
        *last = *last & !1 | u8::from(is_code);
        key
    }

    fn digest(&self, of: Of, values: &[&[u8]]) -> Tag {
        let mut hasher = blake3::Hasher::new_keyed(&self.secret);
        hasher.update(&[of as u8]);
        for value in values {
            hasher.update(&(value.len() as u64).to_le_bytes()).update(value);
        }
        half(&hasher.finalize())
    }

    /// The digest of a record, which is only about what names its bytes.
    fn record_digest(&self, key: &Key, place: &Place) -> Tag {
        let (offset, length) = (place.offset.to_le_bytes(), place.length.to_le_bytes());
        self.digest(Of::Record, &[key, &offset, &length, &place.bytes])
    }

    /// The bytes with this key, if they are there and undamaged.
    pub(crate) fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let (place, file, generation, is_old) = self.find(key)?;
        let is_right = |bytes: &Vec<u8>| self.digest(Of::Bytes, &[bytes]) == place.bytes;
        let read = || {
            // The digest of the record was looked at, so this is a length that was written.
            let mut bytes = vec![0; usize::try_from(place.length).ok()?];
            file.read_exact_at(&mut bytes, place.offset).ok()?;
            Some(bytes).filter(is_right)
        };
        let ahead = self.state.lock().ahead.get(generation, &file, &place);
        let Some(bytes) = ahead.filter(is_right).or_else(read) else {
            self.forget(key);
            return None;
        };
        if is_old {
            self.put([(*key, bytes.clone())]);
        }
        Some(bytes)
    }

    /// Whether there is something with this key.
    pub(crate) fn has(&self, key: &Key) -> bool {
        let Some((.., is_old)) = self.find(key) else { return false };
        if is_old {
            self.put([(*key, Vec::new())]);
        }
        true
    }

    /// Where the bytes with this key are, if the record about them is undamaged: the file, the number of its generation,
    /// and whether that is the previous one.
    fn find(&self, key: &Key) -> Option<(Place, Arc<File>, u64, bool)> {
        let found = {
            let state = &mut *self.state.lock();
            let in_it = |generation: &mut Generation| {
                let place = generation.places.get(key)?;
                Some((place, generation.bytes.clone(), generation.number))
            };
            let found = in_it(&mut state.current).map(|(place, file, n)| (place, file, n, false));
            let mut in_previous = || state.previous.as_mut().and_then(in_it);
            found.or_else(|| in_previous().map(|(place, file, n)| (place, file, n, true)))
        };
        let (place, ..) = &found.as_ref()?;
        if self.record_digest(key, place) != place.record {
            self.forget(key);
            return None;
        }
        found
    }

    /// Notes that what has this key is damaged, so that it is written again.
    pub(crate) fn forget(&self, key: &Key) {
        let mut state = self.state.lock();
        state.damaged += 1;
        if !state.current.places.remove(key)
            && let Some(previous) = &mut state.previous
        {
            previous.places.remove(key);
        }
    }

    /// Writes bytes, or nothing where a key has no bytes but is to be known. If another process is about to write, they
    /// are written with the next ones. If writing fails, that is logged, and nothing more is written.
    pub(crate) fn put(&self, entries: impl IntoIterator<Item = (Key, Vec<u8>)>) {
        let mut state = self.state.lock();
        if state.failed {
            return;
        }
        state.pending.extend(entries);
        if let Err(error) = self.write(&mut state) {
            warn!(
                target: "touchstone::cache",
                "`{}`: {error}; no more is written there", self.path.display()
            );
            state.failed = true;
            state.pending.clear();
        }
    }

    /// Does the same with an entry that is so small that writing it takes longer than to find it anew: it is written
    /// with others, or when the folder is closed.
    pub(crate) fn put_later(&self, entry: (Key, Vec<u8>)) {
        let mut state = self.state.lock();
        if state.failed {
            return;
        }
        state.pending.push(entry);
        if state.pending.len() >= TOGETHER {
            drop(state);
            self.put([]);
        }
    }

    /// Writes what is pending, if no other process is writing.
    fn write(&self, state: &mut State) -> io::Result<()> {
        let Some(_locked) = Locked::at_once(&self.lock)? else {
            let waiting: usize = state.pending.iter().map(|(_, bytes)| bytes.len()).sum();
            if waiting > PENDING {
                state.pending.clear();
            }
            return Ok(());
        };
        // Others may have written the same.
        state.current.catch_up(self.room)?;
        if state.current.size()? > self.room / 2 {
            let old = state.current.number;
            let newest = Generation::newest(&self.path, self.room)?;
            let next = match newest.number > old {
                true => newest,
                false => {
                    let next = old.checked_add(1).ok_or_else(|| {
                        io::Error::other(
                            "a file has the last number that there is; remove the folder",
                        )
                    })?;
                    Generation::open(&self.path, next, self.room)?
                }
            };
            debug!(target: "touchstone::cache", "generation {} begins", next.number);
            let before = std::mem::replace(&mut state.current, next);
            state.previous = match before.number + 1 == state.current.number {
                true => Some(before),
                false => Generation::before(&self.path, state.current.number, self.room),
            };
            remove_before(&self.path, state.current.number)?;
        }
        let current = &mut state.current;
        let start = current.bytes.metadata()?.len();
        let (mut bytes, mut records) = (Vec::new(), Vec::new());
        for (key, payload) in state.pending.drain(..) {
            if current.places.all().contains_key(&key) {
                continue;
            }
            let mut place = Place {
                offset: start + bytes.len() as u64,
                length: payload.len() as u64,
                bytes: self.digest(Of::Bytes, &[&payload]),
                record: Tag::default(),
            };
            place.record = self.record_digest(&key, &place);
            bytes.extend_from_slice(&payload);
            records.push(to_record(&key, &place));
        }
        current.bytes.write_all_at(&bytes, start)?;
        current.index.write_all_at(records.as_flattened(), current.known)?;
        current.known += (records.len() * RECORD) as u64;
        current.places.extend(&records);
        Ok(())
    }
}

impl Drop for CacheFolder {
    fn drop(&mut self) {
        if !self.state.lock().pending.is_empty() {
            self.put([]);
        }
    }
}

impl Generation {
    /// Opens the newest generation of a folder, or makes the first one. The caller has the lock.
    fn newest(path: &Path, room: u64) -> io::Result<Generation> {
        let number = generations(path)?.into_iter().max().unwrap_or_default();
        Generation::open(path, number, room)
    }

    /// Opens the generation before one, if it is there and can be opened.
    fn before(path: &Path, number: u64, room: u64) -> Option<Generation> {
        let number = number.checked_sub(1)?;
        let is_there = files(path, number).iter().all(|file| file.exists());
        is_there.then(|| Generation::open(path, number, room).ok()).flatten()
    }

    /// Opens a generation, or makes it.
    fn open(path: &Path, number: u64, room: u64) -> io::Result<Generation> {
        let [index, bytes] = files(path, number);
        let open = |path: PathBuf| open_file(&path, private());
        let (index, bytes) = (open(index)?, Arc::new(open(bytes)?));
        let places = Places::default();
        let mut generation = Generation { number, index, bytes, places, known: 0 };
        generation.catch_up(room)?;
        Ok(generation)
    }

    /// Reads what others added to the index. Of an index that is longer than all may be, nothing is read.
    fn catch_up(&mut self, room: u64) -> io::Result<()> {
        let whole = |length: u64| length - length % RECORD as u64;
        let length = whole(self.index.metadata()?.len());
        let new = length.saturating_sub(self.known);
        if new <= room {
            // In pieces: a file may say that it is longer than what was written to it.
            let mut piece = vec![0; new.min(PIECE) as usize];
            let mut at = self.known;
            while at < length {
                let part = &mut piece[..(length - at).min(PIECE) as usize];
                self.index.read_exact_at(part, at)?;
                self.places.extend(part.as_chunks().0);
                at += part.len() as u64;
            }
        }
        self.known = length;
        Ok(())
    }

    /// The size of its files in bytes.
    fn size(&self) -> io::Result<u64> {
        Ok(self.index.metadata()?.len() + self.bytes.metadata()?.len())
    }
}

/// A lock that no two processes have at once, nor two open folders of one process.
struct Locked<'a>(&'a File);

impl<'a> Locked<'a> {
    fn at_once(file: &'a File) -> io::Result<Option<Self>> {
        match file.try_lock() {
            Ok(()) => Ok(Some(Locked(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Waits for the lock, but not for ever, as a process that has it may be stopped.
    fn wait(file: &'a File) -> io::Result<Self> {
        let began = Instant::now();
        loop {
            if let Some(locked) = Locked::at_once(file)? {
                return Ok(locked);
            }
            if began.elapsed() > PATIENCE {
                return Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "another process keeps the folder locked",
                ));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        // It is also given back when the file is closed.
        let _ = self.0.unlock();
    }
}

/// How files are opened: made where they are not there, for nobody else.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options
}

/// Opens a file of the folder, which has to be a regular one of this user, and no link.
fn open_file(path: &Path, mut options: OpenOptions) -> io::Result<File> {
    // A pipe would be waited for.
    let opened = options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path);
    let name = || path.file_name().unwrap_or_default().display();
    let refused = |what: &str| {
        let text = format!("its file `{}` {what}; remove the folder", name());
        io::Error::new(io::ErrorKind::PermissionDenied, text)
    };
    let file = match opened {
        Err(error) if error.raw_os_error() == Some(libc::ELOOP) => {
            return Err(refused("is a link"));
        }
        opened => opened?,
    };
    let metadata = file.metadata()?;
    match () {
        () if !metadata.is_file() => Err(refused("is no regular file")),
        () if !is_ours(&metadata) => Err(refused("belongs to somebody else")),
        () => Ok(file),
    }
}

fn is_ours(metadata: &fs::Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// Checks that nobody else can write a folder.
fn is_private(folder: &Path) -> io::Result<()> {
    let metadata = fs::metadata(folder)?;
    let refused = |what: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
    match () {
        () if !is_ours(&metadata) => refused("the folder belongs to somebody else"),
        () if metadata.mode() & 0o022 != 0 => {
            refused("others can write the folder (chmod go-w makes it private)")
        }
        () => Ok(()),
    }
}

/// The two files of a generation.
fn files(path: &Path, number: u64) -> [PathBuf; 2] {
    ["index", "bytes"].map(|which| path.join(format!("{PREFIX}{number}.{which}")))
}

/// The numbers of the generations in a folder.
fn generations(path: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(".index"));
        numbers.extend(name.and_then(|name| name.parse::<u64>().ok()));
    }
    Ok(numbers)
}

/// Removes all generations but this one and the one before it.
fn remove_before(path: &Path, number: u64) -> io::Result<()> {
    for old in generations(path)?.into_iter().filter(|old| *old < number.saturating_sub(1)) {
        for file in files(path, old) {
            match fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The secret of a folder, which is made where there is none, or none of the right size. The caller has the lock.
fn secret(folder: &Path) -> io::Result<Secret> {
    let path = folder.join(SECRET);
    let mut secret = Secret::default();
    match open_file(&path, OpenOptions::new().read(true).clone()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(mut file) => {
            let metadata = file.metadata()?;
            if metadata.mode() & 0o077 != 0 {
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    format!("others can read its file `{SECRET}`; remove the folder"),
                ));
            }
            if metadata.len() == secret.len() as u64 {
                file.read_exact(&mut secret)?;
                return Ok(secret);
            }
        }
        Err(_) => {}
    }
    File::open("/dev/urandom")?.read_exact(&mut secret)?;
    let new = folder.join(NEW_SECRET);
    let _ = fs::remove_file(&new);
    let mut options = private();
    options.create_new(true);
    open_file(&new, options)?.write_all(&secret)?;
    fs::rename(new, path)?;
    Ok(secret)
}

fn half(hash: &blake3::Hash) -> Tag {
    *hash.as_bytes().first_chunk().expect("it is longer")
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_ahead_is_what_the_file_has() {
        let path = std::env::temp_dir().join(format!("touchstone-ahead-{}", std::process::id()));
        let contents: Vec<u8> = (0..300_000_u64).map(|n| ((n * n) >> 7) as u8).collect();
        fs::write(&path, &contents).expect("it can be written");
        let file = File::open(&path).expect("it is there");
        fs::remove_file(&path).expect("it is there");
        let place = |offset, length| Place { offset, length, bytes: [0; 16], record: [0; 16] };
        let (mut ahead, mut hits, mut at) = (Ahead::default(), 0, 0);
        // In order, with gaps, and now and then something that is long or elsewhere.
        for n in 0.. {
            let (offset, length) = match n % 17 {
                5 => (at, 40_000),
                11 => (at / 3, 50),
                _ => (at, n * 7 % 400),
            };
            at = at.max(offset + length + n % 3);
            let end = (offset + length) as usize;
            let Some(wanted) = contents.get(offset as usize..end) else { break };
            let got = ahead.get(0, &file, &place(offset, length));
            hits += u32::from(got.is_some());
            assert!(got.is_none_or(|got| got == wanted), "{length} bytes at {offset}");
        }
        assert!(hits > 50, "{hits}");
        // Bytes past the end are not there, and those of another file are others.
        let last = contents.len() as u64;
        assert_eq!(ahead.get(0, &file, &place(0, 10)), None, "it is too far away");
        assert_eq!(ahead.get(0, &file, &place(last, 1)), None);
        assert_eq!(ahead.get(0, &file, &place(u64::MAX, 1)), None);
        let other = File::open("/dev/zero").expect("it is there");
        assert_eq!(ahead.get(1, &other, &place(0, 3)), None, "nothing of it was read");
        assert_eq!(ahead.get(1, &other, &place(3, 3)).as_deref(), Some(&[0; 3][..]));
    }
}
