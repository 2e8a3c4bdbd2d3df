//! References to what belongs to `any`, as the host sees them.
//!
//! A handle counts as a plain reference, like [`ExternRef`]: it can be cloned and dropped without a store, and
//! can outlive it. Reading what a structure or an array holds needs the store, and is in `api`.

use crate::gc::{ExternRef, Rooted};
use crate::sys::identity::StoreId;
use std::fmt;

/// A reference to a number of 31 bits, a structure, an array, or a value of the host that was converted
/// (specification, §2.3.4: `anyref`).
///
/// A handle belongs to the store that it came from, and other stores refuse it with an error. A number belongs
/// to every store.
///
/// ```
/// use touchstone_runtime::{AnyRef, Engine, ExternRef, I31, Store};
///
/// let mut store = Store::new(&Engine::default(), ());
/// let number = AnyRef::from(I31::wrapping(7));
/// let value = AnyRef::from_extern(ExternRef::new(&mut store, "seven"));
/// assert!(number.is_eqref() && !value.is_eqref());
/// assert_eq!(number.unwrap_i31().get_u32(), 7);
/// assert_eq!(value.as_extern().unwrap().downcast_ref(), Some(&"seven"));
/// ```
#[derive(Clone)]
pub struct AnyRef(pub(crate) Repr);

#[derive(Clone)]
pub(crate) enum Repr {
    I31(I31),
    /// A value of the host, by `any.convert_extern`.
    Host(ExternRef),
    /// A structure or an array.
    Object(Rooted),
}

/// A number of 31 bits as a reference (specification, §2.3.3: `i31`).
///
/// ```
/// use touchstone_runtime::I31;
///
/// assert_eq!(I31::wrapping(u32::MAX).get_i32(), -1);
/// assert_eq!(I31::new_u32(u32::MAX), None);
/// assert_eq!(I31::new_i32(-1), Some(I31::wrapping(0x7fff_ffff)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct I31(u32);

impl I31 {
    /// The number whose low 31 bits are these; the highest bit is ignored (`ref.i31`).
    pub const fn wrapping(number: u32) -> I31 {
        I31(number & 0x7fff_ffff)
    }

    /// The number, if 31 bits hold it without a sign.
    pub const fn new_u32(number: u32) -> Option<I31> {
        if number >> 31 == 0 { Some(I31(number)) } else { None }
    }

    /// The number, if 31 bits hold it with a sign.
    pub const fn new_i32(number: i32) -> Option<I31> {
        let made = I31::wrapping(number as u32);
        if made.get_i32() == number { Some(made) } else { None }
    }

    /// The number without a sign (`i31.get_u`).
    pub const fn get_u32(self) -> u32 {
        self.0
    }

    /// The number with a sign (`i31.get_s`).
    pub const fn get_i32(self) -> i32 {
        ((self.0 << 1) as i32) >> 1
    }

    /// The number as a reference of Wasm.
    pub(crate) const fn to_reference(self) -> u32 {
        (self.0 << 1) | 1
    }

    /// The number that a reference of Wasm is, if it is one.
    pub(crate) fn of_reference(reference: u32) -> Option<I31> {
        (reference & 1 != 0).then_some(I31(reference >> 1))
    }
}

impl fmt::Debug for I31 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "I31({})", self.get_i32())
    }
}

impl AnyRef {
    /// A reference to a number.
    pub const fn from_i31(number: I31) -> AnyRef {
        AnyRef(Repr::I31(number))
    }

    /// A reference to a value of the host (`any.convert_extern`).
    pub fn from_extern(value: ExternRef) -> AnyRef {
        match value.downcast_ref::<Converted>() {
            Some(Converted(any)) => any.clone(),
            None => AnyRef(Repr::Host(value)),
        }
    }

    /// The number, if the reference is to one.
    pub fn as_i31(&self) -> Option<I31> {
        match self.0 {
            Repr::I31(number) => Some(number),
            _ => None,
        }
    }

    /// The value of the host, if the reference is to one.
    pub fn as_extern(&self) -> Option<&ExternRef> {
        match &self.0 {
            Repr::Host(value) => Some(value),
            _ => None,
        }
    }

    /// Whether both refer to the same: the same object or host value, or equal numbers (`ref.eq`, which Wasm
    /// does not allow for values of the host).
    pub fn ref_eq(a: &AnyRef, b: &AnyRef) -> bool {
        match (&a.0, &b.0) {
            (Repr::I31(a), Repr::I31(b)) => a == b,
            (Repr::Host(a), Repr::Host(b)) => ExternRef::ptr_eq(a, b),
            (Repr::Object(a), Repr::Object(b)) => Rooted::same(a, b),
            _ => false,
        }
    }

    /// The store to which the reference belongs, unless it is to a number.
    pub(crate) fn store(&self) -> Option<StoreId> {
        match &self.0 {
            Repr::I31(_) => None,
            Repr::Host(value) => Some(value.store()),
            Repr::Object(object) => Some(object.store()),
        }
    }
}

impl From<I31> for AnyRef {
    fn from(number: I31) -> AnyRef {
        AnyRef::from_i31(number)
    }
}

impl fmt::Debug for AnyRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::I31(number) => number.fmt(f),
            Repr::Host(value) => value.fmt(f),
            Repr::Object(object) => write!(f, "AnyRef({:#x})", object.reference()),
        }
    }
}

/// The value of an [`ExternRef`] that `extern.convert_any` made of something that is not a host value.
pub(crate) struct Converted(pub(crate) AnyRef);
