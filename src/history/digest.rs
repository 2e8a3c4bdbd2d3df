//! What tells runs, lists of tests and verdicts from others.
//!
//! In: parts of a report. Out: digests of what matters of them, so that what is there already is found.

use crate::report::json::{Header, Line};
use crate::report::totals::Tally;
use blake3::Hasher;

/// A digest.
pub(super) type Digest = [u8; 16];

/// The digest of bytes.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    finish(Hasher::new().update(bytes))
}

/// The digest of the tests of a run: their names, places and contents, not what became of them.
pub(super) fn roster_digest<'a>(lines: impl Iterator<Item = &'a Line>) -> Digest {
    let (mut hasher, mut buffer) = (Hasher::new(), Vec::new());
    for line in lines {
        buffer.clear();
        for text in [&line.suite, &line.file, &line.id, &line.hash] {
            push(&mut buffer, Some(text));
        }
        line.proposals.iter().for_each(|proposal| push(&mut buffer, Some(proposal)));
        buffer.extend(line.column.to_le_bytes());
        hasher.update(&buffer);
    }
    finish(&hasher)
}

/// The digest of a run, which times do not enter, but for that at which it began.
pub(super) fn run_digest(
    header: &Header,
    partial: Option<&str>,
    roster: &Digest,
    verdicts: &[i64],
) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update(&serde_json::to_vec(header).expect("a header can be written"));
    hasher.update(partial.unwrap_or_default().as_bytes()).update(&[0]).update(roster);
    let bytes: Vec<u8> = verdicts.iter().flat_map(|same| same.to_le_bytes()).collect();
    finish(hasher.update(&bytes))
}

/// The digest of a run in a corpus, where another corpus has it, too.
pub(super) fn digest_in(corpus: &str, run: &Digest) -> Digest {
    finish(Hasher::new().update(run).update(corpus.as_bytes()))
}

/// A number for the verdict of a line, which is the same for verdicts that are no change: of the same outcome and
/// class, with the same fingerprint, for lack of the same feature. What is said, and by what a test is blocked, may
/// differ from run to run without meaning anything.
pub(super) fn same(line: &Line) -> i64 {
    let mut buffer = vec![u8::from(line.text_parser)];
    push(&mut buffer, Some(&line.outcome));
    for text in [&line.class, &line.feature, &line.fingerprint(), &line.weakened, &line.revoked_by]
    {
        push(&mut buffer, text.as_ref());
    }
    let digest = finish(Hasher::new().update(&buffer));
    i64::from_le_bytes(std::array::from_fn(|at| digest[at]))
}

/// The digest of a verdict with all that is said.
pub(super) fn verdict_digest(line: &Line) -> Digest {
    let mut buffer = vec![u8::from(line.text_parser)];
    push(&mut buffer, Some(&line.outcome));
    for text in [
        &line.class,
        &line.feature,
        &line.fingerprint,
        &line.message,
        &line.expected,
        &line.actual,
        &line.blocked_by,
        &line.weakened,
        &line.revoked_by,
    ] {
        push(&mut buffer, text.as_ref());
    }
    finish(Hasher::new().update(&buffer))
}

/// The digest of the numbers of a run, each about all tests, a suite or a proposal of some name.
pub(super) fn counts_digest<'a>(
    tallies: impl Iterator<Item = (&'a str, &'a str, &'a Tally)>,
) -> Digest {
    let mut buffer = Vec::new();
    for (about, name, tally) in tallies {
        push(&mut buffer, Some(&about.to_owned()));
        push(&mut buffer, Some(&name.to_owned()));
        numbers(tally).iter().for_each(|number| buffer.extend(number.to_le_bytes()));
    }
    digest(&buffer)
}

/// What is kept of a tally, in the order of the columns.
pub(super) fn numbers(tally: &Tally) -> [u64; 13] {
    let Tally { pass, fail, xfail, xpass, blocked, unsupported, skip, .. } = *tally;
    let Tally { crash, timeout, error, text_parser, weakened, revoked, .. } = *tally;
    [
        pass,
        fail,
        xfail,
        xpass,
        blocked,
        unsupported,
        skip,
        crash,
        timeout,
        error,
        text_parser,
        weakened,
        revoked,
    ]
}

/// Text so that nothing after it can be taken for part of it.
fn push(buffer: &mut Vec<u8>, text: Option<&String>) {
    match text {
        Some(text) => {
            buffer.extend((text.len() as u64 + 1).to_le_bytes());
            buffer.extend(text.as_bytes());
        }
        None => buffer.extend(0_u64.to_le_bytes()),
    }
}

fn finish(hasher: &Hasher) -> Digest {
    let all = hasher.finalize();
    std::array::from_fn(|at| all.as_bytes()[at])
}
