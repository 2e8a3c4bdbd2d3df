//! Blocks, branches and returns.
//!
//! Each structured instruction is a [`Frame`] on the control stack. Its results are the
//! parameters of the block that follows it; a loop's parameters are those of its header.

use super::{BodyTranslator, Translate};
use crate::index::{FuncIdx, TypeIdx};
use crate::trap;
use cranelift_codegen::ir::{Block, BlockCall, InstBuilder, JumpTableData, Value};
use std::collections::HashMap;
use wasmparser::{BlockType, BrTable, ValType};

/// A structured instruction that has been entered and not yet left.
pub(super) struct Frame {
    kind: Kind,
    /// Number of operands below its parameters.
    height: usize,
    params: usize,
    results: usize,
    /// The block to which control goes after its `end`.
    end: Block,
    /// Whether something branches to `end`.
    end_reached: bool,
    /// The block in which calls within it continue if they throw, or `None` if the exception goes to the
    /// caller.
    landing: Option<Block>,
}

enum Kind {
    /// An instruction that was entered in unreachable code, for which nothing was emitted.
    Unreachable,
    /// A block, or the function itself.
    Block,
    Loop {
        header: Block,
    },
    /// An `if` before its `else`. The parameters are kept for the other arm.
    If {
        otherwise: Block,
        params: Vec<Value>,
    },
    Else,
}

impl Frame {
    /// The block to which a branch to its label goes, and the number of operands that the branch passes.
    fn label(&self) -> (Block, usize) {
        match self.kind {
            Kind::Loop { header } => (header, self.params),
            _ => (self.end, self.results),
        }
    }
}

impl BodyTranslator<'_, '_> {
    pub(super) fn push_function_frame(&mut self, index: FuncIdx) {
        let info = self.info;
        let results = info.type_of(index).results();
        let end = self.block_with(results);
        let (params, results) = (0, results.len());
        self.frames.push(Frame {
            kind: Kind::Block,
            height: 0,
            params,
            results,
            end,
            end_reached: false,
            landing: None,
        });
    }

    /// The block in which a call at this position continues if it throws, or `None` if the exception goes to
    /// the caller.
    pub(super) fn landing(&self) -> Option<Block> {
        self.frames.last().and_then(|frame| frame.landing)
    }

    /// Enters a `try_table`.
    pub(super) fn push_try_frame(&mut self, ty: BlockType, landing: Block) {
        self.block(ty);
        let frame = self.frames.last_mut().expect("pushed just now");
        frame.landing = Some(landing);
    }

    pub(super) fn block_with(&mut self, tys: &[ValType]) -> Block {
        let block = self.builder.create_block();
        for ty in tys {
            let param = self.builder.append_block_param(block, self.info.ir_type(*ty));
            self.declare(param, *ty);
        }
        block
    }

    /// The parameter and result types of a block type.
    fn block_types(&self, ty: BlockType) -> (Vec<ValType>, Vec<ValType>) {
        match ty {
            BlockType::Empty => (vec![], vec![]),
            BlockType::Type(ty) => (vec![], vec![ty]),
            BlockType::FuncType(index) => {
                let ty = self.info.func_type(TypeIdx::from_u32(index));
                (ty.params().to_vec(), ty.results().to_vec())
            }
        }
    }

    fn push_frame(&mut self, kind: Kind, params: usize, results: &[ValType]) {
        let end = self.block_with(results);
        let height = self.stack.len() - params;
        let results = results.len();
        let landing = self.landing();
        self.frames.push(Frame { kind, height, params, results, end, end_reached: false, landing });
    }

    pub(super) fn push_unreachable_frame(&mut self) {
        let height = self.stack.len();
        let frame = Frame {
            kind: Kind::Unreachable,
            height,
            params: 0,
            results: 0,
            end: Block::from_u32(0),
            end_reached: false,
            landing: None,
        };
        self.frames.push(frame);
    }

    pub(super) fn block(&mut self, ty: BlockType) {
        let (params, results) = self.block_types(ty);
        self.push_frame(Kind::Block, params.len(), &results);
    }

