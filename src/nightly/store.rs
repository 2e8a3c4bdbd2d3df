//! The folder that nights leave their reports in.
//!
//! In: the name of a folder. Out: places in it. One night at a time has the folder, by a lock that the system takes
//! back when its process ends, however that ends. What the night has done so far is in `now`, which becomes one of
//! `nights` when all is done; what is written is in a file `….part` until it is whole. Nothing here knows what reports say.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use touchstone::report::json::rfc3339;

/// The name of the history of all nights.
pub(crate) const HISTORY: &str = "history.sqlite";

/// The folder, which belongs to this process until this is dropped.
#[derive(Debug)]
pub(crate) struct Store {
    out: PathBuf,
    /// When this night began, as in RFC 3339.
    started: String,
    /// Whether it was begun by a process that did not end it.
    pub(crate) resumed: bool,
    _lock: File,
}

/// What `now` knows of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Night {
    started: String,
}

impl Store {
    /// Takes possession of the folder. Where another process has it, waits or says so.
    pub(crate) fn open(out: &Path, wait: bool) -> Result<Store, Problem> {
        let of = |error: io::Error| {
            Problem(format!("cannot use the folder `{}`: {error}", out.display()))
        };
        fs::create_dir_all(out.join("nights")).map_err(of)?;
        let lock = lock(out, wait)?;
        let now = out.join("now");
        let state = now.join("night.json");
        let known =
            fs::read(&state).ok().and_then(|text| serde_json::from_slice::<Night>(&text).ok());
        let resumed = known.is_some();
        if !resumed {
            another_second(out).map_err(of)?;
        }
        let night = known.unwrap_or_else(|| Night { started: rfc3339(seconds()) });
        let store =
            Store { out: out.to_owned(), started: night.started.clone(), resumed, _lock: lock };
        if resumed {
            remove_parts(&now).map_err(of)?;
        } else {
            fs::create_dir_all(&now).map_err(of)?;
            let text = serde_json::to_vec(&night)?;
            write(&state, |out| out.write_all(&text)).map_err(of)?;
        }
        Ok(store)
    }

    /// When this night began.
    pub(crate) fn started(&self) -> &str {
        &self.started
    }

    /// A file of this night.
    pub(crate) fn now(&self, name: &str) -> PathBuf {
        self.out.join("now").join(name)
    }

    /// Something that all nights share.
    pub(crate) fn shared(&self, name: &str) -> PathBuf {
        self.out.join(name)
    }

    /// Files of this name from at most so many nights, the last night first.
    pub(crate) fn earlier(&self, name: &str, most: usize) -> io::Result<Vec<PathBuf>> {
        earlier(&self.out, name, most)
    }

    /// The engines that the last night had reports of.
    pub(crate) fn last_engines(&self) -> io::Result<Vec<String>> {
        let Some(last) = nights(&self.out)?.pop() else { return Ok(Vec::new()) };
        let paths = fs::read_dir(last)?.collect::<io::Result<Vec<_>>>()?;
        let paths = paths.into_iter().map(|entry| entry.path());
        let reports = paths.filter(|path| path.extension().is_some_and(|end| end == "jsonl"));
        let names = reports.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Ends the night: what is in `now` becomes the last of all nights.
    pub(crate) fn commit(&self) -> io::Result<PathBuf> {
        let name = self.started.replace(':', "-");
        let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n:02}")));
        let mut places = names.map(|name| self.out.join("nights").join(name));
        let Some(place) = places.find(|place| !place.exists()) else {
            return Err(io::Error::other("there is no name left for the night"));
        };
        fs::rename(self.out.join("now"), &place)?;
        Ok(place)
    }

    /// Removes the reports of all but the last nights. What else they left stays.
    pub(crate) fn prune(&self, keep: usize) -> io::Result<()> {
        let nights = nights(&self.out)?;
        let old = nights.len().saturating_sub(keep);
        for night in nights.iter().take(if keep == 0 { 0 } else { old }) {
            for entry in fs::read_dir(night)? {
                let path = entry?.path();
                if path.extension().is_some_and(|end| end == "jsonl") {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

/// Writes a file that is not there before it is whole.
pub(crate) fn write<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> io::Result<T> {
    let part = part_of(path);
    let mut out = BufWriter::new(File::create(&part)?);
    let written = write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(&part, path)?;
    Ok(written)
}

/// The name of a file that is not whole yet.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Waits until the second is over in which the last night came to its end, if there was one: runs of an engine are told
/// apart by the seconds in which they began.
fn another_second(out: &Path) -> io::Result<()> {
    let nights = out.join("nights");
    if fs::read_dir(&nights)?.next().is_none() && !out.join(HISTORY).exists() {
        return Ok(());
    }
    let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // The folder changes when a night becomes one of it.
    let (ended, now) = (since(fs::metadata(nights)?.modified()?), since(SystemTime::now()));
    if ended.as_secs() == now.as_secs() {
        let past = Duration::from_nanos(now.subsec_nanos().into());
        std::thread::sleep(Duration::from_secs(1) - past);
    }
    Ok(())
}

/// Removes what a process was writing when it was ended.
fn remove_parts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "part") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Files of this name from at most so many nights of a folder, the last night first.
pub(crate) fn earlier(out: &Path, name: &str, most: usize) -> io::Result<Vec<PathBuf>> {
    let files = nights(out)?.into_iter().rev().map(|night| night.join(name));
    Ok(files.filter(|path| path.is_file()).take(most).collect())
}

/// The folders of all nights that came to their end, in order.
fn nights(out: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = out.join("nights");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut nights: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    nights.sort();
    Ok(nights)
}

fn lock(out: &Path, wait: bool) -> Result<File, Problem> {
    let path = out.join("lock");
    let of = |error: io::Error| Problem(format!("cannot lock `{}`: {error}", path.display()));
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = file.map_err(of)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) if wait => file.lock().map_err(of)?,
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            // Whoever has just taken the lock has not said yet who it is.
            let holder = match holder.trim() {
                "" => String::new(),
                holder => format!(" ({holder})"),
            };
            return Err(Problem(format!(
                "another nightly is at work in `{}`{holder}; nothing was changed. Wait for it (`--wait`), or take \
                 another folder (`--out`)",
                out.display()
            )));
        }
        Err(TryLockError::Error(error)) => return Err(of(error)),
    }
    let holder = format!("process {}, since {}\n", std::process::id(), rfc3339(seconds()));
    file.set_len(0).and_then(|()| file.rewind()).map_err(of)?;
    file.write_all(holder.as_bytes()).map_err(of)?;
    Ok(file)
}

/// Seconds since the Unix epoch.
fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
