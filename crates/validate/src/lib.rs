//! Judges modules: whether they are valid, at what cost that is found out, and to which class of the
//! specification a refusal belongs.
//!
//! In: operators, whole modules, errors of the validator. Out: whether operators and modules are valid, and
//! how many operands were looked at ([`validate_module`]); whether a refused module is malformed or invalid
//! ([`classify`]); whether custom sections are right ([`custom`]); and which proposals there are
//! ([`proposals`]).
//!
//! Validation ends when it costs too much: a call passes up to a thousand operands and takes two bytes, and a
//! branch table passes as many for each target, which takes one byte, so that the time is not bounded by the
//! size alone. Nothing here knows what is done with valid modules.

#![forbid(unsafe_code)]

pub mod classify;
pub mod custom;
mod grammar;
pub mod proposals;
mod validator_limits;

use std::collections::HashSet;
use wasmparser::{
    BinaryReader, BinaryReaderError, Catch, FuncToValidate, FuncValidator,
    FuncValidatorAllocations, FunctionBody, ModuleArity, Operator, OperatorsReader, Parser,
    ValidPayload, Validator, ValidatorResources, WasmFeatures, WasmModuleResources,
};

/// Identifies the sources from which this crate was built. Modules that other sources found valid may not be.
pub const SOURCES: &str = env!("TOUCHSTONE_SOURCES");

/// The number of targets of a branch table from which on it is worthwhile to look at each label only once.
const MANY: u32 = 64;

/// Validates `op`, the operator at `offset`, which is the next one for `validator`. Gives the number of
/// operands that are looked at, if that is at most `allowed`; otherwise gives `None` and validates nothing.
/// Only operators that can take any number of operands are counted; the number is 0 for all others.
///
/// # Errors
/// Fails if the operator is not valid there.
pub fn validate_operator<R: WasmModuleResources>(
    validator: &mut FuncValidator<R>,
    offset: u64,
    op: &Operator<'_>,
    allowed: u64,
) -> Result<Option<u64>, BinaryReaderError> {
    let table = match op {
        Operator::BrTable { targets } if targets.len() >= MANY => Some(LabelsOnce::new(op)?),
        _ => None,
    };
    let checked = match &table {
        Some(table) => checked_operands(&table.op(offset, validator.features())?, validator),
        None => checked_operands(op, validator),
    };
    if checked > allowed {
        return Ok(None);
    }
    match &table {
        Some(table) => validator.op(offset, &table.op(offset, validator.features())?)?,
        None => validator.op(offset, op)?,
    }
    Ok(Some(checked))
}

/// A branch table that has each label only once. It is valid where the branch table that it was made from is
/// valid.
struct LabelsOnce(Vec<u8>);

impl LabelsOnce {
    /// # Errors
    /// Fails if `op`, which is a branch table, does not decode.
    fn new(op: &Operator<'_>) -> Result<Self, BinaryReaderError> {
        let Operator::BrTable { targets } = op else { unreachable!("a branch table") };
        let (mut labels, mut seen) = (Vec::new(), HashSet::new());
        for label in targets.targets() {
            let label = label?;
            if seen.insert(label) {
                labels.push(label);
            }
        }
        let count = labels.len() as u32;
        let mut bytes = vec![0x0e];
        let numbers = [count].into_iter().chain(labels).chain([targets.default()]);
        numbers.for_each(|number| push_leb(&mut bytes, number));
        Ok(LabelsOnce(bytes))
    }

    fn op(&self, offset: u64, features: &WasmFeatures) -> Result<Operator<'_>, BinaryReaderError> {
        OperatorsReader::new(BinaryReader::new_features(&self.0, offset, *features)).read()
    }
}

fn push_leb(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many operands are looked at to validate `op`, which is the next operator for `validator`.
fn checked_operands<R: WasmModuleResources>(
    op: &Operator<'_>,
    validator: &FuncValidator<R>,
) -> u64 {
    use Operator as O;
    let all = |(pops, pushes): (u32, u32)| u64::from(pops) + u64::from(pushes);
    match op {
        O::BrTable { targets } => {
            let of_one = op.operator_arity(validator).map_or(0, all);
            of_one * (u64::from(targets.len()) + 1)
        }
        O::TryTable { try_table } => {
            let tag = |catch: &Catch| match catch {
                Catch::One { tag, .. } | Catch::OneRef { tag, .. } => {
                    validator.tag_type_arity(*tag).map_or(0, all)
                }
                Catch::All { .. } | Catch::AllRef { .. } => 1,
            };
            op.operator_arity(validator).map_or(0, all)
                + try_table.catches.iter().map(tag).sum::<u64>()
        }
        O::Block { .. }
        | O::Loop { .. }
        | O::If { .. }
        | O::Else
        | O::End
        | O::Br { .. }
        | O::BrIf { .. }
        | O::BrOnNull { .. }
        | O::BrOnNonNull { .. }
        | O::BrOnCast { .. }
        | O::BrOnCastFail { .. }
        | O::Return
        | O::Call { .. }
        | O::CallIndirect { .. }
        | O::CallRef { .. }
        | O::ReturnCall { .. }
        | O::ReturnCallIndirect { .. }
        | O::ReturnCallRef { .. }
        | O::Throw { .. }
        | O::StructNew { .. }
        | O::ArrayNewFixed { .. } => op.operator_arity(validator).map_or(0, all),
        _ => 0,
    }
}

/// Why a module was not validated.
#[derive(Debug)]
pub enum ValidateError {
    /// The module does not decode, or is not valid.
    Validator(BinaryReaderError),
    /// More operands would have to be looked at than is allowed. The limit is exceeded in the function with
    /// this index.
    TooLarge(u32),
}

impl From<BinaryReaderError> for ValidateError {
    fn from(error: BinaryReaderError) -> Self {
        ValidateError::Validator(error)
    }
}

/// Which part of a module is validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// All but the bodies of functions.
    Declarations,
}

