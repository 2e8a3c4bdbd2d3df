//! Conversion of values between the host and Wasm in a store.
//!
//! In: values in the host's form, with handles and counted references, or in the raw form of Wasm. Out: the
//! same values in the other form. A reference joins the activations table when Wasm receives it.

use crate::gc::{ExternRef, Kind, Rooted};
use crate::store::StoreOpaque;
use crate::store::objects::Place;
use crate::types::registry::TypeId;
use crate::types::{HeapType, RefType, ValType};
use crate::value::address::TagAddr;
use crate::value::anyref::{AnyRef, Converted, I31, Repr};
use crate::value::error::{Error, Result};
use crate::value::exception::{Data, ExnRef};
use crate::value::handles::{Func, Tag};
use crate::value::val::{Val, ValRaw};
use std::collections::HashSet;
use std::sync::OnceLock;
use touchstone_cranelift_wasm::objects::Storage;

impl Val {
    /// Whether the value has type `ty` in `store`. For a reference this depends on what it refers to.
    pub(crate) fn is_of(&self, ty: ValType, store: &StoreOpaque) -> bool {
        let types = store.engine().types();
        let not_null = |heap| ValType::Ref(RefType { nullable: false, heap });
        let actual = match (self, ty) {
            (Val::FuncRef(None), ValType::Ref(ty)) => return ty.nullable && ty.is_func(),
            (Val::ExternRef(None), ValType::Ref(ty)) => return ty.nullable && ty.is_extern(),
            (Val::ExnRef(None), ValType::Ref(ty)) => return ty.nullable && ty.is_exn(),
            (Val::AnyRef(None), ValType::Ref(ty)) => {
                return ty.nullable && !ty.is_func() && !ty.is_extern() && !ty.is_exn();
            }
            (Val::ExnRef(Some(_)), ValType::Ref(_)) => not_null(HeapType::Exn),
            (Val::FuncRef(Some(func)), ValType::Ref(ty)) => {
                // A function of another store is refused later, when the value is converted.
                let id = func.type_id_in(store);
                return id.map_or(ty.heap == HeapType::Func, |id| types.is_of(id, ty.heap));
            }
            (Val::ExternRef(Some(_)), ValType::Ref(_)) => not_null(HeapType::Extern),
            (Val::AnyRef(Some(any)), ValType::Ref(ty)) => match &any.0 {
                Repr::I31(_) => not_null(HeapType::I31),
                Repr::Host(_) => not_null(HeapType::Any),
                // An object of another store is refused later, too.
                Repr::Object(object) if object.store() != store.id() => return true,
                Repr::Object(object) => {
                    return match store.heap.kind(object.reference()) {
                        Kind::External => ty.heap == HeapType::Any,
                        Kind::Struct(id) | Kind::Array(id) => types.is_of(TypeId(id), ty.heap),
                    };
                }
            },
            _ => self.ty(),
        };
        types.matches(actual, ty)
    }

    /// Converts the value for Wasm in `store`. A reference joins the activations table, where the caller
    /// [reserved](StoreOpaque::reserve) room.
    ///
    /// # Errors
    /// Fails if the value is a reference that belongs to another store or refers to something that was given
    /// back, or if the heap is full.
    pub(crate) fn to_raw(&self, store: &mut StoreOpaque) -> Result<ValRaw> {
        Ok(match self {
            Val::I32(v) => ValRaw::u32(*v as u32),
            Val::I64(v) => ValRaw::u64(*v as u64),
            Val::F32(v) => ValRaw::u32(*v),
            Val::F64(v) => ValRaw::u64(*v),
            Val::V128(v) => ValRaw::v128(*v),
            Val::FuncRef(f) => ValRaw::func(f.map(|f| f.vm_in(store)).transpose()?),
            Val::ExternRef(None) | Val::ExnRef(None) | Val::AnyRef(None) => ValRaw::heap_ref(0),
            Val::ExternRef(Some(r)) => ValRaw::heap_ref(store.enter_extern(r.clone())?),
            Val::AnyRef(Some(any)) => ValRaw::heap_ref(store.enter_any(any)?),
            Val::ExnRef(Some(exception)) => {
                exception.check_entry(store)?;
                ValRaw::heap_ref(store.heap.enter(exception.0.clone())?)
            }
        })
    }

