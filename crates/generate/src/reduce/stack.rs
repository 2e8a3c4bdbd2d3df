//! Which operators of a function belong together.
//!
//! In: a function of a valid module. Out: its *trees*: runs of operators that, as a whole, leave one value more
//! on the operand stack than they found, or as many. They can be replaced by a constant, or left out.

use std::ops::Range;
use wasmparser::{Parser, ValType, ValidPayload, Validator, WasmFeatures};

/// The operand stack before an operator.
struct Point {
    height: u32,
    /// In how many blocks the operator is.
    depth: u32,
    /// The type of the value on top, where that is known.
    top: Option<ValType>,
}

/// Operators that belong together.
pub(super) struct Tree {
    pub(super) operators: Range<usize>,
    /// The type of the value that they leave; none where they leave as many as they found.
    pub(super) leaves: Option<ValType>,
}

/// The trees of the function at this place of the code, the largest first; none where it is not valid.
pub(super) fn trees(wasm: &[u8], features: WasmFeatures, function: usize) -> Option<Vec<Tree>> {
    let points = points(wasm, features, function)?;
    let mut trees = Vec::new();
    // The last operator, which ends the function, is in no tree.
    for end in 1..points.len() {
        let after = &points[end];
        let mut neutral = false;
        for start in (0..end).rev() {
            let before = &points[start];
            if before.depth < after.depth || before.height + 1 < after.height {
                break;
            }
            if before.depth > after.depth {
                continue;
            }
            if before.height == after.height && !neutral {
                neutral = true;
                trees.push(Tree { operators: start..end, leaves: None });
            }
            if before.height + 1 == after.height {
                let leaves = after.top;
                trees.extend(leaves.map(|_| Tree { operators: start..end, leaves }));
                break;
            }
        }
    }
    trees.sort_by_key(|tree| std::cmp::Reverse(tree.operators.len()));
    Some(trees)
}

/// The stack before each operator of a function.
fn points(wasm: &[u8], features: WasmFeatures, function: usize) -> Option<Vec<Point>> {
    let mut validator = Validator::new_with_features(features);
    let mut bodies = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let ValidPayload::Func(function_to_validate, body) =
            validator.payload(&payload.ok()?).ok()?
        else {
            continue;
        };
        bodies += 1;
        if bodies <= function {
            continue;
        }
        let mut validator = function_to_validate.into_validator(Default::default());
        validator.read_locals(&mut body.get_binary_reader()).ok()?;
        let mut points = Vec::new();
        for operator in body.get_operators_reader().ok()?.into_iter_with_offsets() {
            let (operator, offset) = operator.ok()?;
            points.push(Point {
                height: validator.operand_stack_height(),
                depth: validator.control_stack_height(),
                top: validator.get_operand_type(0).flatten(),
            });
            validator.op(offset, &operator).ok()?;
        }
        return Some(points);
    }
    None
}
