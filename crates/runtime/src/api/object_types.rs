//! Types of structures and arrays that the host declares in an engine.

use crate::compile::engine::Engine;
use crate::types::objects::{ArrayType, Declaration, Finality, StructType};
use crate::types::{FieldType, HeapType};
use crate::value::error::Result;

impl StructType {
    /// The final type of structures with these fields, and without a supertype.
    ///
    /// # Errors
    /// Fails if there are more than 10,000 fields; or if a field refers to a type of another engine, or to one
    /// that is no longer in use.
    pub fn new(engine: &Engine, fields: impl IntoIterator<Item = FieldType>) -> Result<Self> {
        Self::with_finality_and_supertype(engine, Finality::Final, None, fields)
    }

    /// The type of structures with these fields. It is declared to be a subtype of `supertype`, if there is one,
    /// whose fields must match its first ones.
    ///
    /// # Errors
    /// Fails as [`StructType::new`] does; and if the fields do not match those of the supertype, or the supertype
    /// is final, belongs to another engine, has 63 supertypes itself, or takes part in the proposal *custom
    /// descriptors*.
    pub fn with_finality_and_supertype(
        engine: &Engine,
        finality: Finality,
        supertype: Option<&Self>,
        fields: impl IntoIterator<Item = FieldType>,
    ) -> Result<Self> {
        let how = Declaration { finality, supertype };
        Ok(StructType::declare(engine.types(), how, |_| fields.into_iter().collect())?)
    }

    /// The final type of structures whose fields may refer to the type itself. `fields` is given the heap type
    /// that stands for the type in its own declaration, and for nothing elsewhere.
    ///
    /// # Errors
    /// Fails as [`StructType::new`] does.
    pub fn recursive(
        engine: &Engine,
        fields: impl FnOnce(HeapType) -> Vec<FieldType>,
    ) -> Result<Self> {
        let how = Declaration { finality: Finality::Final, supertype: None };
        Ok(StructType::declare(engine.types(), how, fields)?)
    }

    /// The type of structures that a heap type names, as a module declared it. It is `None` if the heap type is
    /// that of something else, or names a type of another engine, or one that is no longer in use.
    pub fn from_heap_type(engine: &Engine, heap_type: HeapType) -> Option<Self> {
        StructType::find(engine.types(), heap_type.index()?)
    }
}

impl ArrayType {
    /// The final type of arrays of such elements, without a supertype.
    ///
    /// # Errors
    /// Fails if the elements refer to a type of another engine, or to one that is no longer in use.
    pub fn new(engine: &Engine, element: FieldType) -> Result<Self> {
        Self::with_finality_and_supertype(engine, Finality::Final, None, element)
    }

    /// The type of arrays of such elements. It is declared to be a subtype of `supertype`, if there is one,
    /// whose elements must match.
    ///
    /// # Errors
    /// Fails as [`ArrayType::new`] does; and if the elements do not match those of the supertype, or the
    /// supertype is final, belongs to another engine, or has 63 supertypes itself.
    pub fn with_finality_and_supertype(
        engine: &Engine,
        finality: Finality,
        supertype: Option<&Self>,
        element: FieldType,
    ) -> Result<Self> {
        let how = Declaration { finality, supertype };
        Ok(ArrayType::declare(engine.types(), how, |_| element)?)
    }

    /// The final type of arrays whose elements may refer to the type itself. `element` is given the heap type
    /// that stands for the type in its own declaration, and for nothing elsewhere.
    ///
    /// # Errors
    /// Fails as [`ArrayType::new`] does.
    pub fn recursive(engine: &Engine, element: impl FnOnce(HeapType) -> FieldType) -> Result<Self> {
        let how = Declaration { finality: Finality::Final, supertype: None };
        Ok(ArrayType::declare(engine.types(), how, element)?)
    }

    /// The type of arrays that a heap type names, as a module declared it. It is `None` if the heap type is that
    /// of something else, or names a type of another engine, or one that is no longer in use.
    pub fn from_heap_type(engine: &Engine, heap_type: HeapType) -> Option<Self> {
        ArrayType::find(engine.types(), heap_type.index()?)
    }
}
