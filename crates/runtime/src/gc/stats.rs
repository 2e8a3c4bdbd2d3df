//! What the collector tells about itself.

/// Numbers of a store's collector, since the store was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GcStats {
    /// Collections, explicit and automatic.
    pub collections: u64,
    /// Those among them that freed nothing because of a [`Doubt`].
    pub skipped: u64,
    /// Wasm frames that collections walked, together.
    pub walked_frames: u64,
    /// Objects that are alive.
    pub live: u64,
    /// Objects that were freed.
    pub freed: u64,
    /// Objects in the activations table: what frames may hold.
    pub table_entries: u64,
    /// The most that ever were.
    pub table_high_water: u64,
    /// What made the latest skipped collection doubt.
    pub last_doubt: Option<Doubt>,
}

/// Why a collection freed nothing: the stack is not as it must be. A defect of the engine, or of
/// unsafe code of its host.
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
        /// Entered and not yet left.
        expected: usize,
        /// Met by the walk.
        found: usize,
    },
    /// A frame holds what cannot be a reference.
    #[error("a frame holds {0:#x}, which is not a reference")]
    NotAReference(u32),
    /// A frame holds a reference that never joined the activations table, or a freed one.
    #[error("a frame holds {0:#x}, which is not in the activations table")]
    NotInTable(u32),
}

/// A heap that is not as it must be, which is a defect of the engine; or one that was not looked at to the
/// end.
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

    /// Whether nothing was found because the store was interrupted.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.0, Found::Interrupted)
    }
}
