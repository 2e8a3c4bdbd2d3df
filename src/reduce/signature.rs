//! Functions with fewer parameters and results, and fewer functions.
//!
//! In: a script. Out: one in which a parameter is a constant or a local variable, with one argument less in
//! all calls; in which a function gives nothing; or in which a function stands where it was called.

use super::doc::Doc;
use super::fields::{body_start, functions, zero};
use super::reducer::Reducer;
use super::tree::{Node, Path};

/// Makes the types of functions smaller.
pub(super) fn signatures(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for n in (0..functions(&reducer.doc).len()).rev() {
        let Some(path) = functions(&reducer.doc).get(n).cloned() else { continue };
        for k in (0..of_kind(&reducer.doc, &path, "param").len()).rev() {
            let attempts = [
                without_parameter(&reducer.doc, &path, k, Instead::Argument),
                without_parameter(&reducer.doc, &path, k, Instead::Zero),
                without_parameter(&reducer.doc, &path, k, Instead::Local),
            ];
            changed |= attempts.into_iter().any(|doc| reducer.attempt(doc));
        }
        for drops in [false, true] {
            changed |= reducer.attempt(without_results(&reducer.doc, &path, drops));
        }
        changed |= reducer.attempt(inlined(&reducer.doc, &path));
    }
    changed
}

/// The numbers of the parts of a function that have a keyword.
fn of_kind(doc: &Doc, path: &[usize], head: &str) -> Vec<usize> {
    let children = doc.at(path).map_or(&[][..], Node::children);
    let found = children.iter().enumerate().filter(|(_, child)| child.head() == Some(head));
    found.map(|(n, _)| n).collect()
}

/// The names under which a function is exported, as strings.
fn exports(doc: &Doc, function: &[usize]) -> Option<Vec<Node>> {
    let (_, module) = function.split_last()?;
    let name = doc.at(function)?.name()?;
    let exports = doc.at(module)?.children().iter().filter(|field| field.head() == Some("export"));
    let own = exports.filter(|field| {
        field
            .children()
            .get(2)
            .is_some_and(|what| what.head() == Some("func") && what.mentions(name) > 0)
    });
    Some(own.filter_map(|field| field.children().get(1).cloned()).collect())
}

/// What is in the place of a parameter.
#[derive(Clone, Copy, PartialEq)]
enum Instead {
    /// The argument of the calls, if it is the same in all of them.
    Argument,
    Zero,
    /// A variable.
    Local,
}

/// The same script without the parameter of that number.
fn without_parameter(doc: &Doc, path: &[usize], k: usize, instead: Instead) -> Option<Doc> {
    let function = doc.at(path)?;
    let parameters = of_kind(doc, path, "param");
    let at = *parameters.get(k)?;
    let parameter = function.children().get(at)?;
    let [_, name, ty] = parameter.children() else { return None };
    let (name, names) = (name.as_word()?.to_owned(), exports(doc, path)?);
    let called = |path: &Path| {
        let texts = doc.at(path).map_or(&[][..], Node::children);
        texts.iter().any(|child| names.contains(child))
    };
    let calls: Vec<Path> = doc.invocations().into_iter().filter(called).collect();
    let argument = |path: &Path| doc.at(path)?.children().iter().filter(|a| a.is_list()).nth(k);
    let mut out = doc.clone();
    let list = out.list_at(path)?;
    let removed = list.remove(at);
    if instead == Instead::Local {
        let Node::List(mut words) = removed else { return None };
        *words.first_mut()? = Node::word("local");
        let begin = body_start(&Node::List(list.clone()));
        list.insert(begin, Node::List(words));
    } else {
        let value = match instead {
            Instead::Argument => {
                let first = argument(calls.first()?)?;
                let all_same = calls.iter().all(|call| argument(call) == Some(first));
                let is_constant = first.head().is_some_and(|head| head.ends_with(".const"));
                match all_same && is_constant {
                    true => first.clone(),
                    false => return None,
                }
            }
            _ => zero(ty)?,
        };
        let read = Node::list(&["local.get", &name]);
        list.iter_mut().for_each(|node| {
            node.each(&mut |node| {
                if *node == read {
                    *node = value.clone();
                }
            });
        });
        if list.iter().any(|node| node.mentions(&name) > 0) {
            return None;
        }
    }
    // The type was that with the parameter.
    list.retain(|child| child.head() != Some("type"));
    for call in &calls {
        without_argument(out.list_at(call)?, k);
    }
    let function = function.name()?.to_owned();
    let module = out.list_at(&path[..path.len() - 1])?;
    module.iter_mut().for_each(|field| {
        field.each(&mut |node| {
            if matches!(node.head(), Some("call" | "return_call"))
                && node.name() == Some(&function)
                && let Node::List(children) = node
            {
                without_argument(children, k);
            }
        });
    });
    Some(out)
}

/// Removes the list of that number.
fn without_argument(children: &mut Vec<Node>, k: usize) {
    let found = children.iter().enumerate().filter(|(_, child)| child.is_list()).nth(k);
    if let Some(at) = found.map(|(n, _)| n) {
        children.remove(at);
    }
}

