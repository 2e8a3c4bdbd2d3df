//! Makes a scene smaller, as long as it still shows something.
//!
//! In: a scene, a function that says whether a scene shows it, and a time. Out: a scene that is as small as
//! could be had until then. What is tried is valid, and nothing here knows what the scene shows.

mod body;
mod sections;
mod stack;
mod unused;

use crate::scene::shape::Shape;
use crate::scene::{Part, Scene, What};
use body::{Body, Code};
use std::collections::HashSet;
use std::time::Instant;
use wasmparser::{Validator, WasmFeatures};

/// Makes a scene smaller. `shows` is asked again and again, until the time `until`.
pub fn reduce(
    scene: Scene,
    features: WasmFeatures,
    until: Instant,
    shows: &mut dyn FnMut(&Scene) -> bool,
) -> Scene {
    // The last quarter of the time is for what nothing refers to any more once the operators are gone.
    let now = Instant::now();
    let most = now + until.saturating_duration_since(now) * 3 / 4;
    let mut reducer = Reducer { best: scene, features, until: most, shows };
    // What is quick and takes much away comes first: everything after it is quicker then.
    reducer.actions();
    reducer.bodies();
    reducer.actions();
    reducer.sections();
    // What was needed by an operator may not be needed any more once another one is gone.
    for _ in 0..4 {
        let before = reducer.best.module.len();
        reducer.operators();
        reducer.sections();
        reducer.arguments();
        reducer.actions();
        if reducer.best.module.len() == before {
            break;
        }
    }
    reducer.until = until;
    reducer.actions();
    reducer.sections();
    reducer.best
}

/// A scene that is made smaller.
struct Reducer<'a> {
    best: Scene,
    features: WasmFeatures,
    until: Instant,
    shows: &'a mut dyn FnMut(&Scene) -> bool,
}

