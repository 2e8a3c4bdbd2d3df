//! Tags of exceptions.

use crate::types::registry::{TypeId, TypesInUse};
use crate::value::tag_info::TagInfo;
use std::sync::Arc;

/// A tag's state.
pub(crate) struct TagInstance {
    /// The identity of the tag's type.
    pub(crate) type_id: TypeId,
    pub(crate) about: Arc<TagInfo>,
    /// Keeps the type in use, and so the identity valid.
    pub(crate) _type: TypesInUse,
}
