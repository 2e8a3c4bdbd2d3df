//! Fewer directives.
//!
//! In: a script. Out: one without directives that it does not need, in which others ask for less.

use super::doc::Doc;
use super::reducer::Reducer;
use super::tree::Node;

/// Leaves out directives, and has assertions before the last one only act.
pub(super) fn directives(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = reducer.thin(&|doc| doc.forms.len(), &|doc, range| {
        let target = doc.target_form();
        doc.with_only(|n| !range.contains(&n) || target == Some(n))
    });
    for n in (0..reducer.doc.forms.len()).rev() {
        changed |= reducer.attempt(acting(&reducer.doc, n));
    }
    changed
}

/// The same script, where an assertion is its action alone.
fn acting(doc: &Doc, form: usize) -> Option<Doc> {
    let node = doc.forms.get(form).filter(|_| doc.target_form() != Some(form))?;
    let action = node.head()?.starts_with("assert_").then(|| node.children().get(1)).flatten()?;
    matches!(action.head(), Some("invoke")).then(|| doc.with(&[form], vec![action.clone()]))?
}

/// Has the last assertion only act, where nothing is known of what it may expect.
pub(super) fn only_act(doc: &Doc) -> Option<Doc> {
    let form = doc.target_form()?;
    let node = &doc.forms[form];
    let action = node.children().get(1).filter(|action| action.head() == Some("invoke"))?;
    let asserts = node.head().is_some_and(|head| head.starts_with("assert_"));
    asserts.then(|| doc.with(&[form], vec![action.clone()]))?
}

/// Leaves out directives that say nothing of what others do: those about modules that must be rejected.
pub(super) fn bystanders(doc: &Doc) -> Option<Doc> {
    let target = doc.target_form();
    let is_bystander = |node: &Node| {
        matches!(
            node.head(),
            Some(
                "assert_invalid"
                    | "assert_malformed"
                    | "assert_invalid_custom"
                    | "assert_malformed_custom"
            )
        )
    };
    doc.with_only(|n| target == Some(n) || !is_bystander(&doc.forms[n]))
}