    pub(super) fn loop_(&mut self, ty: BlockType) {
        let (params, results) = self.block_types(ty);
        let header = self.block_with(&params);
        let args = self.top_args(params.len());
        self.builder.ins().jump(header, &args);
        self.push_frame(Kind::Loop { header }, params.len(), &results);
        self.meter.loops += 1;
        self.drop_top(params.len());
        self.builder.switch_to_block(header);
        self.check_interrupt();
        self.check_fuel();
        self.stack.extend_from_slice(self.builder.block_params(header));
    }

    pub(super) fn if_(&mut self, ty: BlockType) {
        let condition = self.pop();
        let (params, results) = self.block_types(ty);
        let then = self.builder.create_block();
        let otherwise = self.builder.create_block();
        self.builder.ins().brif(condition, then, [], otherwise, []);
        match self.hint {
            Some(true) => self.builder.set_cold_block(otherwise),
            Some(false) => self.builder.set_cold_block(then),
            None => {}
        }
        let kept = self.top(params.len()).to_vec();
        self.meter.kept += kept.len();
        self.push_frame(Kind::If { otherwise, params: kept }, params.len(), &results);
        self.builder.seal_block(otherwise);
        self.switch_and_seal(then);
    }

    pub(super) fn else_(&mut self) {
        let frame = self.frames.len() - 1;
        if matches!(self.frames[frame].kind, Kind::Unreachable) {
            return;
        }
        if self.reachable {
            self.jump_to_end(frame);
        }
        let frame = &mut self.frames[frame];
        let Kind::If { otherwise, params } = std::mem::replace(&mut frame.kind, Kind::Else) else {
            unreachable!("validated: `else` belongs to an `if`")
        };
        self.stack.truncate(frame.height);
        self.stack.extend(params);
        self.builder.switch_to_block(otherwise);
        self.reachable = true;
    }

    pub(super) fn end(&mut self) {
        let top = self.frames.len() - 1;
        if matches!(self.frames[top].kind, Kind::Unreachable) {
            self.frames.pop();
            return;
        }
        if self.reachable {
            self.jump_to_end(top);
        }
        let frame = self.frames.pop().expect("validated: a frame is open");
        self.stack.truncate(frame.height);
        let mut end_reached = frame.end_reached;
        match frame.kind {
            Kind::If { otherwise, params } => {
                // There is no `else`, so the parameters are the results.
                self.builder.switch_to_block(otherwise);
                let args: Vec<_> = params.into_iter().map(Into::into).collect();
                self.builder.ins().jump(frame.end, &args);
                end_reached = true;
            }
            Kind::Loop { header } => {
                self.builder.seal_block(header);
                self.meter.loops -= 1;
            }
            _ => {}
        }
        if let Some(landing) = frame.landing
            && self.landing() != frame.landing
        {
            // The instruction was a `try_table`, and no further call can throw to its landing block.
            self.builder.seal_block(landing);
        }
        self.reachable = end_reached;
        if end_reached {
            self.switch_and_seal(frame.end);
            self.stack.extend_from_slice(self.builder.block_params(frame.end));
        }
        if self.frames.is_empty() && self.reachable {
            let results = self.top(frame.results).to_vec();
            self.builder.ins().return_(&results);
            self.reachable = false;
        }
    }

    fn jump_to_end(&mut self, frame: usize) {
        let frame = &mut self.frames[frame];
        frame.end_reached = true;
        let (end, results) = (frame.end, frame.results);
        let args = self.top_args(results);
        self.builder.ins().jump(end, &args);
    }

    /// Marks the label at `depth` as the target of a branch, and gives its block and arity.
    pub(super) fn target(&mut self, depth: u32) -> (Block, usize) {
        let index = self.frames.len() - 1 - depth as usize;
        let frame = &mut self.frames[index];
        if !matches!(frame.kind, Kind::Loop { .. }) {
            frame.end_reached = true;
        }
        frame.label()
    }

    pub(super) fn br(&mut self, depth: u32) {
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        self.builder.ins().jump(block, &args);
        self.reachable = false;
    }

    pub(super) fn br_if(&mut self, depth: u32) {
        let condition = self.pop();
        self.meter.edges(1, self.stack.len());
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        let next = self.builder.create_block();
        match self.hint {
            Some(true) => self.builder.set_cold_block(next),
            // The label may be reached in other ways, so only the edge is cold.
            Some(false) => return self.cold_branch(condition, depth, next),
            None => {}
        }
        self.builder.ins().brif(condition, block, &args, next, []);
        self.switch_and_seal(next);
    }

