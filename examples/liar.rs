//! An adapter that lies: it runs nothing, and answers whatever it is asked in one way.
//!
//! Tests judge it, and see which tests an answer alone can turn green. `liar zero` does all that it is asked
//! and gives zeros and nulls; `liar opaque` gives values of which it tells as little as the protocol lets it;
//! `liar fickle` gives ones in its first script, and zeros later; `liar CLASS VERB` says that every request
//! failed by CLASS, from the first `compile`, `instantiate` or `invoke` on, as VERB says. `liar refuses VERB`
//! does like `zero`, but not what VERB asks for, and `liar exits VERB` ends instead. It says that it has every
//! feature, always, and that it cannot tell anything; with `tells` as the last word, that it can tell everything.

use std::io::{self, BufRead, Write};
use touchstone_adapter::{Answer, Class, Hello, Limit, Request, Value, Verb};
use touchstone_script::{Feature, FeatureSet};

enum Lie {
    Zero,
    Opaque,
    Fickle,
    Refuses(Verb),
    Exits(Verb),
    Failure(Class, Stage),
}

/// When requests begin to fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Compile,
    Instantiate,
    Invoke,
}

/// The stage that a request belongs to; none if it is not one that a script is judged by.
fn stage(verb: Verb) -> Option<Stage> {
    match verb {
        Verb::Compile | Verb::CheckCustom => Some(Stage::Compile),
        Verb::Instantiate => Some(Stage::Instantiate),
        Verb::Invoke | Verb::Get => Some(Stage::Invoke),
        _ => None,
    }
}

impl Lie {
    fn read(words: &[String]) -> Option<Lie> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Some(match words[..] {
            ["zero", ..] => Lie::Zero,
            ["opaque", ..] => Lie::Opaque,
            ["fickle", ..] => Lie::Fickle,
            [what, verb, ..] => {
                let verb = Verb::ALL.iter().copied().find(|known| known.word() == verb)?;
                let class = Class::ALL.iter().copied().find(|known| known.word() == what);
                match (what, class) {
                    ("refuses", _) => Lie::Refuses(verb),
                    ("exits", _) => Lie::Exits(verb),
                    (_, class) => Lie::Failure(class?, stage(verb)?),
                }
            }
            _ => return None,
        })
    }

    /// The answer to a request, while the script with that number runs.
    fn answer(&self, request: &Request<'_>, script: usize) -> Answer {
        let answer = Answer { id: request.id, ..Answer::default() };
        let values = |value: fn(&str) -> Value| {
            let types = request.results.iter().flatten();
            let values = types.map(|ty| value(ty)).collect();
            let gives = matches!(request.verb, Verb::Invoke | Verb::Get);
            Answer { values: gives.then_some(values), ..answer.clone() }
        };
        match self {
            Lie::Zero => values(zero),
            Lie::Opaque => values(opaque),
            Lie::Fickle if script == 1 => values(one),
            Lie::Fickle => values(zero),
            Lie::Failure(class, from) if stage(request.verb).is_some_and(|at| at >= *from) => {
                let what = match class {
                    Class::CannotTell => Limit::Vectors.word(),
                    _ => Feature::Gc.name(),
                };
                Answer { failed: Some(*class), what: Some(what.to_owned()), ..answer }
            }
            Lie::Refuses(verb) if request.verb == *verb => {
                Answer { failed: Some(Class::Error), text: Some("it will not".into()), ..answer }
            }
            Lie::Exits(verb) if request.verb == *verb => std::process::exit(3),
            Lie::Refuses(_) | Lie::Exits(_) | Lie::Failure(..) => values(zero),
        }
    }
}

fn zero(ty: &str) -> Value {
    match ty {
        "i32" => Value::I32(0),
        "i64" => Value::I64(0),
        "f32" => Value::F32(0),
        "f64" => Value::F64(0),
        "v128" => Value::V128(0),
        _ => Value::Null(None),
    }
}

fn one(ty: &str) -> Value {
    if ty == "i32" { Value::I32(1) } else { zero(ty) }
}

fn opaque(ty: &str) -> Value {
    match ty {
        "f32" => Value::Nan(false),
        "f64" => Value::Nan(true),
        "funcref" | "externref" => Value::Ref(ty.to_owned(), None),
        "anyref" | "ref" => Value::Ref("anyref".to_owned(), None),
        _ => zero(ty),
    }
}

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let lie = Lie::read(&words).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "liar zero | opaque | fickle | refuses VERB | exits VERB | CLASS VERB, and `tells`",
        )
    })?;
    let tells = words.last().is_some_and(|word| word == "tells");
    let features: FeatureSet = Feature::ALL.iter().copied().collect();
    let hello = Hello {
        wants_types: true,
        custom_sections: true,
        always_on: true,
        ..Hello::new("liar", "1")
    };
    let hello = hello.with_features(features.iter().map(Feature::name));
    let hello = hello.cannot_tell(if tells { &[] } else { Limit::ALL });
    let (mut out, mut script) = (io::stdout(), 0);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let request: Request<'_> = serde_json::from_str(&line)?;
        script += usize::from(request.verb == Verb::Begin);
        let answer = match request.verb {
            Verb::Hello => {
                Answer { id: request.id, hello: Some(hello.clone().into()), ..Answer::default() }
            }
            _ => lie.answer(&request, script),
        };
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
        out.flush()?;
    }
    Ok(())
}
