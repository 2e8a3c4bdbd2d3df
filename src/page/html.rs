//! The page.
//!
//! In: blocks of data, in text. Out: one file of HTML, which needs no network, and allows itself none. Nothing here knows
//! what is in the data.

use super::bundle::{STYLE, script};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

/// The blocks of a page, each compressed, in Base64.
#[derive(Debug)]
pub struct Blocks {
    /// What is needed at once.
    pub data: String,
    /// The texts of scripts, which are needed when a test is opened.
    pub sources: String,
}

/// Writes the page.
///
/// # Errors
/// Fails if `out` does.
pub fn write_html(out: &mut dyn Write, title: &str, blocks: &Blocks) -> io::Result<()> {
    let script = script();
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        digest(&script),
        digest(STYLE)
    );
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <div id=\"page\"><p class=\"wait\">The report is being unpacked.</p></div>\n\
         <noscript><p>This report is a table of many thousand rows, which a script unpacks and shows. \
         <code>touchstone report RUN… --markdown FILE</code> writes a summary that needs none.</p></noscript>\n",
        escaped(title)
    )?;
    for (id, block) in [("data", &blocks.data), ("sources", &blocks.sources)] {
        writeln!(out, "<script type=\"application/octet-stream\" id=\"{id}\">{block}</script>")?;
    }
    writeln!(out, "<script type=\"module\">{script}</script>\n</body>\n</html>")
}

/// The digest by which the page allows a script or a style.
fn digest(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// Text as it stands in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML and XML allow no other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
