//! Statistics and errors of the collector.

/// Statistics of a store's collector since the store was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GcStats {
    /// Number of collections, explicit and automatic.
    pub collections: u64,
    /// Number of collections that freed nothing because of a [`Doubt`].
    pub skipped: u64,
    /// Number of Wasm frames that all collections together walked.
    pub walked_frames: u64,
    /// Number of live objects. With the [coalescing collector](crate::Collector::Coalescing), all objects that were
    /// made since the last collection count as live.
    pub live: u64,
    /// Bytes of live objects, without those of host values.
    pub live_bytes: u64,
    /// Bytes of all structures and arrays that were made.
    pub allocated_bytes: u64,
    /// Bytes of all objects that survived a collection, each counted at its first one, those of host values included. The
    /// counting collector, for which no collection is the first of an object, does not tell, and leaves this 0.
    pub survived_bytes: u64,
    /// Number of objects that were freed. With the [coalescing collector](crate::Collector::Coalescing), which does
    /// nothing for objects that die before their first collection, only those that had survived one, and those of
    /// host values.
    pub freed: u64,
    /// Number of backup marks that found objects which nothing reached, and which reference counting alone
    /// would have kept. The [coalescing collector](crate::Collector::Coalescing) does not tell these from others that
    /// died since the last collection.
    pub cycles: u64,
    /// Number of objects in the activations table, which frames may hold. The [coalescing
    /// collector](crate::Collector::Coalescing) has no such table; this is the number of references that frames held at
    /// its last collection.
    pub table_entries: u64,
    /// The largest number of objects that were ever in the activations table.
    pub table_high_water: u64,
    /// The doubt because of which the last skipped collection freed nothing.
    pub last_doubt: Option<Doubt>,
}

/// The reason why a collection freed nothing: the stack is not as it must be. This is a defect of the engine,
/// or of unsafe code of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Doubt {
    /// Wasm is on the stack, but no exit from it was recorded.
    #[error("Wasm is on the stack, but where it was left was not recorded")]
    NoExit,
    /// The canary word of an entry frame was changed, or is elsewhere.
    #[error("the canary of an entry frame is gone")]
    Canary,
    /// Frame pointers do not lead from an exit to its entry.
    #[error("the frame pointer {0:#x} does not lead to the entry frame")]
    FramePointer(usize),
    /// A return address is not in code of this process's modules.
    #[error("the return address {0:#x} is not in compiled code")]
    UnknownCode(usize),
    /// The call before a return address has no stack map.
    #[error("the call before {0:#x} has no stack map")]
    NoStackMap(usize),
    /// There are not as many activations as were entered.
    #[error("the stack has {found} activations, not {expected}")]
    Activations {
        /// Activations that were entered and not left yet.
        expected: usize,
        /// Activations that the walk found.
        found: usize,
    },
    /// A frame holds a value that cannot be a reference.
    #[error("a frame holds {0:#x}, which is not a reference")]
    NotAReference(u32),
    /// A frame holds a reference that never joined the activations table, or a freed one.
    #[error("a frame holds {0:#x}, which is not in the activations table")]
    NotInTable(u32),
    /// A global, a table, a segment, a handle or an object holds a reference to what is no object, or was freed.
    /// Only stores in stress mode look for such.
    #[error("something holds {0:#x}, which is not a reference to an object")]
    NotAnObject(u32),
}

/// The result of a verification that failed: either the heap is not as it must be, which is a defect of the
/// engine, or the verification was interrupted before its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HeapError(Found);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Found {
    #[error("the heap is broken: {0}")]
    Broken(String),
    #[error("the verification of the heap was interrupted")]
    Interrupted,
}

impl HeapError {
    pub(crate) fn broken(what: String) -> Self {
        HeapError(Found::Broken(what))
    }

    pub(crate) fn interrupted() -> Self {
        HeapError(Found::Interrupted)
    }

    /// Whether the verification found nothing because the store was interrupted.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.0, Found::Interrupted)
    }
}
