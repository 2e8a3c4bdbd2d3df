//! Exceptions, as the host sees them.
//!
//! An exception is a host value like any other. It holds handles for the references among its values, and an
//! `exnref` is a reference to it. So the collector needs nothing for exceptions that external references do
//! not need already.

use crate::gc::{ExternRef, Rooted};
use crate::value::anyref::{AnyRef, Repr};
use crate::value::backtrace::Backtrace;
use crate::value::handles::Tag;
use crate::value::tag_info::TagInfo;
use crate::value::val::Val;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A reference to an exception (specification, §2.3.4: `exnref`). Clones are counted, like those of
/// [`ExternRef`].
#[derive(Clone, Debug)]
pub struct ExnRef(pub(crate) ExternRef);

pub(crate) struct Data {
    pub(crate) tag: Tag,
    /// The name and type of the tag. It is set in every exception that the host has seen; exceptions that
    /// only Wasm throws and catches do not need it.
    pub(crate) about: OnceLock<Arc<TagInfo>>,
    pub(crate) values: Vec<Val>,
}

impl ExnRef {
    pub(crate) fn data(&self) -> &Data {
        self.0.downcast_ref().expect("made by this module alone")
    }

    /// The tag of the exception.
    pub fn tag(&self) -> Tag {
        self.data().tag
    }

    /// The values that the exception carries.
    pub fn values(&self) -> &[Val] {
        &self.data().values
    }

    /// Whether both refer to the same exception. Two exceptions with equal tags and values are not the same.
    pub fn ptr_eq(a: &ExnRef, b: &ExnRef) -> bool {
        ExternRef::ptr_eq(&a.0, &b.0)
    }
}

/// The values of the exception, if `value` is one.
pub(crate) fn values_of(value: &ExternRef) -> Option<&[Val]> {
    value.downcast_ref::<Data>().map(|data| &*data.values)
}

/// Calls `each` with every handle to an object that the value carries, if it is an exception. An exception that is
/// among the values of another keeps what it carries alive until the other is dropped.
pub(crate) fn carried(value: &ExternRef, each: &mut dyn FnMut(&Rooted)) {
    for value in values_of(value).into_iter().flatten() {
        if let Val::AnyRef(Some(AnyRef(Repr::Object(root)))) = value {
            each(root);
        }
    }
}

/// An exception that nothing in Wasm caught. A host function that returns it as its error throws the
/// exception in the Wasm that called it.
#[derive(Debug)]
pub struct Exception {
    pub(crate) exception: ExnRef,
    pub(crate) backtrace: Backtrace,
}

impl Exception {
    /// Makes the error by which a host function throws `exception`.
    pub fn new(exception: ExnRef) -> Self {
        Exception { exception, backtrace: Backtrace::default() }
    }

    /// The exception.
    pub fn exn_ref(&self) -> &ExnRef {
        &self.exception
    }

    /// The tag of the exception.
    pub fn tag(&self) -> Tag {
        self.exception.tag()
    }

    /// The values that the exception carries.
    pub fn values(&self) -> &[Val] {
        self.exception.values()
    }

    /// The Wasm frames that were on the stack where the exception was thrown last, youngest first.
    pub fn backtrace(&self) -> &Backtrace {
        &self.backtrace
    }
}

impl fmt::Display for Exception {
    /// Names the tag as the module that defines it does, such as `tag $e (param i32)`: by its name, by an
    /// export or by its index.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("uncaught exception")?;
        if let Some(about) = self.exception.data().about.get() {
            write!(f, " of {about}")?;
        }
        if !self.values().is_empty() {
            f.write_str(" with values")?;
            self.values().iter().try_for_each(|value| write!(f, " {value}"))?;
        }
        write!(f, "{}", self.backtrace)
    }
}

impl std::error::Error for Exception {}
