//! What checking the types of a function costs, and validation that ends where it costs too much.
//!
//! In: operators, whole modules. Out: how many operands were looked at. A call passes up to a thousand with
//! two bytes, a branch table as many for each target with one.

use wasmparser::{
    BinaryReaderError, Catch, FuncToValidate, FuncValidator, FuncValidatorAllocations,
    FunctionBody, ModuleArity, Operator, OperatorsReader, Parser, ValidPayload, Validator,
    ValidatorResources, WasmFeatures, WasmModuleResources,
};

/// How many operands are looked at to validate `op`, which is what `validator` meets next. Few are 0: only
/// operators that take as many as a module likes are counted.
pub(crate) fn checked_operands<R: WasmModuleResources>(
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
    /// It does not decode, or is not valid.
    Validator(BinaryReaderError),
    /// Up to this function, by its index, more operands were to be looked at than is allowed.
    TooLarge(u32),
}

impl From<BinaryReaderError> for ValidateError {
    fn from(error: BinaryReaderError) -> Self {
        ValidateError::Validator(error)
    }
}

/// Validates a whole module. `allowed` says how many operands may be looked at, of those that
/// instructions take in any number, where all bodies have so many bytes.
///
/// # Errors
/// If it is malformed or invalid, or takes more.
pub fn validate_module(
    wasm: &[u8],
    features: WasmFeatures,
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
        let checked = checked_operands(&op, &validator);
        *left = left.checked_sub(checked).ok_or(ValidateError::TooLarge(index))?;
        validator.op(offset, &op)?;
    }
    reader.finish()?;
    Ok(validator.into_allocations())
}
