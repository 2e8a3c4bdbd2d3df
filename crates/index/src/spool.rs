//! Scripts that wait outside of memory until somebody wants them.
//!
//! In: scripts. Out: the same scripts, again and again. They are in a temporary file that has no name any more, so
//! that nothing is left of it when the process ends, however that ends. Knows nothing of where scripts come from.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use touchstone_script::Script;

/// A temporary file of scripts.
#[derive(Debug)]
pub(crate) struct Spool {
    file: File,
    end: AtomicU64,
}

/// A script in a spool.
#[derive(Clone, Debug)]
pub(crate) struct Spooled {
    spool: Arc<Spool>,
    start: u64,
    length: usize,
}

impl Spool {
    /// Makes an empty one.
    ///
    /// # Errors
    /// Fails if the system's folder for temporary files cannot be written.
    pub(crate) fn new() -> io::Result<Spool> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("touchstone-scripts-{}-{number}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let mut options = OpenOptions::new();
            // Nothing that is there already is opened, not even through a link.
            match options.read(true).write(true).create_new(true).mode(0o600).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                file => {
                    let file = file?;
                    fs::remove_file(&path)?;
                    return Ok(Spool { file, end: AtomicU64::new(0) });
                }
            }
        }
    }

    /// Adds a script.
    ///
    /// # Errors
    /// Fails if it cannot be written, for instance because the disk is full.
    pub(crate) fn add(self: &Arc<Self>, script: &Script) -> io::Result<Spooled> {
        let bytes = postcard::to_stdvec(script).map_err(io::Error::other)?;
        let start = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.file.write_all_at(&bytes, start)?;
        Ok(Spooled { spool: self.clone(), start, length: bytes.len() })
    }
}

impl Spooled {
    /// The script.
    ///
    /// # Panics
    /// Panics if the temporary file cannot be read, which is a failure of the disk.
    pub(crate) fn script(&self) -> Script {
        let read = || {
            let mut bytes = vec![0; self.length];
            self.spool.file.read_exact_at(&mut bytes, self.start)?;
            postcard::from_bytes(&bytes).map_err(io::Error::other)
        };
        read().unwrap_or_else(|error| {
            panic!("the temporary file of scripts cannot be read back: {error}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_come_back_as_they_were() {
        let spool = Arc::new(Spool::new().expect("it can be made"));
        let script = |n: usize| {
            let text = r#"(module (func (export "f") (result f32) (f32.const 0x1p-3)))
                (assert_return (invoke "f") (f32.const nan:canonical))
                (assert_malformed (module quote "(func (") "unexpected")"#;
            touchstone_script::lower(&text.repeat(n)).expect("it is a script")
        };
        let spooled: Vec<Spooled> =
            (0..5).map(|n| spool.add(&script(n)).expect("it can be written")).collect();
        for n in [3, 0, 4, 1, 2, 3] {
            assert_eq!(spooled[n].script(), script(n));
        }
    }
}