    /// Converts the value as [`Val::to_raw`] does. It is in the low bits.
    ///
    /// # Errors
    /// Fails as [`Val::to_raw`] does.
    pub(crate) fn to_bits(&self, store: &mut StoreOpaque) -> Result<u128> {
        // SAFETY: `to_raw` makes values by functions of `ValRaw`, which initialise all bytes.
        Ok(unsafe { self.to_raw(store)?.get_v128() })
    }

    /// Whether the value can be used with `store`.
    pub(crate) fn belongs_to(&self, store: &StoreOpaque) -> bool {
        match self {
            Val::FuncRef(Some(f)) => f.store == store.id(),
            Val::ExternRef(Some(r)) | Val::ExnRef(Some(ExnRef(r))) => r.store() == store.id(),
            Val::AnyRef(Some(any)) => any.store().is_none_or(|id| id == store.id()),
            _ => true,
        }
    }

    /// # Safety
    /// `raw` holds a value of type `ty` that belongs to `store`.
    pub(crate) unsafe fn from_raw(raw: ValRaw, ty: ValType, store: &mut StoreOpaque) -> Val {
        // SAFETY: `raw` holds a value of type `ty`, so as many bytes as the type has are initialised, and a
        // function or reference belongs to the store (the caller's promise).
        unsafe {
            match ty {
                ValType::I32 => Val::I32(raw.get_u32() as i32),
                ValType::I64 => Val::I64(raw.get_u64() as i64),
                ValType::F32 => Val::F32(raw.get_u32()),
                ValType::F64 => Val::F64(raw.get_u64()),
                ValType::V128 => Val::V128(raw.get_v128()),
                ValType::Ref(ty) if ty.is_func() => {
                    Val::FuncRef(raw.get_func().map(|f| Func::from_vm(store, f)))
                }
                ValType::Ref(ty) if ty.is_exn() => {
                    let reference = raw.get_heap_ref();
                    let exception = (reference != 0).then(|| store.heap.value(reference).clone());
                    Val::ExnRef(exception.map(|value| ExnRef(value).seen_by_host(store)))
                }
                ValType::Ref(ty) if ty.is_extern() => {
                    Val::ExternRef(store.extern_of(raw.get_heap_ref()))
                }
                ValType::Ref(_) => Val::AnyRef(store.any_of(raw.get_heap_ref())),
            }
        }
    }
}

impl ExnRef {
    pub(crate) fn in_store(store: &StoreOpaque, tag: Tag, values: Vec<Val>) -> Self {
        let about = OnceLock::new();
        let more = values.capacity() * size_of::<Val>();
        ExnRef(ExternRef::for_store(store.heap.values(), Data { tag, about, values }, more))
    }

    /// Prepares the exception for the host, so that it can give its tag without `store`, to which it belongs.
    pub(crate) fn seen_by_host(self, store: &StoreOpaque) -> Self {
        let data = self.data();
        data.about.get_or_init(|| data.tag.about(store));
        self
    }

