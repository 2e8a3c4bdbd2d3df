//! A script that becomes smaller, one attempt after another.
//!
//! In: attempts. Out: the smallest script so far that still shows what it is to show. What attempts there are is
//! said in the modules beside this one.

use super::doc::Doc;
use super::judge::Judge;
use std::ops::Range;

/// How far a reduction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many scripts were tried.
    pub tried: usize,
    /// How many characters the smallest one has.
    pub size: usize,
}

/// See the [module](self).
pub(super) struct Reducer<'a> {
    pub(super) doc: Doc,
    pub(super) judge: Judge<'a>,
    pub(super) told: &'a mut dyn FnMut(Progress),
}

impl Reducer<'_> {
    /// Whether no further attempt is to be made.
    pub(super) fn is_over(&self) -> bool {
        self.judge.ground.patience.get().is_over()
    }

    /// Takes a script if it is smaller and shows the same.
    pub(super) fn attempt(&mut self, doc: Option<Doc>) -> bool {
        let Some(doc) = doc else { return false };
        doc.weight() < self.doc.weight() && self.accept(doc)
    }

    /// Takes a script if it shows the same.
    pub(super) fn accept(&mut self, doc: Doc) -> bool {
        if self.is_over() {
            return false;
        }
        let better = self.judge.check(doc);
        let size = better.as_ref().unwrap_or(&self.doc).text().len();
        (self.told)(Progress { tried: self.judge.tried, size });
        let Some(better) = better else { return false };
        self.doc = better;
        true
    }

    /// Leaves out items: first many at once, then ever fewer, from the last to the first.
    pub(super) fn thin(
        &mut self,
        count: &dyn Fn(&Doc) -> usize,
        without: &dyn Fn(&Doc, Range<usize>) -> Option<Doc>,
    ) -> bool {
        let (mut size, mut changed) = (count(&self.doc), false);
        while size > 0 && !self.is_over() {
            let mut end = count(&self.doc);
            while end > 0 && !self.is_over() {
                let start = end.saturating_sub(size);
                changed |= self.attempt(without(&self.doc, start..end));
                end = start.min(count(&self.doc));
            }
            size = (size / 2).min(count(&self.doc));
        }
        changed
    }
}
