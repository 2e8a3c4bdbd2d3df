//! What a store may use.

use crate::error::{Error, Result};

/// Limits on what a store's modules may allocate. By default there are none beyond those of the
/// engine and the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreLimits {
    /// How many instances can be made.
    pub instances: usize,
    /// How many memories can be made.
    pub memories: usize,
    /// How many tables can be made.
    pub tables: usize,
    /// Bytes that each memory can have.
    pub memory_bytes: u64,
    /// Elements that each table can have.
    pub table_elements: u64,
}

impl Default for StoreLimits {
    fn default() -> Self {
        StoreLimits {
            instances: usize::MAX,
            memories: usize::MAX,
            tables: usize::MAX,
            memory_bytes: u64::MAX,
            table_elements: u64::MAX,
        }
    }
}

impl StoreLimits {
    /// Refuses one more than `limit`, where there are `count` already.
    pub(crate) fn check(count: usize, limit: usize, what: &str) -> Result<()> {
        match count < limit {
            true => Ok(()),
            false => Err(Error::Resource(format!("the store is limited to {limit} {what}"))),
        }
    }
}