    /// Refuses an exception that carries a function which was given back, because Wasm could then get at that
    /// function.
    ///
    /// # Errors
    /// Fails if the exception, or an exception that it carries at any depth, carries such a function.
    pub(crate) fn check_entry(&self, store: &StoreOpaque) -> Result<()> {
        // If Wasm may have the exception already, nothing that it carries was given back.
        if !store.has_given_back() || self.0.object().is_some() {
            return Ok(());
        }
        let (mut seen, mut work) = (HashSet::new(), vec![self]);
        while let Some(exception) = work.pop() {
            for value in exception.values() {
                match value {
                    Val::FuncRef(Some(func)) if func.is_given_back_in(store) => {
                        return Err(Error::Released("function"));
                    }
                    Val::ExnRef(Some(inner))
                        if inner.0.object().is_none() && seen.insert(inner.0.address()) =>
                    {
                        work.push(inner);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

impl StoreOpaque {
    /// Makes the reference to a host value for Wasm. It joins the activations table, in which there is room.
    pub(crate) fn enter_extern(&mut self, value: ExternRef) -> Result<u32> {
        match value.downcast_ref::<Converted>() {
            Some(Converted(any)) => self.enter_any(any),
            None => Ok(self.heap.enter(value)?),
        }
    }

    /// Makes the reference to something that belongs to `any` for Wasm. An object joins the activations
    /// table, in which there is room.
    ///
    /// # Errors
    /// Fails if the reference belongs to another store, or if the heap is full.
    pub(crate) fn enter_any(&mut self, any: &AnyRef) -> Result<u32> {
        match &any.0 {
            Repr::I31(number) => Ok(number.to_reference()),
            Repr::Host(value) => Ok(self.heap.enter(value.clone())?),
            Repr::Object(object) => self.enter_object(object),
        }
    }

    /// Makes the reference to an object for Wasm. The object joins the activations table, in which there is room.
    ///
    /// # Errors
    /// Fails if the object belongs to another store.
    pub(crate) fn enter_object(&mut self, object: &Rooted) -> Result<u32> {
        self.check_owner(object)?;
        self.heap.join(object.reference());
        Ok(object.reference())
    }

    /// Reads a field or an element. A packed one is read without its sign (`struct.get_u`).
    pub(crate) fn load(&mut self, place: Place) -> Val {
        let (offset, storage) = place.at();
        let mut bytes = [0; 16];
        self.heap.read_slice(place.object(), offset, &mut bytes[..storage.size() as usize]);
        // References are in the order of the target, numbers are little-endian.
        let raw = match (storage, bytes) {
            (Storage::Reference, [a, b, c, d, ..]) => {
                ValRaw::heap_ref(u32::from_ne_bytes([a, b, c, d]))
            }
            (Storage::Function, [a, b, c, d, e, f, g, h, ..]) => {
                ValRaw::u64(u64::from_ne_bytes([a, b, c, d, e, f, g, h]))
            }
            _ => ValRaw::v128(u128::from_le_bytes(bytes)),
        };
        // SAFETY: all bytes are initialised. What is written to a place is of its type and belongs to the store:
        // `check_value` and `to_bits` see to this for the host, and the validator for Wasm.
        unsafe { Val::from_raw(raw, place.ty().storage().unpacked(), self) }
    }

    /// The host's handle for a reference of Wasm to something that belongs to `any`.
    pub(crate) fn any_of(&mut self, reference: u32) -> Option<AnyRef> {
        if reference == 0 {
            return None;
        }
        Some(AnyRef(match I31::of_reference(reference) {
            Some(number) => Repr::I31(number),
            None => match self.heap.kind(reference) {
                Kind::External => Repr::Host(self.heap.value(reference).clone()),
                Kind::Struct(_) | Kind::Array(_) => Repr::Object(self.heap.root(reference)),
            },
        }))
    }

    /// The host's handle for an external reference of Wasm. What is not a host value, but was converted to an
    /// external reference, is the value of a new handle.
    pub(crate) fn extern_of(&mut self, reference: u32) -> Option<ExternRef> {
        let any = self.any_of(reference)?;
        Some(match any.0 {
            Repr::Host(value) => value,
            _ => ExternRef::for_store(self.heap.values(), Converted(any), 0),
        })
    }

    /// The tag of the exception that `reference` refers to.
    pub(crate) fn tag_of_exception(&self, reference: u32) -> TagAddr {
        let data: Option<&Data> = self.heap.value(reference).downcast_ref();
        data.expect("validated: a reference to an exception").tag.addr
    }

    /// Makes a reference to an exception for Wasm. It joins the activations table.
    pub(crate) fn enter_exception(&mut self, exception: ExnRef) -> Result<u32> {
        exception.check_entry(self)?;
        self.reserve(1);
        Ok(self.heap.enter(exception.0)?)
    }
}
