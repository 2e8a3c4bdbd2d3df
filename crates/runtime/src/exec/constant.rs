//! Constant expressions (specification, §3.4.12). In: an expression and an instance that is being made. Out: its
//! value.
//!
//! Nothing collects while an expression is evaluated, so objects that only its stack holds are safe. New
//! objects join the activations table.

use crate::exec::objects;
use crate::gc::Heap;
use crate::store::StoreOpaque;
use crate::store::instance::InstanceData;
use crate::value::anyref::I31;
use crate::value::error::Result;
use crate::value::trap::TrapCode;
use crate::value::val::ValRaw;
use touchstone_cranelift_wasm::objects::{Storage, StructLayout};
use touchstone_cranelift_wasm::{ConstExpr, ConstOp, TypeIdx};

/// Evaluates an expression of the instance's module. All bytes of the value are initialised.
///
/// # Errors
/// Fails if the heap is full, or if a structure is given a null descriptor.
pub(super) fn eval(
    store: &mut StoreOpaque,
    instance: &InstanceData,
    expr: &ConstExpr,
) -> Result<ValRaw> {
    let mut machine = Machine { store, instance, stack: Vec::with_capacity(1) };
    for op in &expr.0 {
        let value = machine.step(*op)?;
        machine.stack.push(value);
    }
    Ok(machine.pop())
}

/// The state of an evaluation. The expression was validated, so each instruction finds its operands on the stack.
struct Machine<'a> {
    store: &'a mut StoreOpaque,
    instance: &'a InstanceData,
    /// All bytes of its values are initialised: they were made by functions of `ValRaw`, which set them all, or
    /// read from a global's cell, which `ContextBox::new` or `add_host_global` zeroed when it was made.
    stack: Vec<ValRaw>,
}

impl Machine<'_> {
    fn pop(&mut self) -> ValRaw {
        self.stack.pop().expect("validated")
    }

    fn pop_u32(&mut self) -> u32 {
        // SAFETY: all bytes of values on the stack are initialised.
        unsafe { self.pop().get_u32() }
    }

    fn binary(&mut self, f: fn(u64, u64) -> u64) -> u64 {
        // SAFETY: all bytes of values on the stack are initialised.
        let (b, a) = unsafe { (self.pop().get_u64(), self.pop().get_u64()) };
        f(a, b)
    }

    /// The value that an instruction gives.
    fn step(&mut self, op: ConstOp) -> Result<ValRaw> {
        let info = &self.instance.module.inner().info;
        Ok(match op {
            ConstOp::I32(v) => ValRaw::u32(v as u32),
            ConstOp::I64(v) => ValRaw::u64(v as u64),
            ConstOp::F32(v) => ValRaw::u32(v),
            ConstOp::F64(v) => ValRaw::u64(v),
            ConstOp::V128(v) => ValRaw::v128(v),
            ConstOp::RefNull(_) => ValRaw::ZERO,
            ConstOp::RefFunc(f) => ValRaw::func(Some(self.instance.func_ref(f))),
            ConstOp::GlobalGet(i) => {
                let global = self.store.global(self.instance.globals[i]);
                // SAFETY: the cell belongs to the store, which frees cells only when it is dropped, and
                // which is borrowed here; no Wasm runs that could write to the cell.
                unsafe { global.cell.read() }
            }
            ConstOp::I32Add => ValRaw::u32(self.binary(u64::wrapping_add) as u32),
            ConstOp::I32Sub => ValRaw::u32(self.binary(u64::wrapping_sub) as u32),
            ConstOp::I32Mul => ValRaw::u32(self.binary(u64::wrapping_mul) as u32),
            ConstOp::I64Add => ValRaw::u64(self.binary(u64::wrapping_add)),
            ConstOp::I64Sub => ValRaw::u64(self.binary(u64::wrapping_sub)),
            ConstOp::I64Mul => ValRaw::u64(self.binary(u64::wrapping_mul)),
            ConstOp::RefI31 => ValRaw::heap_ref(I31::wrapping(self.pop_u32()).to_reference()),
            ConstOp::Convert => self.pop(),
            ConstOp::StructNew(ty) => {
                let object = self.structure(ty)?;
                self.fill_structure(object, info.struct_layout(ty));
                ValRaw::heap_ref(object)
            }
            ConstOp::StructNewDefault(ty) => ValRaw::heap_ref(self.structure(ty)?),
            ConstOp::StructNewDesc(ty) => {
                let object = self.described(ty, info.struct_layout(ty))?;
                self.fill_structure(object, info.struct_layout(ty));
                ValRaw::heap_ref(object)
            }
            ConstOp::StructNewDefaultDesc(ty) => {
                ValRaw::heap_ref(self.described(ty, info.struct_layout(ty))?)
            }
            ConstOp::ArrayNewDefault(ty) => {
                let length = self.pop_u32();
                ValRaw::heap_ref(self.array(ty, length)?)
            }
            ConstOp::ArrayNew(ty) => {
                let (length, value) = (self.pop_u32(), self.pop());
                let array = self.array(ty, length)?;
                // SAFETY: all bytes of values on the stack are initialised.
                let value = unsafe { value.get_v128() };
                objects::fill_piece(&mut self.store.heap, array, [0, length], value);
                ValRaw::heap_ref(array)
            }
            ConstOp::ArrayNewFixed(ty, length) => {
                let layout = info.array_layout(ty);
                let array = self.array(ty, length)?;
                let values = self.stack.split_off(self.stack.len() - length as usize);
                for (i, value) in (0..).zip(values) {
                    let place = (layout.offset(i), layout.storage);
                    write(&mut self.store.heap, array, place, value);
                }
                ValRaw::heap_ref(array)
            }
        })
    }

    fn array(&mut self, ty: TypeIdx, length: u32) -> Result<u32> {
        let id = self.instance.module.inner().type_ids[ty];
        Ok(self.store.heap.allocate_array(id.0, length)?)
    }

    fn structure(&mut self, ty: TypeIdx) -> Result<u32> {
        let id = self.instance.module.inner().type_ids[ty];
        Ok(self.store.heap.allocate_struct(id.0)?)
    }

    /// Makes a structure with the descriptor on the stack.
    fn described(&mut self, ty: TypeIdx, layout: &StructLayout) -> Result<u32> {
        // A reference is in the first four bytes.
        let descriptor = self.pop_u32();
        if descriptor == 0 {
            return Err(TrapCode::NullDescriptorReference.into());
        }
        let object = self.structure(ty)?;
        let offset = layout.descriptor.expect("validated: it has one");
        self.store.heap.write_reference(object, offset, descriptor);
        Ok(object)
    }

    /// Writes the values on the stack to the fields of a new structure.
    fn fill_structure(&mut self, object: u32, layout: &StructLayout) {
        let values = self.stack.split_off(self.stack.len() - layout.fields.len());
        for (place, value) in layout.fields.iter().zip(values) {
            write(&mut self.store.heap, object, *place, value);
        }
    }
}

/// Writes a value of the stack to a field or an element of a new object.
fn write(heap: &mut Heap, object: u32, place: (u32, Storage), value: ValRaw) {
    // SAFETY: all bytes of values on the stack are initialised.
    objects::write(heap, object, place, unsafe { value.get_v128() });
}
