//! Has an engine do what a scene says.
//!
//! In: a scene and an engine. Out: what came of each step, as far as the engine came. Nothing here knows
//! whether that is right.

use crate::engine::{Call, Engine, Failure, InstanceId, ModuleId, Session, Unsound, Value};
use crate::run::panics;
use std::collections::HashMap;
use touchstone_generate::scene::{Act, Part, Scene, Value as Argument, What};
use touchstone_script::{Feature, FeatureSet, HeapType, Value as ScriptValue};

/// What came of a step.
pub(super) type Came = Result<Vec<Value>, Failure>;

/// A step of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A module is compiled, instantiated and registered.
    Instantiate(Part),
    /// The action at this place is done.
    Act(usize),
    /// Everything is dropped.
    End,
}

/// The steps of a scene.
pub(super) fn steps(scene: &Scene) -> Vec<Step> {
    let parts = Part::ALL.into_iter().filter(|part| scene.wasm(*part).is_some());
    let acts = (0..scene.actions.len()).map(Step::Act);
    parts.map(Step::Instantiate).chain(acts).chain([Step::End]).collect()
}

/// Has the engine do the steps; what it did not come to has none.
pub(super) fn act(
    scene: &Scene,
    steps: &[Step],
    engine: &dyn Engine,
    features: FeatureSet,
) -> Vec<Option<Came>> {
    let mut came = Vec::new();
    let mut playing = None;
    let done = panics::catching(|| {
        let mut session = engine.session(features);
        if engine.foresees() {
            session.foresee(foreseen(scene, steps));
        }
        let play = playing.insert(Play { scene, session, instances: HashMap::new() });
        for (position, step) in steps.iter().enumerate() {
            play.session.at(position);
            match *step {
                Step::Instantiate(part) => {
                    let instantiated = play.instantiate(part);
                    let over = instantiated.is_err();
                    came.push(Some(instantiated));
                    if over {
                        break;
                    }
                }
                Step::Act(n) => came.push(play.act(&scene.actions[n])),
                Step::End => {}
            }
        }
    });
    match (done, playing) {
        (Err(crash), playing) => {
            // What the session holds may be half-changed: even its destructor does not run.
            std::mem::forget(playing);
            came.push(Some(Err(Failure::Crash(crash.message.clone().unwrap_or_default()))));
        }
        (Ok(()), Some(play)) => {
            // An engine in another process has to answer what it was asked ahead before it serves another scene.
            let whole = came.len() + 1 == steps.len();
            let end = panics::catching(|| play.session.finish());
            came.extend(whole.then_some(Some(match end {
                Ok(Ok(())) => Ok(Vec::new()),
                Ok(Err(Unsound::Broken(broken) | Unsound::Crash(broken))) => {
                    Err(Failure::Crash(broken))
                }
                Ok(Err(Unsound::Timeout)) => Err(Failure::Timeout),
                Err(crash) => Err(Failure::Crash(crash.message.clone().unwrap_or_default())),
            })));
        }
        (Ok(()), None) => {}
    }
    came.resize(steps.len(), None);
    // An engine that lacks a feature may say that a module is invalid.
    let lacks = features.difference(engine.describe().features).iter().next();
    for came in came.iter_mut().flatten() {
        excuse(came, lacks);
    }
    came
}

fn excuse(came: &mut Came, lacks: Option<Feature>) {
    let rejected =
        matches!(came, Err(Failure::Malformed(_) | Failure::Invalid(_) | Failure::Rejected(_)));
    if let (true, Some(feature)) = (rejected, lacks) {
        *came = Err(Failure::Unsupported(feature.name().to_owned()));
    }
}

struct Play<'a> {
    scene: &'a Scene,
    session: Box<dyn Session>,
    instances: HashMap<Part, InstanceId>,
}

impl Play<'_> {
    fn instantiate(&mut self, part: Part) -> Came {
        let wasm = self.scene.wasm(part).unwrap_or_default();
        let module = self.session.compile(wasm)?;
        let instance = self.session.instantiate(module)?;
        self.session.register(part.name(), instance);
        self.instances.insert(part, instance);
        Ok(Vec::new())
    }

    fn act(&mut self, act: &Act) -> Option<Came> {
        let instance = *self.instances.get(&act.part)?;
        Some(match &act.what {
            What::Invoke(args) => {
                let args: Vec<ScriptValue> = args.iter().map(argument).collect();
                self.session.invoke(instance, &act.export, &args)
            }
            What::Get => self.session.get(instance, &act.export).map(|value| vec![value]),
        })
    }
}

/// The calls of a session in which everything succeeds.
fn foreseen(scene: &Scene, steps: &[Step]) -> Vec<(usize, Call<'static>)> {
    let (mut calls, mut instances) = (Vec::new(), HashMap::new());
    for (position, step) in steps.iter().enumerate() {
        let mut call = |call| calls.push((position, call));
        match *step {
            Step::Instantiate(part) => {
                let number = instances.len() as u32;
                instances.insert(part, InstanceId(number));
                call(Call::Compile(scene.wasm(part).unwrap_or_default().to_vec().into()));
                call(Call::Instantiate(ModuleId(number)));
                call(Call::Register(part.name().into(), InstanceId(number)));
            }
            Step::Act(n) => {
                let Act { part, export, what } = &scene.actions[n];
                let Some(instance) = instances.get(part).copied() else { continue };
                call(match what {
                    What::Invoke(args) => {
                        let args: Vec<ScriptValue> = args.iter().map(argument).collect();
                        Call::Invoke(instance, export.clone().into(), args.into())
                    }
                    What::Get => Call::Get(instance, export.clone().into()),
                });
            }
            Step::End => call(Call::Finish),
        }
    }
    calls
}

/// An argument, as scripts have it.
pub(super) fn argument(value: &Argument) -> ScriptValue {
    match *value {
        Argument::I32(v) => ScriptValue::I32(v),
        Argument::I64(v) => ScriptValue::I64(v),
        Argument::F32(v) => ScriptValue::F32(v),
        Argument::F64(v) => ScriptValue::F64(v),
        Argument::V128(v) => ScriptValue::V128(v.to_le_bytes()),
        Argument::NullExtern => ScriptValue::RefNull(HeapType::Extern),
        Argument::NullFunc => ScriptValue::RefNull(HeapType::Func),
        Argument::NoFunc => ScriptValue::RefNull(HeapType::NoFunc),
        Argument::Extern(n) => ScriptValue::RefExtern(n),
        Argument::NullAny => ScriptValue::RefNull(HeapType::None),
        Argument::Host(n) => ScriptValue::RefHost(n),
    }
}
