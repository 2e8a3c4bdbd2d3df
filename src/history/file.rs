//! The file of a history: opened, checked, made, and changed by one process at a time.
//!
//! In: the name of a file. Out: a connection to a history of a form that is known here. A file that is not a
//! history is refused, and never written to. Nothing here knows what is in a history.

use super::trouble::Trouble;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// What tells a history from other files of SQLite: `Tchs`.
const APPLICATION: i64 = 0x5463_6873;

/// The form of a history.
pub(super) const FORM: i64 = 3;

const SCHEMA: &str = include_str!("schema.sql");

/// What makes a history of form 1 one of form 2: runs have `setup`.
const FROM_1: &str = "CREATE TABLE setup (
  id INTEGER PRIMARY KEY, flags TEXT NOT NULL, harness TEXT NOT NULL, UNIQUE (flags, harness)
);
ALTER TABLE run ADD COLUMN setup INTEGER REFERENCES setup;";

/// What makes a history of form 2 one of form 3: runs say what tells their exception lists from others.
const FROM_2: &str = "ALTER TABLE run ADD COLUMN exception_lists TEXT;";

/// Opens a history; makes one where `make` says so and there is no file, or an empty one.
///
/// # Errors
/// Fails if there is none, or if the file is something else, or newer, or damaged, or locked.
pub(super) fn open(path: &Path, make: bool, wait: Duration) -> Result<Connection, Trouble> {
    if !make && !path.exists() {
        return Err(Trouble::Missing);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flags = if make { flags | OpenFlags::SQLITE_OPEN_CREATE } else { flags };
    let mut connection = Connection::open_with_flags(path, flags)?;
    set_up(&connection, wait)?;
    match form(&connection)? {
        Some(FORM) => {}
        Some(_) => renew(&mut connection)?,
        // The file is empty: whoever made it did not come to more.
        None if !make => return Err(Trouble::Missing),
        None => create(&mut connection)?,
    }
    Ok(connection)
}

/// Makes a history that is kept in memory alone.
///
/// # Errors
/// As SQLite.
pub(super) fn in_memory() -> Result<Connection, Trouble> {
    let mut connection = Connection::open_in_memory()?;
    set_up(&connection, Duration::ZERO)?;
    create(&mut connection)?;
    Ok(connection)
}

fn set_up(connection: &Connection, wait: Duration) -> Result<(), Trouble> {
    connection.busy_timeout(wait)?;
    connection.set_prepared_statement_cache_capacity(64);
    // What is lost when a machine loses power is at most the last run, never the file.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    Ok(())
}

/// The size of a history, in bytes.
///
/// # Errors
/// As SQLite.
pub(super) fn size(connection: &Connection) -> Result<u64, Trouble> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let (pages, size): (i64, i64) = (number("page_count")?, number("page_size")?);
    Ok((pages * size).max(0) as u64)
}

/// Begins to change a history, when no other process does.
///
/// # Errors
/// Fails if others change it for too long.
pub(super) fn change(connection: &mut Connection) -> Result<Transaction<'_>, Trouble> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// The form of a history; none of an empty file.
fn form(connection: &Connection) -> Result<Option<i64>, Trouble> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let (application, form): (i64, i64) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, form, tables) {
        (APPLICATION, found, _) if found > FORM => Err(Trouble::Newer { found, known: FORM }),
        (APPLICATION, found, _) if found > 0 => Ok(Some(found)),
        (0, 0, 0) => Ok(None),
        _ => Err(Trouble::Foreign),
    }
}

/// Gives a history of an older form the present one.
fn renew(connection: &mut Connection) -> Result<(), Trouble> {
    let change = change(connection)?;
    // Another process may have been quicker.
    let found = form(&change)?;
    for (older, renewal) in [(1, FROM_1), (2, FROM_2)] {
        if found.is_some_and(|found| found <= older) {
            change.execute_batch(renewal)?;
            change.pragma_update(None, "user_version", older + 1)?;
        }
    }
    Ok(change.commit()?)
}

fn create(connection: &mut Connection) -> Result<(), Trouble> {
    let change = change(connection)?;
    // Another process may have been quicker.
    if form(&change)?.is_none() {
        change.execute_batch(SCHEMA)?;
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", FORM)?;
    }
    Ok(change.commit()?)
}
