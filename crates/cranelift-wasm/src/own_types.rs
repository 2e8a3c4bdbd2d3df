//! What the translation needs to know of the types that a module itself declares: how their references, fields
//! and objects are represented, and their supertypes.
//!
//! In: the types of a module, group by group. Out: layouts, and types without indices. Knows nothing of how
//! modules are read.

use crate::index::TypeIdx;
use crate::module::ModuleInfo;
use crate::objects::{ArrayLayout, ObjectLayout, Storage, StructLayout};
use cranelift_codegen::ir;
use std::ops::Range;
use wasmparser::{CompositeInnerType, FuncType, HeapType, RefType, StorageType, ValType};

/// The index of a module's own type, if the heap type is one.
pub(crate) fn concrete(ty: HeapType) -> Option<TypeIdx> {
    match ty {
        HeapType::Concrete(index) | HeapType::Exact(index) => {
            index.as_module_index().map(TypeIdx::from_u32)
        }
        HeapType::Abstract { .. } => None,
    }
}

impl ModuleInfo {
    /// The type without the module's own types: a reference to a function type becomes a `funcref`, and one
    /// to a structure or an array becomes an `anyref`. The translation treats the replaced types alike.
    pub fn erased(&self, ty: ValType) -> ValType {
        let ValType::Ref(reference) = ty else { return ty };
        concrete(reference.heap_type()).map_or(ty, |index| self.erased_own(index))
    }

    /// The type of references to a type of the module without that type.
    fn erased_own(&self, index: TypeIdx) -> ValType {
        match self.layouts.get(index) {
            Some(Some(_)) => ValType::Ref(RefType::ANYREF),
            _ => ValType::FUNCREF,
        }
    }

    /// The Cranelift type of references to a heap type.
    pub(crate) fn ir_type_of_references(&self, ty: HeapType) -> ir::Type {
        match (concrete(ty), RefType::new(true, ty)) {
            (Some(index), _) => crate::ir_type(self.erased_own(index)),
            (None, Some(ty)) => crate::ir_type(ValType::Ref(ty)),
            (None, None) => unreachable!("only indices can be too large for a reference type"),
        }
    }

    /// Whether a value of this type is a reference into the store's heap.
    pub fn is_heap_ref(&self, ty: ValType) -> bool {
        crate::is_heap_ref(self.erased(ty))
    }

    /// The Cranelift type that a value of this type has in registers.
    pub fn ir_type(&self, ty: ValType) -> ir::Type {
        crate::ir_type(self.erased(ty))
    }

    /// The signature of compiled functions of this type.
    pub fn signature(&self, ty: &FuncType) -> ir::Signature {
        crate::signature(ty, |ty| self.erased(ty))
    }

    /// How a field or an element of this type is stored.
    pub fn storage(&self, ty: StorageType) -> Storage {
        match ty {
            StorageType::I8 => Storage::I8,
            StorageType::I16 => Storage::I16,
            StorageType::Val(ty) => Storage::of(self.erased(ty)),
        }
    }

    /// The number of supertypes of a type.
    pub fn depth(&self, index: TypeIdx) -> u32 {
        std::iter::successors(self.supertype(index), |index| self.supertype(*index)).count() as u32
    }

    /// The type of which this one is declared to be a subtype.
    pub fn supertype(&self, index: TypeIdx) -> Option<TypeIdx> {
        let index = self.types[index].supertype_idxs.first()?;
        index.as_module_index().map(TypeIdx::from_u32)
    }

    /// Computes the layouts of the objects of a recursion group. Its types may refer to each other, so their
    /// kinds are recorded first.
    pub(crate) fn lay_out(&mut self, group: Range<TypeIdx>) {
        let collector = self.collector;
        let indices = (group.start.as_u32()..group.end.as_u32()).map(TypeIdx::from_u32);
        for index in indices.clone() {
            self.layouts.push(match &self.types[index].composite_type.inner {
                CompositeInnerType::Struct(_) => {
                    let layout = StructLayout::new(collector, None, [], false);
                    Some(ObjectLayout::Struct(layout))
                }
                CompositeInnerType::Array(_) => {
                    Some(ObjectLayout::Array(ArrayLayout::new(collector, Storage::I8)))
                }
                _ => None,
            });
        }
        for index in indices {
            let composite = &self.types[index].composite_type;
            let layout = match &composite.inner {
                CompositeInnerType::Struct(ty) => {
                    let supertype = self.supertype(index).map(|index| self.struct_layout(index));
                    let fields = ty.fields.iter().map(|field| self.storage(field.element_type));
                    let has_descriptor = composite.descriptor_idx.is_some();
                    let layout = StructLayout::new(collector, supertype, fields, has_descriptor);
                    ObjectLayout::Struct(layout)
                }
                CompositeInnerType::Array(ty) => {
                    let storage = self.storage(ty.0.element_type);
                    ObjectLayout::Array(ArrayLayout::new(collector, storage))
                }
                _ => continue,
            };
            self.layouts[index] = Some(layout);
        }
    }

    /// The layout of a structure type.
    ///
    /// # Panics
    /// Panics if the type is not that of a structure.
    pub fn struct_layout(&self, index: TypeIdx) -> &StructLayout {
        match &self.layouts[index] {
            Some(ObjectLayout::Struct(layout)) => layout,
            other => panic!("{index} is not a structure type: {other:?}"),
        }
    }

    /// The layout of an array type.
    ///
    /// # Panics
    /// Panics if the type is not that of an array.
    pub fn array_layout(&self, index: TypeIdx) -> ArrayLayout {
        match self.layouts[index] {
            Some(ObjectLayout::Array(layout)) => layout,
            ref other => panic!("{index} is not an array type: {other:?}"),
        }
    }

    /// Whether the module has types of objects.
    pub fn has_object_types(&self) -> bool {
        self.layouts.values().any(Option::is_some)
    }
}
