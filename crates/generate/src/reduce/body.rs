//! Functions, as lists of operators that can be left out.
//!
//! In: a module. Out: its functions' operators as bytes, and the module again with others.

use crate::part;
use std::ops::Range;
use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{BinaryReaderError, Operator, Parser, Payload, ValType};

/// What can be put in place of operators: nothing; a constant of each type; what never goes on.
pub(super) const INSTEAD: [&[u8]; 7] = [
    &[],
    &[0x41, 0],
    &[0x42, 0],
    &[0x43, 0, 0, 0, 0],
    &[0x44, 0, 0, 0, 0, 0, 0, 0, 0],
    &[0xfd, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    &[0x00],
];

/// A constant of a type; none where it has none that needs no other part of the module.
pub(super) fn constant(ty: ValType) -> Option<&'static [u8]> {
    Some(match ty {
        ValType::I32 => INSTEAD[1],
        ValType::I64 => INSTEAD[2],
        ValType::F32 => INSTEAD[3],
        ValType::F64 => INSTEAD[4],
        ValType::V128 => INSTEAD[5],
        ValType::FUNCREF => &[0xd0, 0x70],
        ValType::EXTERNREF => &[0xd0, 0x6f],
        ValType::Ref(_) => return None,
    })
}

/// The functions of a module.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) bodies: Vec<Body>,
}

/// A function.
#[derive(Clone)]
pub(super) struct Body {
    /// Its declarations of locals.
    locals: Vec<u8>,
    /// Its operators, each with what it does to the depth of blocks.
    operators: Vec<(Vec<u8>, Step)>,
}

/// What an operator does to the depth of blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    In,
    Out,
    None,
}

impl Code {
    /// Reads the functions of a module.
    ///
    /// # Errors
    /// Where it does not decode.
    pub(super) fn read(wasm: &[u8]) -> Result<Code, BinaryReaderError> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let Payload::CodeSectionEntry(body) = payload? else { continue };
            let range = body.range();
            let reader = body.get_operators_reader()?;
            let start = reader.original_position();
            let mut found = Vec::new();
            for operator in reader.into_iter_with_offsets() {
                let (operator, offset) = operator?;
                found.push((offset, step(&operator)));
            }
            let ends = found[1..].iter().map(|(offset, _)| *offset).chain([range.end]);
            let operators = found
                .iter()
                .zip(ends)
                .map(|((from, step), to)| (part(wasm, *from..to).to_vec(), *step));
            let operators = operators.collect();
            bodies.push(Body { locals: part(wasm, range.start..start).to_vec(), operators });
        }
        Ok(Code { bodies })
    }

    /// The module with these functions.
    pub(super) fn write(&self, wasm: &[u8]) -> Vec<u8> {
        const CODE: u8 = 10;
        let mut code = CodeSection::new();
        for body in &self.bodies {
            let operators = body.operators.iter().flat_map(|(bytes, _)| bytes);
            let bytes: Vec<u8> = body.locals.iter().chain(operators).copied().collect();
            code.raw(&bytes);
        }
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
            match payload.as_section() {
                Some((CODE, _)) => {
                    module.section(&code);
                }
                Some((id, range)) => {
                    module.section(&RawSection { id, data: part(wasm, range) });
                }
                None => {}
            }
        }
        module.finish()
    }
}

fn step(operator: &Operator<'_>) -> Step {
    match operator {
        Operator::Block { .. }
        | Operator::Loop { .. }
        | Operator::If { .. }
        | Operator::TryTable { .. } => Step::In,
        Operator::End => Step::Out,
        _ => Step::None,
    }
}

impl Body {
    /// How many operators it has.
    pub(super) fn operators(&self) -> usize {
        self.operators.len()
    }

    /// Has it do nothing but trap; says whether that changes it.
    pub(super) fn trap(&mut self) -> bool {
        let before = self.operators.len();
        self.replace(0..before - 1, &[0x00]);
        self.locals = vec![0];
        before > 2
    }

    /// Takes its locals away; says whether that changes it.
    pub(super) fn without_locals(&mut self) -> bool {
        std::mem::replace(&mut self.locals, vec![0]) != [0]
    }

    /// Puts the bytes of one operator, or of none, in the place of operators.
    pub(super) fn replace(&mut self, range: Range<usize>, instead: &[u8]) {
        let instead = (!instead.is_empty()).then(|| (instead.to_vec(), Step::None));
        self.operators.splice(range, instead);
    }

    /// Has it return these values before an operator, which is in no block; says whether that can be.
    pub(super) fn cut(&mut self, at: usize, results: &[ValType]) -> bool {
        const RETURN: u8 = 0x0f;
        let mut instead = Vec::new();
        for ty in results {
            let Some(constant) = constant(*ty) else { return false };
            instead.push((constant.to_vec(), Step::None));
        }
        instead.push((vec![RETURN], Step::None));
        let end = self.operators.len() - 1;
        let smaller = at + instead.len() < end;
        if smaller {
            self.operators.splice(at..end, instead);
        }
        smaller
    }

    /// The first operator from here on that is in no block.
    pub(super) fn outside(&self, from: usize) -> usize {
        let mut depth = 0;
        for (at, (_, step)) in self.operators.iter().enumerate() {
            if at >= from && depth == 0 {
                return at;
            }
            match step {
                Step::In => depth += 1,
                Step::Out => depth -= 1,
                Step::None => {}
            }
        }
        self.operators.len()
    }

    /// Whether an operator is a constant, or one that never goes on, so that another one in its place is no
    /// smaller.
    pub(super) fn is_constant(&self, at: usize) -> bool {
        INSTEAD[1..].iter().any(|instead| self.operators[at].0.first() == instead.first())
            && self.operators[at].0[0] != 0xfd
            || self.operators[at].0.starts_with(&[0xfd, 12])
    }

    /// Where the block ends that begins with an operator; none where that begins no block.
    pub(super) fn end_of(&self, start: usize) -> Option<usize> {
        (self.operators[start].1 == Step::In).then_some(())?;
        let mut depth = 0;
        self.operators[start..]
            .iter()
            .position(|(_, step)| {
                match step {
                    Step::In => depth += 1,
                    Step::Out => depth -= 1,
                    Step::None => {}
                }
                depth == 0
            })
            .map(|after| start + after)
    }
}