impl Reducer<'_> {
    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Takes a scene for the best one if it shows what the others do.
    fn try_scene(&mut self, scene: Scene) -> bool {
        let better = !self.is_over() && (self.shows)(&scene);
        if better {
            self.best = scene;
        }
        better
    }

    /// As [`Reducer::try_scene`], with another module, which need not be valid.
    fn try_module(&mut self, module: Vec<u8>) -> bool {
        let mut validator = Validator::new_with_features(self.features);
        if self.is_over() || validator.validate_all(&module).is_err() {
            return false;
        }
        let scene = Scene { module, ..self.best.clone() };
        self.try_scene(scene)
    }

    /// Leaves out actions: first many at once, then fewer. The last one is what it is about.
    fn actions(&mut self) {
        let mut size = self.best.actions.len().saturating_sub(1);
        while size > 0 {
            let mut end = self.best.actions.len().saturating_sub(1);
            while end > 0 {
                let start = end.saturating_sub(size);
                let mut scene = self.best.clone();
                scene.actions.drain(start..end);
                self.try_scene(scene);
                end = start;
            }
            size /= 2;
        }
        if !self.best.actions.iter().any(|act| act.part == Part::Look) && self.best.look.is_some() {
            let scene = Scene { look: None, ..self.best.clone() };
            self.try_scene(scene);
        }
    }

    /// Has functions do nothing but trap: first all, then ever fewer at once.
    fn bodies(&mut self) {
        let Ok(code) = Code::read(&self.best.module) else { return };
        let count = code.bodies.len();
        let mut size = count;
        while size > 0 {
            for start in (0..count).step_by(size) {
                let Ok(mut code) = Code::read(&self.best.module) else { return };
                let range = start..(start + size).min(count);
                let changed = code.bodies[range].iter_mut().map(Body::trap);
                if changed.fold(false, |any, changed| any | changed) {
                    self.try_module(code.write(&self.best.module));
                }
            }
            size /= 2;
        }
    }

    /// Leaves out operators of each function, or puts a constant in their place.
    fn operators(&mut self) {
        let Ok(code) = Code::read(&self.best.module) else { return };
        for function in 0..code.bodies.len() {
            let mut bare = code.clone();
            if bare.bodies[function].without_locals() {
                self.try_module(bare.write(&self.best.module));
            }
            self.cut(function);
            self.trees(function);
            self.structures(function);
            let mut size = code.bodies[function].operators().max(1);
            loop {
                self.operators_of(function, size);
                match size {
                    1 => break,
                    2..=8 => size -= 1,
                    _ => size = (size / 2).max(8),
                }
            }
        }
    }

    /// Tries to leave out operators that belong together, or to have a constant in their place: the largest trees
    /// first, and after each success those that are no larger.
    fn trees(&mut self, function: usize) {
        let mut most = usize::MAX;
        // What failed, by its distance from the end of the function, which changes seldom, and its size.
        let mut failed = HashSet::new();
        loop {
            let Some(trees) = stack::trees(&self.best.module, self.features, function) else {
                return;
            };
            let Ok(code) = Code::read(&self.best.module) else { return };
            let count = code.bodies[function].operators();
            let changed = trees.into_iter().any(|tree| {
                let range = tree.operators;
                let instead = tree.leaves.map_or(Some(&[][..]), body::constant);
                let is_constant =
                    range.len() == 1 && code.bodies[function].is_constant(range.start);
                let (Some(instead), false) = (instead, is_constant && tree.leaves.is_some()) else {
                    return false;
                };
                let size = range.len();
                if size > most || self.is_over() || !failed.insert((count - range.end, size)) {
                    return false;
                }
                most = size;
                let mut code = code.clone();
                code.bodies[function].replace(range, instead);
                self.try_module(code.write(&self.best.module))
            });
            if !changed {
                return;
            }
        }
    }

    /// Tries to leave out each run of so many operators.
    fn operators_of(&mut self, function: usize, size: usize) {
        let mut start = 0;
        while !self.is_over() {
            let Ok(code) = Code::read(&self.best.module) else { return };
            let body = &code.bodies[function];
            // The last operator ends the function.
            if start + size >= body.operators() {
                return;
            }
            if !self.without(&code, function, start..start + size) {
                start += (size / 8).max(1);
            }
        }
    }

    /// Has a function return as early as it can.
    fn cut(&mut self, function: usize) {
        const PARTS: usize = 16;
        let mut part = 0;
        while part < PARTS && !self.is_over() {
            let Ok(mut code) = Code::read(&self.best.module) else { return };
            let Ok(shape) = Shape::read(&self.best.module) else { return };
            let index = shape.imported_functions + function as u32;
            let Some(ty) = shape.function(index) else { return };
            let body = &mut code.bodies[function];
            let at = body.outside(body.operators() * part / PARTS);
            let cut = body.cut(at, ty.results());
            // What is left is cut again from the start.
            part = match cut && self.try_module(code.write(&self.best.module)) {
                true => 0,
                false => part + 1,
            };
        }
    }

    /// Tries to leave out each block with all that is in it, and then its frame alone.
    fn structures(&mut self, function: usize) {
        let mut start = 0;
        while !self.is_over() {
            let Ok(code) = Code::read(&self.best.module) else { return };
            let body = &code.bodies[function];
            if start >= body.operators() {
                return;
            }
            let done = match body.end_of(start) {
                Some(end) => {
                    self.without(&code, function, start..end + 1) || {
                        let mut code = code.clone();
                        code.bodies[function].replace(end..end + 1, &[]);
                        code.bodies[function].replace(start..start + 1, &[]);
                        self.try_module(code.write(&self.best.module))
                    }
                }
                None => false,
            };
            if !done {
                start += 1;
            }
        }
    }

    /// Tries to leave out these operators of a function, or to have a constant in their place.
    fn without(&mut self, code: &Code, function: usize, range: std::ops::Range<usize>) -> bool {
        let single = range.len() == 1;
        body::INSTEAD.iter().any(|instead| {
            let is_constant = single && code.bodies[function].is_constant(range.start);
            if is_constant && !instead.is_empty() {
                return false;
            }
            let mut code = code.clone();
            code.bodies[function].replace(range.clone(), instead);
            self.try_module(code.write(&self.best.module))
        })
    }

    /// Tries to leave out what is not in functions.
    fn sections(&mut self) {
        for attempt in sections::attempts(&self.best.module) {
            if let Ok(Some(module)) = sections::apply(&self.best.module, &attempt) {
                self.try_module(module);
            }
        }
        // What a part does not import, an earlier one need not have.
        for part in Part::ALL.into_iter().rev() {
            self.unused(part);
        }
    }

    /// Tries to leave out the exports of a part that nobody uses, and then what nothing in it uses.
    fn unused(&mut self, part: Part) {
        let Some(wasm) = self.best.wasm(part) else { return };
        let acts = self.best.actions.iter().filter(|act| act.part == part);
        let mut names: Vec<String> = acts.map(|act| act.export.clone()).collect();
        let importer = match part {
            Part::Host => Some(&self.best.module),
            Part::Module => self.best.look.as_ref(),
            Part::Look => None,
        };
        names.extend(importer.into_iter().flat_map(|wasm| sections::imports(wasm)));
        let nobody = names.is_empty();
        let fewer = sections::apply(wasm, &sections::Attempt::Exports(names)).ok().flatten();
        let wasm = fewer.as_deref().unwrap_or(wasm);
        let Ok(less) = unused::left_out(wasm) else { return };
        let Some(wasm) = less.or(fewer) else { return };
        let mut scene = self.best.clone();
        match part {
            Part::Module => {
                self.try_module(wasm);
                return;
            }
            Part::Host => scene.host = (!nobody).then_some(wasm),
            Part::Look => scene.look = (!nobody).then_some(wasm),
        }
        self.try_scene(scene);
    }

    /// Makes the arguments of calls zero, where that changes nothing.
    fn arguments(&mut self) {
        for act in 0..self.best.actions.len() {
            let What::Invoke(args) = &self.best.actions[act].what else { continue };
            for argument in 0..args.len() {
                let mut scene = self.best.clone();
                let What::Invoke(args) = &mut scene.actions[act].what else { continue };
                if args[argument].clear() {
                    self.try_scene(scene);
                }
            }
        }
    }
}
