//! Columns of numbers, and what describes them, as bytes that a page can read.
//!
//! In: an object and columns. Out: one block of bytes, and the same compressed, in text. The block begins with the
//! length of the object as four bytes, the lowest first; the object follows as JSON in UTF-8, and then the columns. The
//! object's `columns` says of each its `type` (`u8`, `u16`, `u32`, of which the lowest byte comes first, or `delta`),
//! where it begins after the object, and how many numbers it has. Of a `delta` each number is the difference from the one
//! before, zigzag-coded in LEB128. Nothing here knows what columns mean.

use base64::Engine as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use std::io::Write as _;

/// A block that is being written.
#[derive(Debug, Default)]
pub struct Pack {
    columns: Map<String, Value>,
    bytes: Vec<u8>,
}

impl Pack {
    /// Adds a column, in the narrowest type that its numbers fit into.
    pub fn column(&mut self, name: &str, numbers: impl IntoIterator<Item = u32>) {
        let numbers: Vec<u32> = numbers.into_iter().collect();
        let (name_of_type, width) = match numbers.iter().copied().max().unwrap_or(0) {
            0..=0xff => ("u8", 1),
            0x100..=0xffff => ("u16", 2),
            _ => ("u32", 4),
        };
        // A page reads a column in place, which has to be aligned for that.
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.describe(name, name_of_type, numbers.len());
        for number in numbers {
            self.bytes.extend_from_slice(&number.to_le_bytes()[..width]);
        }
    }

    /// Adds a column of numbers that differ little from their neighbours.
    pub fn deltas(&mut self, name: &str, numbers: impl IntoIterator<Item = u32>) {
        let numbers: Vec<u32> = numbers.into_iter().collect();
        self.describe(name, "delta", numbers.len());
        let mut before = 0_i64;
        for number in numbers {
            let delta = i64::from(number) - before;
            before = i64::from(number);
            let mut rest = ((delta << 1) ^ (delta >> 63)) as u64;
            while rest >= 0x80 {
                self.bytes.push((rest & 0x7f) as u8 | 0x80);
                rest >>= 7;
            }
            self.bytes.push(rest as u8);
        }
    }

    fn describe(&mut self, name: &str, kind: &str, count: usize) {
        let begin = self.bytes.len();
        self.columns.insert(name.into(), json!({ "type": kind, "begin": begin, "count": count }));
    }

    /// The block, with an object to which `columns` is added.
    pub fn finish(self, mut object: Map<String, Value>) -> Vec<u8> {
        object.insert("columns".into(), self.columns.into());
        let mut head = Value::from(object).to_string().into_bytes();
        // Columns are aligned where the object ends at a multiple of four.
        head.resize(head.len().next_multiple_of(4), b' ');
        let mut block = (head.len() as u32).to_le_bytes().to_vec();
        block.extend(head);
        block.extend(self.bytes);
        block
    }
}

/// Bytes, compressed by gzip, in Base64, which has no character that means anything in HTML.
pub fn text(bytes: &[u8]) -> String {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    let compressed = out.write_all(bytes).and_then(|()| out.finish());
    base64::engine::general_purpose::STANDARD.encode(compressed.expect("memory can be written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_narrow_as_their_numbers_and_aligned() {
        let mut pack = Pack::default();
        pack.column("a", [1, 2, 255]);
        pack.column("b", [256]);
        pack.deltas("c", [5, 4, 300]);
        pack.column("d", [1 << 20]);
        let block = pack.finish(Map::new());
        let length = u32::from_le_bytes(block[..4].try_into().expect("four bytes")) as usize;
        assert_eq!(length % 4, 0);
        let object: Value = serde_json::from_slice(&block[4..4 + length]).expect("JSON");
        let bytes = &block[4 + length..];
        let column = |name: &str| {
            let column = &object["columns"][name];
            let begin = column["begin"].as_u64().expect("a number") as usize;
            (column["type"].as_str().expect("a type").to_owned(), begin, column["count"].clone())
        };
        assert_eq!(column("a"), ("u8".into(), 0, 3.into()));
        assert_eq!(column("b"), ("u16".into(), 4, 1.into()));
        assert_eq!(column("c"), ("delta".into(), 6, 3.into()));
        assert_eq!(column("d"), ("u32".into(), 12, 1.into()));
        assert_eq!(bytes, [1, 2, 255, 0, 0, 1, 10, 1, 0xd0, 4, 0, 0, 0, 0, 16, 0]);
    }

    #[test]
    fn text_can_be_read_back() {
        let text = text(b"abc");
        let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("Base64");
        let mut back = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut back)
            .expect("gzip");
        assert_eq!(back, "abc");
    }
}
