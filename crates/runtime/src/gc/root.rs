//! References of the host to structures and arrays.
//!
//! A handle can be cloned and dropped without the heap. The heap has a share of each handle, and counts the
//! object once for it. When the share is the last one, the next collection gives it back.

use super::Kind;
use crate::sys::identity::StoreId;
use std::sync::Arc;

/// A handle to an object. Clones of it keep the object alive, too.
#[derive(Clone, Debug)]
pub(crate) struct Rooted(Arc<Root>);

#[derive(Debug)]
struct Root {
    store: StoreId,
    reference: u32,
    /// What the object is, which never changes.
    kind: Kind,
}

impl Rooted {
    pub(super) fn new(store: StoreId, reference: u32, kind: Kind) -> Self {
        Rooted(Arc::new(Root { store, reference, kind }))
    }

    /// The store to which the object belongs.
    pub(crate) fn store(&self) -> StoreId {
        self.0.store
    }

    /// The reference to the object, which means something only in its store.
    pub(crate) fn reference(&self) -> u32 {
        self.0.reference
    }

    /// Whether both are handles to the same object.
    pub(crate) fn same(a: &Rooted, b: &Rooted) -> bool {
        a.store() == b.store() && a.reference() == b.reference()
    }

    /// What the object is. The identity of its type means something only in its store.
    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Whether nobody else has a clone of the handle.
    pub(super) fn is_last(&mut self) -> bool {
        Arc::get_mut(&mut self.0).is_some()
    }

    /// What is the same for all clones of the handle, and for no other handle that there is.
    pub(super) fn identity(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// How many clones of the handle there are.
    pub(super) fn shares(&self) -> usize {
        Arc::strong_count(&self.0)
    }
}
