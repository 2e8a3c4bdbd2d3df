//! References to structures and arrays, as the host holds them, and conversions among these references.
//!
//! In: handles to what belongs to `any`. Out: the same handles with a narrower or a wider type. They need no
//! store for this, as what an object is never changes. What is done with an object needs its store, and is in
//! `api`.

use crate::gc::{Kind, Rooted};
use crate::value::anyref::{AnyRef, I31, Repr};
use std::fmt;

/// A reference to a number of 31 bits, a structure or an array (specification, §2.3.3: `eq`).
///
/// ```
/// use touchstone_runtime::{AnyRef, EqRef, I31};
///
/// let seven = EqRef::from(I31::wrapping(7));
/// assert!(seven.as_struct().is_none());
/// assert!(EqRef::ref_eq(&seven, &AnyRef::from(I31::wrapping(7)).unwrap_eqref()));
/// ```
// It is never to a value of the host.
#[derive(Clone)]
pub struct EqRef(AnyRef);

/// A reference to a structure (specification, §2.3.3: `struct`).
///
/// A handle keeps its structure alive, and all that the structure holds. It can be cloned, dropped and sent to
/// other threads without the store, and can outlive it. Other stores refuse it with an error. A value of the host
/// that holds a handle to a structure which holds the value is never freed.
///
/// ```
/// use touchstone_runtime::{
///     Engine, FieldType, Mutability, StorageType, Store, StructRef, StructRefPre, StructType, Val, ValType,
/// };
///
/// let engine = Engine::default();
/// let field = |ty| FieldType::new(StorageType::Val(ty), Mutability::Var);
/// let point = StructType::new(&engine, [field(ValType::I32), field(ValType::I32)])?;
///
/// let mut store = Store::new(&engine, ());
/// let pre = StructRefPre::new(&mut store, point.clone())?;
/// let here = StructRef::new(&mut store, &pre, &[Val::I32(3), Val::I32(4)])?;
/// here.set_field(&mut store, 0, Val::I32(5))?;
/// assert_eq!(here.field(&mut store, 0)?.unwrap_i32(), 5);
/// assert_eq!(here.ty(&store)?, point);
/// // A place that does not exist, or a value of another type, is an error.
/// assert!(here.field(&mut store, 2).is_err());
/// assert!(here.set_field(&mut store, 0, Val::I64(5)).is_err());
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
// It is to a structure.
#[derive(Clone)]
pub struct StructRef(Rooted);

/// A reference to an array (specification, §2.3.3: `array`).
///
/// A handle keeps its array alive, and all that the array holds. It can be cloned, dropped and sent to other
/// threads without the store, and can outlive it. Other stores refuse it with an error.
///
/// ```
/// use touchstone_runtime::{
///     ArrayRef, ArrayRefPre, ArrayType, Engine, FieldType, Mutability, StorageType, Store, Val,
/// };
///
/// let engine = Engine::default();
/// let bytes = ArrayType::new(&engine, FieldType::new(StorageType::I8, Mutability::Var))?;
///
/// let mut store = Store::new(&engine, ());
/// let pre = ArrayRefPre::new(&mut store, bytes)?;
/// // Bytes keep the low eight bits of what is written, and are read without a sign.
/// let array = ArrayRef::new(&mut store, &pre, &Val::I32(-1), 3)?;
/// array.set(&mut store, 1, Val::I32(0x107))?;
/// let elems: Vec<i32> = array.elems(&mut store)?.map(|elem| elem.unwrap_i32()).collect();
/// assert_eq!(elems, [255, 7, 255]);
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
// It is to an array.
#[derive(Clone)]
pub struct ArrayRef(Rooted);

/// Methods that tell what a reference is to.
macro_rules! narrow {
    ($($wide:ident: $narrow:ty, $what:literal, $is:ident, $as:ident, $unwrap:ident, |$this:ident| $get:expr;)*) => {$(
        impl $wide {
            #[doc = concat!("Whether the reference is to ", $what, ".")]
            pub fn $is(&self) -> bool {
                self.$as().is_some()
            }

            #[doc = concat!("The reference as one to ", $what, ", if it is to one.")]
            pub fn $as(&self) -> Option<$narrow> {
                let $this = self;
                $get
            }

            #[doc = concat!("The reference as one to ", $what, ".")]
            ///
            /// # Panics
            /// Panics if the reference is to something else.
            pub fn $unwrap(&self) -> $narrow {
                self.$as().unwrap_or_else(|| panic!("{self:?} is not {}", $what))
            }
        }
    )*};
}