/// The same script where a function gives nothing: what it gave is dropped, or not made.
fn without_results(doc: &Doc, path: &[usize], drops: bool) -> Option<Doc> {
    let results = of_kind(doc, path, "result");
    let mut out = doc.clone();
    let name = doc.at(path)?.name()?.to_owned();
    let list = out.list_at(path)?;
    for at in results.iter().rev() {
        list.remove(*at);
    }
    list.retain(|child| child.head() != Some("type"));
    let begin = body_start(&Node::List(list.clone()));
    if results.is_empty() || list.len() <= begin {
        return None;
    }
    let last = list.pop()?;
    if drops {
        list.push(Node::List(vec![Node::word("drop"), last]));
    }
    let module = out.list_at(&path[..path.len() - 1])?;
    module.iter_mut().for_each(|field| {
        field.each(&mut |node| {
            if node.head() == Some("drop")
                && let [_, call] = node.children()
                && call.head() == Some("call")
                && call.name() == Some(&name)
            {
                *node = call.clone();
            }
        });
    });
    Some(out)
}

/// The same script where a function stands in the place of its calls.
fn inlined(doc: &Doc, path: &[usize]) -> Option<Doc> {
    let function = doc.at(path)?;
    let name = function.name()?.to_owned();
    let body = &function.children()[body_start(function)..];
    let leaves = ["return", "local.set", "local.tee", "return_call", "return_call_indirect"];
    let is_closed = |node: &Node| leaves.iter().all(|word| node.mentions(word) == 0);
    if !of_kind(doc, path, "local").is_empty() || !body.iter().all(is_closed) {
        return None;
    }
    if body.iter().any(|node| node.mentions(&name) > 0) {
        return None;
    }
    let parameters = of_kind(doc, path, "param").into_iter();
    let parameters = parameters
        .map(|n| function.children()[n].name().map(str::to_owned))
        .collect::<Option<Vec<_>>>()?;
    let results = of_kind(doc, path, "result").into_iter().map(|n| function.children()[n].clone());
    let results: Vec<Node> = results.collect();
    let inline = |call: &Node| {
        let args: Vec<&Node> = call.children().iter().filter(|arg| arg.is_list()).collect();
        let mut nodes = body.to_vec();
        for (name, arg) in parameters.iter().zip(&args) {
            let read = Node::list(&["local.get", name]);
            nodes.iter_mut().for_each(|node| {
                node.each(&mut |node| {
                    if *node == read {
                        *node = (*arg).clone();
                    }
                });
            });
        }
        match <[Node; 1]>::try_from(nodes) {
            Ok([one]) => (args.len() == parameters.len()).then_some(one),
            Err(nodes) => (args.len() == parameters.len()).then(|| {
                let head = [Node::word("block")].into_iter().chain(results.clone());
                Node::List(head.chain(nodes).collect())
            }),
        }
    };
    let (own, module) = path.split_last()?;
    let mut out = doc.clone();
    let fields = out.list_at(module)?;
    let (mut any, mut failed) = (false, false);
    for field in fields.iter_mut() {
        field.each(&mut |node| {
            if node.head() == Some("call") && node.name() == Some(&name) {
                match inline(node) {
                    Some(inlined) => (*node, any) = (inlined, true),
                    None => failed = true,
                }
            }
        });
    }
    let is_used = fields.iter().map(|field| field.mentions(&name)).sum::<usize>() > 1;
    if !is_used {
        fields.remove(*own);
    }
    (any && !failed).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::doc::Target;
    use super::super::tree::parse;
    use super::*;

    fn doc(text: &str) -> Doc {
        let forms = parse(text).expect("a tree");
        Doc { target: Target::Form { form: forms.len() - 1, inner: 0 }, forms }
    }

    const SCRIPT: &str = r#"(module (func $f (type $t) (param $a i32) (param $b i64) (result i32) (local.get $a))
        (func $g (drop (call $f (i32.const 1) (i64.const 2)))) (export "f" (func $f)))
        (assert_return (invoke "f" (i32.const 3) (i64.const 4)) (i32.const 3))"#;

    #[test]
    fn a_parameter_becomes_what_all_calls_give() {
        let less =
            without_parameter(&doc(SCRIPT), &[0, 1], 0, Instead::Argument).expect("it can be");
        let text = less.text();
        let want = "(func $f (param $b i64) (result i32) (i32.const 3)) \
                    (func $g (drop (call $f (i64.const 2))))";
        assert!(text.contains(want), "{text}");
        assert!(text.contains("(invoke \"f\" (i64.const 4))"), "{text}");
    }

    #[test]
    fn a_function_gives_nothing() {
        let less = without_results(&doc(SCRIPT), &[0, 1], true).expect("it can be").text();
        let want = "(drop (local.get $a))) (func $g (call $f (i32.const 1) (i64.const 2)))";
        assert!(less.contains(want), "{less}");
    }

    #[test]
    fn a_function_stands_where_it_was_called() {
        let less = inlined(&doc(SCRIPT), &[0, 1]).expect("it can be").text();
        assert!(less.contains("(func $g (drop (i32.const 1)))"), "{less}");
        assert!(less.contains("(func $f"), "it is exported: {less}");
    }
}
