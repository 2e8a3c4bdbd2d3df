//! The types of the objects in a store's heap.
//!
//! In: identities of types. Out: a heap that knows the objects of these types, and compiled code that can
//! compare them. Knows nothing of modules.

use crate::gc::{Holds, Shape};
use crate::store::StoreOpaque;
use crate::types::registry::TypeId;
use crate::value::error::Result;
use touchstone_cranelift_wasm::objects::{ObjectLayout, Storage, first_element};

impl StoreOpaque {
    /// Prepares the store for objects of a type that is in use, which it knows from now on until it is dropped.
    ///
    /// # Errors
    /// Fails if there is no room for more types.
    pub(crate) fn know_object(&mut self, id: TypeId) -> Result<()> {
        if self.object_types.contains_key(&id) {
            return Ok(());
        }
        let types = self.engine.types();
        let (display, layout) = types.objects(id);
        let Some(layout) = layout else { return Ok(()) };
        let display: Vec<u32> = display.iter().map(|id| id.0).collect();
        self.heap.add_type(id.0, &display, shape(&layout))?;
        self.object_types.insert(id, types.hold_id(id));
        Ok(())
    }
}

/// What the collector knows of objects with this layout.
fn shape(layout: &ObjectLayout) -> Shape {
    match layout {
        ObjectLayout::Struct(layout) => Shape::Struct {
            size: layout.end,
            references: layout.references().collect(),
            functions: layout.functions().collect(),
        },
        ObjectLayout::Array(storage) => Shape::Array {
            first: first_element(*storage),
            element: storage.size(),
            holds: match storage {
                Storage::Reference => Holds::References,
                Storage::Function => Holds::Functions,
                _ => Holds::Plain,
            },
        },
    }
}
