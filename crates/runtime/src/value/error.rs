//! Errors by class. A caller can always tell whether the guest or the host is at fault.

use crate::gc::AllocError;
use crate::sys::stack::UnknownStack;
use crate::types::TypeError;
use crate::value::exception::Exception;
use crate::value::trap::Trap;
use touchstone_validate::classify::Refusal;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation of the engine did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a Wasm module (specification, §5).
    #[error("malformed module: {0}")]
    Malformed(String),
    /// The module does not validate (specification, §3).
    #[error("invalid module: {0}")]
    Invalid(String),
    /// The module is valid, but needs a proposal that the engine lacks; or, if the message begins with
    /// `limit:`, it exceeds that limit of the validator, and it is not known whether it is valid.
    #[error("unsupported: {}", lacking(.0))]
    Unsupported(String),
    /// An import is missing or of another type (specification, §4.5.3).
    #[error("cannot link: {0}")]
    Link(String),
    /// Execution trapped.
    #[error(transparent)]
    Trap(#[from] Trap),
    /// An exception was thrown and not caught.
    #[error(transparent)]
    Exception(#[from] Exception),
    /// A host function returned an error.
    #[error("{0}")]
    Host(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Arguments, types or values do not fit the operation to which they were given.
    #[error("{0}")]
    Mismatch(String),
    /// The system or the engine ran out of something, or a limit was reached.
    #[error("{0}")]
    Resource(String),
    /// The engine, or the code generator that it uses, failed where neither may. This is a defect of the
    /// engine, not the module's fault. Nothing that existed before is affected.
    #[error("defect of the engine: {0}")]
    Internal(String),
    /// A handle refers to a part of an instance that was [released](crate::Instance::release), and this part
    /// has been given back.
    #[error("the {0} belonged to an instance that was released, and has been given back")]
    Released(&'static str),
    /// A compilation was cancelled by its [`CompileControl`](crate::CompileControl).
    #[error("cancelled")]
    Cancelled,
}

impl From<TypeError> for Error {
    fn from(error: TypeError) -> Self {
        match error {
            TypeError::Unsupported(what) => Error::Unsupported(what),
            TypeError::Resource(what) => Error::Resource(what),
            TypeError::Mismatch(what) => Error::Mismatch(what),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed(what) => Error::Malformed(what),
            Refusal::Invalid(what) => Error::Invalid(what),
            Refusal::Limit(what) => Error::Unsupported(format!("limit:{what}")),
        }
    }
}

impl From<AllocError> for Error {
    fn from(error: AllocError) -> Self {
        match error {
            AllocError::Foreign(what) => Error::Mismatch(what),
            AllocError::Full(what) => Error::Resource(what),
        }
    }
}

impl From<UnknownStack> for Error {
    fn from(error: UnknownStack) -> Self {
        Error::Resource(error.to_string())
    }
}

fn lacking(what: &str) -> String {
    match what.strip_prefix("limit:") {
        Some(limit) => format!("the module exceeds a limit of the validator: {limit}"),
        None => format!("the module needs the proposal `{what}`"),
    }
}

impl Error {
    /// Wraps an error of a host function.
    pub fn host(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Host(error.into())
    }

    /// The error of a host function, if this is one of type `E`.
    ///
    /// ```
    /// # use touchstone_runtime::Error;
    /// let error = Error::host(std::io::Error::other("no disk"));
    /// assert!(error.downcast_ref::<std::io::Error>().is_some());
    /// assert!(error.downcast_ref::<std::fmt::Error>().is_none());
    /// ```
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        match self {
            Error::Host(error) => error.downcast_ref(),
            _ => None,
        }
    }

    /// The trap, if this is one.
    pub fn trap(&self) -> Option<&Trap> {
        match self {
            Error::Trap(trap) => Some(trap),
            _ => None,
        }
    }
}
