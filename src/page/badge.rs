//! A badge.
//!
//! In: the counts of a run. Out: a small picture in SVG, with text that a screen reader reads. It says how many tests fail
//! and how many are not supported, and no share of anything. Nothing here knows where it is shown.

use super::counts::Counts;
use super::html::escaped;
use crate::numbers::grouped;
use std::io::{self, Write};

/// Writes the badge of an engine. `beside` is what made its run a failure beside its verdicts.
///
/// # Errors
/// Fails if `out` does.
pub fn write_badge(
    out: &mut dyn Write,
    engine: &str,
    counts: &Counts,
    partial: bool,
    beside: Option<&str>,
) -> io::Result<()> {
    let unsupported = counts.unsupported + counts.cannot_tell;
    let mut words = match counts.fail {
        0 => format!("{} pass", grouped(counts.pass)),
        fail => format!("{} fail", grouped(fail)),
    };
    if unsupported > 0 {
        words.push_str(&format!(", {} unsupported", grouped(unsupported)));
    }
    if let Some(beside) = beside {
        words.push_str(&format!(", {beside}"));
    }
    if partial {
        words.push_str(", partial");
    }
    // Both have at least 4.5:1 to white.
    let colour = match (counts.fail, partial) {
        (_, true) => "#5f6368",
        (0, false) if beside.is_none() => "#1a7f37",
        _ => "#b42318",
    };
    let label = format!("wasm tests · {engine}");
    let (left, right) = (width(&label), width(&words));
    let (all, title) = (left + right, escaped(&format!("{label}: {words}")));
    let (label, words) = (escaped(&label), escaped(&words));
    writeln!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="20" role="img" aria-label="{title}">
<title>{title}</title>
<clipPath id="r"><rect width="{all}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{}" y="14" textLength="{}" lengthAdjust="spacingAndGlyphs">{label}</text>
<text x="{}" y="14" textLength="{}" lengthAdjust="spacingAndGlyphs">{words}</text>
</g>
</svg>"##,
        left / 2,
        left - 14,
        left + right / 2,
        right - 14,
    )
}

/// How wide a text is, roughly; the picture then makes it exactly so wide.
fn width(text: &str) -> usize {
    let of = |c: char| match c {
        'i' | 'l' | 'j' | '.' | ',' | ' ' | '·' | ':' => 4,
        'm' | 'w' | 'M' | 'W' => 10,
        c if c.is_ascii() => 7,
        _ => 11,
    };
    14 + text.chars().map(of).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge(engine: &str, counts: Counts) -> String {
        let mut out = Vec::new();
        write_badge(&mut out, engine, &counts, false, None).expect("memory can be written");
        String::from_utf8(out).expect("it is UTF-8")
    }

    #[test]
    fn what_fails_is_said_and_what_is_lacking() {
        let counts = Counts { pass: 154_108, unsupported: 1_265, ..Counts::default() };
        assert!(
            badge("x 1", counts)
                .contains("<title>wasm tests · x 1: 154,108 pass, 1,265 unsupported</title>")
        );
        let counts = Counts { pass: 1, fail: 2, ..Counts::default() };
        assert!(badge("x 1", counts).contains(": 2 fail</title>"));
    }

    #[test]
    fn a_name_cannot_become_markup() {
        let badge = badge("<script>\"&\u{1}\u{ffff}", Counts::default());
        assert!(
            !badge.contains("<script>")
                && badge.contains("&lt;script&gt;&quot;&amp;\u{fffd}\u{fffd}")
        );
    }
}