    /// Branches to a label through a cold block, which is laid out far away.
    fn cold_branch(&mut self, condition: Value, depth: u32, next: Block) {
        let edge = self.builder.create_block();
        self.builder.set_cold_block(edge);
        self.builder.ins().brif(condition, edge, [], next, []);
        self.switch_and_seal(edge);
        self.br(depth);
        self.reachable = true;
        self.switch_and_seal(next);
    }

    pub(super) fn br_on_null(&mut self, depth: u32) {
        let value = self.pop();
        self.meter.edges(1, self.stack.len());
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        let next = self.builder.create_block();
        self.builder.ins().brif(value, next, [], block, &args);
        self.switch_and_seal(next);
        self.push(value);
    }

    pub(super) fn br_on_non_null(&mut self, depth: u32) {
        self.meter.edges(1, self.stack.len());
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        let value = self.pop();
        let next = self.builder.create_block();
        self.builder.ins().brif(value, block, &args, next, []);
        self.switch_and_seal(next);
    }

    pub(super) fn ref_as_non_null(&mut self) {
        let value = self.top(1)[0];
        self.builder.ins().trapz(value, trap::NULL_REFERENCE);
    }

    /// Translates `br_table`. Operands, and locals that differ at the label, are passed once for each label,
    /// not once for each entry: several entries for one label go to an edge block, which passes the values
    /// on.
    pub(super) fn br_table(&mut self, targets: &BrTable<'_>) -> Translate {
        let index = self.pop();
        let mut entries = HashMap::from([(targets.default(), 1u32)]);
        for depth in targets.targets() {
            *entries.entry(depth?).or_default() += 1;
        }
        // There is an edge for each entry. Constants are made where they are needed, and so are not alive on
        // the edges.
        let alive = self.stack.iter().filter(|value| self.constant(**value).is_none()).count();
        self.meter.edges(targets.len() as usize, alive);
        self.meter.table(targets.len() as usize, entries.len(), self.stack.len());
        let mut edges = HashMap::new();
        let mut edge = |this: &mut Self, depth| match entries[&depth] {
            1 if this.target(depth).1 == 0 => this.branch_to(depth),
            _ => this.branch_edge(depth, &mut edges),
        };
        let default = edge(self, targets.default());
        let mut calls = Vec::with_capacity(targets.len() as usize);
        for depth in targets.targets() {
            calls.push(edge(self, depth?));
        }
        let table = self.builder.create_jump_table(JumpTableData::new(default, &calls));
        self.builder.ins().br_table(index, table);
        let mut edges: Vec<_> = edges.into_iter().collect();
        edges.sort_unstable();
        for (depth, edge) in edges {
            self.switch_and_seal(edge);
            self.br(depth);
        }
        self.reachable = false;
        Ok(())
    }

    /// The branch to a label that takes no operands.
    fn branch_to(&mut self, depth: u32) -> BlockCall {
        let (label, _) = self.target(depth);
        BlockCall::new(label, [], &mut self.builder.func.dfg.value_lists)
    }

    /// The branch to a label's edge block.
    fn branch_edge(&mut self, depth: u32, edges: &mut HashMap<u32, Block>) -> BlockCall {
        let block = *edges.entry(depth).or_insert_with(|| self.builder.create_block());
        BlockCall::new(block, [], &mut self.builder.func.dfg.value_lists)
    }

    pub(super) fn return_(&mut self) {
        let results = self.frames[0].results;
        let values = self.top(results).to_vec();
        self.builder.ins().return_(&values);
        self.reachable = false;
    }

    pub(super) fn unreachable(&mut self) {
        self.builder.ins().trap(trap::UNREACHABLE);
        self.reachable = false;
    }

    /// Translates `select`. `ty` is the type that it gives, if it gives one; without a type the operands are
    /// numbers or vectors.
    pub(super) fn select(&mut self, ty: Option<ValType>) {
        let (a, b, condition) = self.pop3();
        let value = self.builder.ins().select(condition, a, b);
        if let Some(ty) = ty {
            self.declare(value, ty);
        }
        self.push(value);
    }
}
