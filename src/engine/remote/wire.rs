//! Between the words of the trait and those of the protocol.
//!
//! In: values and answers of one side. Out: those of the other. What an answer says that the adapter did
//! not declare in its greeting, or that no request has room for, is the adapter's fault.

use crate::engine::{Failure, TrapKind, Value};
use touchstone_adapter::{Answer, Class, Hello, Limit, Value as Wire};
use touchstone_script::{HeapType, Value as ScriptValue};

/// An argument for an adapter.
pub(super) fn argument(value: &ScriptValue) -> Wire {
    match value {
        ScriptValue::I32(v) => Wire::I32(*v),
        ScriptValue::I64(v) => Wire::I64(*v),
        ScriptValue::F32(v) => Wire::F32(*v),
        ScriptValue::F64(v) => Wire::F64(*v),
        ScriptValue::V128(bytes) => Wire::V128(u128::from_le_bytes(*bytes)),
        ScriptValue::RefNull(heap) => Wire::Null(Some(null_type(heap))),
        ScriptValue::RefExtern(n) => Wire::Ref("externref".into(), Some(*n)),
        ScriptValue::RefHost(n) => Wire::Ref("anyref".into(), Some(*n)),
    }
}

/// The type of a null, as the text format abbreviates it.
fn null_type(heap: &HeapType) -> String {
    let name = match heap {
        HeapType::Func => "funcref",
        HeapType::NoFunc => "nullfuncref",
        HeapType::Extern => "externref",
        HeapType::NoExtern => "nullexternref",
        HeapType::Any => "anyref",
        HeapType::None => "nullref",
        HeapType::Eq => "eqref",
        HeapType::I31 => "i31ref",
        HeapType::Struct => "structref",
        HeapType::Array => "arrayref",
        HeapType::Exn => "exnref",
        HeapType::NoExn => "nullexnref",
        HeapType::Cont => "contref",
        HeapType::NoCont => "nullcontref",
        // Of a type of the module's own, which its function knows.
        HeapType::Concrete(_) => "ref",
    };
    name.to_owned()
}

/// A result of an adapter.
///
/// # Errors
/// What is wrong with it.
pub(super) fn result(value: &Wire, hello: &Hello) -> Result<Value, String> {
    let declared = |limit: Limit, value: Value| match hello.cannot_tell.contains(&limit) {
        true => Ok(value),
        false => Err(format!("it gave {value:?}, but did not say that it cannot tell {limit}")),
    };
    Ok(match value {
        Wire::I32(v) => Value::I32(*v),
        Wire::I64(v) => Value::I64(*v),
        Wire::F32(v) => Value::F32(*v),
        Wire::F64(v) => Value::F64(*v),
        Wire::Nan(wide) => return declared(Limit::NanBits, Value::Nan { wide: *wide }),
        Wire::V128(v) => Value::V128(v.to_le_bytes()),
        Wire::Null(None) => return declared(Limit::NullTypes, Value::Null(HeapType::Any)),
        Wire::Null(Some(ty)) => Value::Null(null_of(ty)?),
        Wire::Ref(ty, number) => match (ty.as_str(), *number) {
            ("funcref", None) if hello.cannot_tell.contains(&Limit::FunctionIndices) => {
                Value::SomeFunc
            }
            ("funcref", index) => Value::Func { index },
            ("externref", number) => Value::Extern(number),
            ("anyref", Some(number)) => Value::Host(Some(number)),
            ("anyref" | "eqref", None) => return declared(Limit::ReferenceKinds, Value::Opaque),
            ("hostref", number) => Value::Host(number),
            ("i31ref", _) => Value::I31,
            ("structref", _) => Value::Struct,
            ("arrayref", _) => Value::Array,
            ("exnref", _) => Value::Exn,
            (other, _) => return Err(format!("`{other}` is not the type of a value")),
        },
    })
}