narrow! {
    AnyRef: EqRef, "something that can be compared", is_eqref, as_eqref, unwrap_eqref,
        |this| match this.0 {
            Repr::Host(_) => None,
            Repr::I31(_) | Repr::Object(_) => Some(EqRef(this.clone())),
        };
    AnyRef: StructRef, "a structure", is_struct, as_struct, unwrap_struct,
        |this| this.object().and_then(StructRef::new_if);
    AnyRef: ArrayRef, "an array", is_array, as_array, unwrap_array,
        |this| this.object().and_then(ArrayRef::new_if);
    EqRef: I31, "a number of 31 bits", is_i31, as_i31, unwrap_i31, |this| this.0.as_i31();
    EqRef: StructRef, "a structure", is_struct, as_struct, unwrap_struct, |this| this.0.as_struct();
    EqRef: ArrayRef, "an array", is_array, as_array, unwrap_array, |this| this.0.as_array();
}

impl AnyRef {
    /// Whether the reference is to a number of 31 bits.
    pub fn is_i31(&self) -> bool {
        self.as_i31().is_some()
    }

    /// The number to which the reference is.
    ///
    /// # Panics
    /// Panics if the reference is to something else.
    pub fn unwrap_i31(&self) -> I31 {
        self.as_i31().unwrap_or_else(|| panic!("{self:?} is not a number of 31 bits"))
    }

    /// The handle to the object, if the reference is to one.
    pub(crate) fn object(&self) -> Option<&Rooted> {
        match &self.0 {
            Repr::Object(object) => Some(object),
            Repr::I31(_) | Repr::Host(_) => None,
        }
    }
}

impl EqRef {
    /// The same reference as one to something that belongs to `any`.
    pub fn to_anyref(&self) -> AnyRef {
        self.0.clone()
    }

    pub(crate) fn any(&self) -> &AnyRef {
        &self.0
    }

    /// Whether both refer to the same object, or to equal numbers (`ref.eq`).
    pub fn ref_eq(a: &EqRef, b: &EqRef) -> bool {
        AnyRef::ref_eq(&a.0, &b.0)
    }
}

impl From<EqRef> for AnyRef {
    fn from(value: EqRef) -> AnyRef {
        value.0
    }
}

impl From<I31> for EqRef {
    fn from(number: I31) -> EqRef {
        EqRef(number.into())
    }
}

impl fmt::Debug for EqRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! objects {
    ($($name:ident $kind:ident $what:literal;)*) => {$(
        impl $name {
            #[doc = concat!("The handle, if its object is ", $what, ".")]
            pub(crate) fn new_if(object: &Rooted) -> Option<Self> {
                matches!(object.kind(), Kind::$kind(_)).then(|| $name(object.clone()))
            }

            /// The handle to the object.
            pub(crate) fn object(&self) -> &Rooted {
                &self.0
            }

            /// The same reference as one to something that can be compared.
            pub fn to_eqref(&self) -> EqRef {
                self.clone().into()
            }

            /// The same reference as one to something that belongs to `any`.
            pub fn to_anyref(&self) -> AnyRef {
                self.clone().into()
            }

            /// Whether both refer to the same object, not only to equal ones (`ref.eq`).
            pub fn ref_eq(a: &$name, b: &$name) -> bool {
                Rooted::same(&a.0, &b.0)
            }
        }

        impl From<$name> for AnyRef {
            fn from(value: $name) -> AnyRef {
                AnyRef(Repr::Object(value.0))
            }
        }

        impl From<$name> for EqRef {
            fn from(value: $name) -> EqRef {
                EqRef(value.into())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:#x})", stringify!($name), self.0.reference())
            }
        }
    )*};
}

objects! {
    StructRef Struct "a structure";
    ArrayRef Array "an array";
}