/// Validates a whole module. `allowed` gives, for the number of bytes of all bodies, how many operands may be
/// looked at; operands count only for instructions that can take any number of them.
///
/// # Errors
/// Fails if the module is malformed or invalid, or if more operands would have to be looked at.
pub fn validate_module(
    wasm: &[u8],
    features: WasmFeatures,
    allowed: impl Fn(u64) -> u64,
) -> Result<(), ValidateError> {
    validate_part(wasm, features, Part::Whole, allowed)
}

/// Validates a part of a module. `allowed` is as for [`validate_module`].
///
/// # Errors
/// Fails as [`validate_module`] does.
pub fn validate_part(
    wasm: &[u8],
    features: WasmFeatures,
    part: Part,
    allowed: impl Fn(u64) -> u64,
) -> Result<(), ValidateError> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut functions = Vec::new();
    for payload in parser.parse_all(wasm) {
        if let ValidPayload::Func(function, body) = validator.payload(&payload?)? {
            functions.push((function, body));
        }
    }
    if part == Part::Declarations {
        return Ok(());
    }
    let bytes = functions.iter().map(|(_, body)| body.range().end - body.range().start).sum();
    let mut left = allowed(bytes);
    let mut allocations = FuncValidatorAllocations::default();
    for (function, body) in functions {
        allocations = validate_function(function, &body, allocations, &mut left)?;
    }
    Ok(())
}

fn validate_function(
    function: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    allocations: FuncValidatorAllocations,
    left: &mut u64,
) -> Result<FuncValidatorAllocations, ValidateError> {
    let index = function.index;
    let mut validator = function.into_validator(allocations);
    let mut reader = body.get_binary_reader();
    validator.read_locals(&mut reader)?;
    reader.set_features(*validator.features());
    let mut reader = OperatorsReader::new(reader);
    while !reader.eof() {
        let offset = reader.original_position();
        let op = reader.read()?;
        let checked = validate_operator(&mut validator, offset, &op, *left)?;
        *left -= checked.ok_or(ValidateError::TooLarge(index))?;
    }
    reader.finish()?;
    Ok(validator.into_allocations())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Validates a module when at most `allowed` operands may be looked at.
    fn validate(text: &str, allowed: u64) -> Result<(), ValidateError> {
        let wasm = wat::parse_str(text).unwrap();
        validate_module(&wasm, WasmFeatures::all(), |_| allowed)
    }

    /// A module with a branch table to `targets` in two blocks: the outer block has `results` results, and
    /// the inner block has results of the types `inner`.
    fn table(results: usize, inner: &str, targets: &str) -> String {
        let types = " i32".repeat(results);
        let values = "i32.const 0 ".repeat(results);
        format!(
            "(module (func (block (result{types}) (block (result{inner}) {values}
                i32.const 0 br_table {targets} 0) unreachable) unreachable))"
        )
    }

    #[test]
    fn a_label_of_a_table_costs_once_however_often_it_stands_there() {
        let types = " i32".repeat(1000);
        let often = "0 1 ".repeat(50_000);
        validate(&table(1000, &types, &often), 10_000).unwrap();
        let wrong = " i32".repeat(999) + " i64";
        let result = validate(&table(1000, &wrong, &often), 10_000);
        assert!(matches!(result, Err(ValidateError::Validator(_))), "{result:?}");
        // A label that does not exist stands behind all the others.
        let result = validate(&table(1000, &types, &format!("{often} 7")), 10_000);
        assert!(matches!(result, Err(ValidateError::Validator(_))), "{result:?}");
    }

    #[test]
    fn calls_of_many_operands_end_where_they_cost_too_much() {
        let types = " i32".repeat(1000);
        let text = format!(
            "(module (func $f (param{types}) (result{types}) unreachable)
               (func unreachable {} unreachable))",
            "call $f ".repeat(100)
        );
        validate(&text, 250_000).unwrap();
        let result = validate(&text, 150_000);
        assert!(matches!(result, Err(ValidateError::TooLarge(1))), "{result:?}");
    }
}