fn null_of(ty: &str) -> Result<HeapType, String> {
    Ok(match ty {
        "funcref" => HeapType::Func,
        "nullfuncref" => HeapType::NoFunc,
        "externref" => HeapType::Extern,
        "nullexternref" => HeapType::NoExtern,
        "anyref" => HeapType::Any,
        "nullref" => HeapType::None,
        "eqref" => HeapType::Eq,
        "i31ref" => HeapType::I31,
        "structref" => HeapType::Struct,
        "arrayref" => HeapType::Array,
        "exnref" => HeapType::Exn,
        "nullexnref" => HeapType::NoExn,
        "contref" => HeapType::Cont,
        "nullcontref" => HeapType::NoCont,
        other => return Err(format!("`{other}` is not the type of a null")),
    })
}

/// How many bytes are kept of what an engine says of a failure.
const LONGEST_TEXT: usize = 8 << 10;

fn clipped(text: &str) -> String {
    match text.len() {
        0..=LONGEST_TEXT => text.to_owned(),
        length => {
            let end = text.floor_char_boundary(LONGEST_TEXT);
            format!("{}… ({length} bytes)", &text[..end])
        }
    }
}

/// Why a request failed, where it did.
///
/// # Errors
/// What is wrong with the answer.
pub(super) fn failure(answer: &Answer, hello: &Hello) -> Result<Option<Failure>, String> {
    let Some(class) = answer.failed else { return Ok(None) };
    let text = clipped(answer.text.as_deref().unwrap_or_default());
    let declared = |limit: Limit| match hello.cannot_tell.contains(&limit) {
        true => Ok(()),
        false => Err(format!("it answered `{class}`, but did not say that it cannot tell {limit}")),
    };
    let named = || {
        let what = answer.what.clone();
        what.ok_or_else(|| format!("it answered `{class}` without saying `what`"))
    };
    Ok(Some(match class {
        Class::Malformed => Failure::Malformed(text),
        Class::Invalid => Failure::Invalid(text),
        Class::Rejected => {
            declared(Limit::MalformedFromInvalid)?;
            Failure::Rejected(text)
        }
        Class::Unsupported => Failure::Unsupported(named()?),
        Class::Limit => Failure::Unsupported(format!("limit:{text}")),
        Class::Unlinkable => Failure::Link(text),
        Class::Trap => trap(answer.traps.as_deref().unwrap_or_default(), text, declared)?,
        Class::Exhaustion => Failure::Exhaustion(text),
        Class::Exception => Failure::Exception(text),
        Class::Suspension => Failure::Suspension(text),
        Class::NotFound => Failure::NotFound(text),
        Class::Timeout => Failure::Timeout,
        Class::Resource => Failure::Resource(text),
        Class::Missing => Failure::Other("the adapter does not know what the request names".into()),
        Class::CannotTell => {
            let what = named()?;
            let limit = Limit::ALL.iter().copied().find(|limit| limit.word() == what);
            declared(limit.ok_or_else(|| format!("`{what}` is no limit of the protocol"))?)?;
            Failure::CannotTell(what)
        }
        Class::Crash => Failure::Crash(text),
        Class::Error => Failure::Other(text),
    }))
}

/// The failure of a call that links something, or runs something. One in which the call cannot end satisfies
/// no assertion: a module that is only compiled neither links nor traps.
pub(super) fn possible(failure: Failure, links: bool, runs: bool) -> Failure {
    let possible = match failure {
        Failure::Link(_) => links,
        Failure::Trap(_)
        | Failure::TrapOf(..)
        | Failure::Exhaustion(_)
        | Failure::Exception(_)
        | Failure::Suspension(_) => runs,
        _ => true,
    };
    match possible {
        true => failure,
        false => {
            Failure::Other(format!("the adapter is at fault: nothing ran, but it says {failure}"))
        }
    }
}

/// A trap of one of several kinds.
fn trap(
    kinds: &[String],
    text: String,
    declared: impl Fn(Limit) -> Result<(), String>,
) -> Result<Failure, String> {
    let kind = |text: &String| match text.as_str() {
        "other" => Ok(TrapKind::Other),
        text => TrapKind::of_text(text)
            .ok_or_else(|| format!("`{text}` is not a trap of the specification's tests")),
    };
    let kinds = kinds.iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    match kinds[..] {
        [kind] => Ok(Failure::Trap(kind)),
        _ => {
            declared(Limit::TrapKinds)?;
            Ok(Failure::TrapOf(kinds, text))
        }
    }
}
