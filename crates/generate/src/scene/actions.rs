//! Chooses what is done with a module.
//!
//! In: what it has. Out: calls of each function that can be called, with fresh fuel and other arguments each
//! time; then everything that can be seen from outside is looked at.

use super::look::{Look, REFUEL};
use super::shape::{Kind, Shape};
use super::{Act, Part, Value, What, host, name};
use crate::Random;

/// How often each function is called.
const ROUNDS: usize = 2;

pub(super) fn list(
    shape: &Shape<'_>,
    random: &mut Random,
    look: Option<&Look>,
    has_host: bool,
    mutable: bool,
) -> Vec<Act> {
    let invoke = |part, export: &str, args| Act {
        part,
        export: export.to_owned(),
        what: What::Invoke(args),
    };
    let mut acts = Vec::new();
    for _ in 0..ROUNDS {
        for index in shape.imported_functions..shape.functions() {
            let Some(args) = arguments(shape, index, random) else { continue };
            if look.is_some_and(|look| look.refuels) {
                acts.push(invoke(Part::Look, REFUEL, Vec::new()));
            }
            acts.push(invoke(Part::Module, &name('f', index as usize), args));
        }
    }
    for function in look.into_iter().flat_map(|look| &look.functions) {
        acts.push(invoke(Part::Look, function, Vec::new()));
    }
    for (index, ty) in shape.globals.iter().enumerate() {
        if (mutable || !ty.mutable) && shape.kind(ty.content_type).is_some() {
            let export = name('g', index);
            acts.push(Act { part: Part::Module, export, what: What::Get });
        }
    }
    if has_host {
        acts.push(invoke(Part::Host, host::HEARD, Vec::new()));
    }
    acts
}

/// Arguments for a function; none where they cannot be made up, or results could not be seen.
fn arguments(shape: &Shape<'_>, index: u32, random: &mut Random) -> Option<Vec<Value>> {
    let ty = shape.function(index)?;
    ty.results().iter().all(|ty| shape.kind(*ty).is_some()).then_some(())?;
    ty.params().iter().map(|ty| argument(shape.kind(*ty)?, random)).collect()
}

fn argument(kind: Kind, random: &mut Random) -> Option<Value> {
    const NUMBERS: [i64; 13] =
        [0, 1, -1, 2, 7, 31, 32, 255, 65_535, i64::MIN, i64::MAX, 1 << 31, 0x7fff_ffff];
    const FLOATS: [f64; 12] = [
        0.0,
        -0.0,
        1.0,
        -1.5,
        0.5,
        2_147_483_648.0,
        -9_223_372_036_854_775_808.0,
        1e300,
        5e-324,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    let bits = random.number();
    let edge = NUMBERS[random.below(NUMBERS.len() as u64) as usize];
    let number = if random.ratio(1, 3) { bits as i64 } else { edge };
    let float = FLOATS[random.below(FLOATS.len() as u64) as usize];
    Some(match kind {
        Kind::I32 => Value::I32(number as u32),
        Kind::I64 => Value::I64(number as u64),
        // NaNs are canonical: not every host can pass others.
        Kind::F32 if float.is_nan() => Value::F32(0x7fc0_0000),
        Kind::F64 if float.is_nan() => Value::F64(0x7ff8 << 48),
        Kind::F32 => Value::F32((float as f32).to_bits()),
        Kind::F64 => Value::F64(float.to_bits()),
        Kind::V128 => Value::V128(u128::from(number as u64) << 64 | u128::from(bits)),
        Kind::Extern { nullable: true } if random.ratio(1, 3) => Value::NullExtern,
        Kind::Extern { .. } => Value::Extern(random.below(8) as u32),
        Kind::Func { nullable: true } => Value::NullFunc,
        Kind::Typed { nullable: true } => Value::NoFunc,
        Kind::Any { nullable: true, host } if !host || random.ratio(1, 3) => Value::NullAny,
        Kind::Any { host: true, .. } => Value::Host(random.below(8) as u32),
        Kind::Func { nullable: false } | Kind::Typed { nullable: false } | Kind::Any { .. } => {
            return None;
        }
    })
}
