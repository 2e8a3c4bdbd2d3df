//! Tags of exceptions.

use crate::types::registry::{TypeId, TypesInUse};
use crate::value::tag_info::TagInfo;
use std::sync::Arc;

/// A tag's state.
pub(crate) struct TagInstance {
    /// Identity of its type.
    pub(crate) type_id: TypeId,
    pub(crate) about: Arc<TagInfo>,
    /// What makes the identity last.
    pub(crate) _type: TypesInUse,
}
