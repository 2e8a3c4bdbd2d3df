//! Values on their way between the harness and an adapter.
//!
//! In: JSON objects in the form of `wast2json`: `{"type": "i32", "value": "4294967295"}`. Numbers are the
//! decimal text of their bits, unsigned; vectors are lists of lanes; references are numbers, or `"null"`.

use crate::text::{self, Text};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A value. Floats are bits.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A 32-bit integer.
    I32(u32),
    /// A 64-bit integer.
    I64(u64),
    /// The bits of a 32-bit float.
    F32(u32),
    /// The bits of a 64-bit float.
    F64(u64),
    /// A NaN, of which the adapter cannot tell the bits ([`Limit::NanBits`](crate::Limit::NanBits)):
    /// whether it has 64 bits.
    Nan(bool),
    /// A vector; lane 0 is in the low bytes.
    V128(u128),
    /// A null reference of this type, such as `externref`; `None` where the adapter cannot tell which
    /// ([`Limit::NullTypes`](crate::Limit::NullTypes)).
    Null(Option<String>),
    /// A reference that is not null: its type (`externref`, `funcref`, `anyref`, `i31ref`, `structref`,
    /// `arrayref`, `eqref`, `exnref`), and a number. With `externref` and `anyref` that is the number of a
    /// host value that the harness named before; with `funcref` the index of the function in its
    /// instance's module. `None` where there is no such number.
    Ref(String, Option<u32>),
}

impl Value {
    fn ty(&self) -> &str {
        match self {
            Value::I32(_) => "i32",
            Value::I64(_) => "i64",
            Value::F32(_) | Value::Nan(false) => "f32",
            Value::F64(_) | Value::Nan(true) => "f64",
            Value::V128(_) => "v128",
            Value::Null(ty) => ty.as_deref().unwrap_or("ref"),
            Value::Ref(ty, _) => ty,
        }
    }
}

/// The object that stands for a value, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    #[serde(rename = "type", borrow)]
    ty: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "text::option")]
    lane_type: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    value: Option<Bits<'a>>,
}

/// What `value` holds: text, or one text for each lane.
enum Bits<'a> {
    One(Cow<'a, str>),
    Lanes(Vec<Text<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Bits<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Bits<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the bits as decimal text, or a list of such texts")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Bits<'de>, E> {
                Ok(Bits::One(text.into()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bits<'de>, E> {
                Ok(Bits::One(text.to_owned().into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Bits<'de>, A::Error> {
                let mut lanes = Vec::new();
                while let Some(lane) = list.next_element()? {
                    lanes.push(lane);
                }
                Ok(Bits::Lanes(lanes))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A number as the text of its digits.
struct Digits(u64);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Value", 3)?;
        object.serialize_field("type", self.ty())?;
        match self {
            Value::I32(v) | Value::F32(v) => {
                object.serialize_field("value", &Digits((*v).into()))?
            }
            Value::I64(v) | Value::F64(v) => object.serialize_field("value", &Digits(*v))?,
            Value::Nan(_) => object.serialize_field("value", "nan")?,
            Value::V128(v) => {
                object.serialize_field("lane_type", "i64")?;
                let halves = [Digits(*v as u64), Digits((v >> 64) as u64)];
                object.serialize_field("value", &halves)?;
            }
            Value::Null(_) => object.serialize_field("value", "null")?,
            Value::Ref(_, Some(n)) => object.serialize_field("value", &Digits((*n).into()))?,
            Value::Ref(_, None) => {}
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Wire::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

fn read(wire: Wire<'_>) -> Result<Value, String> {
    let Wire { ty, lane_type, value } = wire;
    let ty = &*ty;
    let number = |text: &str, what: &str| {
        text.parse::<u64>()
            .map_err(|_| format!("`{text}` is not the bits of {what} in decimal digits"))
    };
    let narrow = |text: &str| {
        text.parse::<u32>()
            .map_err(|_| format!("`{text}` is not a number of 32 bits in decimal digits"))
    };
    match (ty, value) {
        ("v128", Some(Bits::Lanes(lanes))) => vector(lane_type.as_deref(), &lanes).map(Value::V128),
        ("v128", _) => Err("a v128 has a list of lanes as its value".into()),
        (_, Some(Bits::Lanes(_))) => Err(format!("only a v128 has lanes, not {ty}")),
        ("i32", Some(Bits::One(text))) => narrow(&text).map(Value::I32),
        ("i64", Some(Bits::One(text))) => number(&text, "an i64").map(Value::I64),
        ("f32", Some(Bits::One(text))) if text == "nan" => Ok(Value::Nan(false)),
        ("f64", Some(Bits::One(text))) if text == "nan" => Ok(Value::Nan(true)),
        ("f32", Some(Bits::One(text))) => narrow(&text).map(Value::F32),
        ("f64", Some(Bits::One(text))) => number(&text, "an f64").map(Value::F64),
        ("ref", Some(Bits::One(text))) if text == "null" => Ok(Value::Null(None)),
        ("i32" | "i64" | "f32" | "f64" | "ref", _) => {
            Err(format!("a value of type {ty} has a value"))
        }
        (_, Some(Bits::One(text))) if text == "null" => Ok(Value::Null(Some(ty.into()))),
        (_, Some(Bits::One(text))) => Ok(Value::Ref(ty.into(), Some(narrow(&text)?))),
        (_, None) => Ok(Value::Ref(ty.into(), None)),
    }
}

/// A vector from its lanes, the low one first.
fn vector(lane_type: Option<&str>, lanes: &[Text<'_>]) -> Result<u128, String> {
    let bits = match lane_type {
        Some("i8") => 8,
        Some("i16") => 16,
        Some("i32" | "f32") => 32,
        Some("i64" | "f64") => 64,
        other => {
            return Err(format!("`lane_type` is i8, i16, i32, i64, f32 or f64, not {other:?}"));
        }
    };
    if lanes.len() != 128 / bits {
        return Err(format!("{} lanes of {bits} bits are not a v128", lanes.len()));
    }
    let mask = u64::MAX >> (64 - bits);
    lanes.iter().rev().try_fold(0u128, |vector, lane| {
        let lane = lane.0.parse::<u64>().ok().filter(|lane| *lane <= mask);
        let lane = lane.ok_or_else(|| format!("a lane is not a number of {bits} bits"))?;
        // A shift by 64 twice for lanes of 64 bits stays within 128.
        Ok(vector << bits | u128::from(lane))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_went() {
        for value in [
            Value::I32(u32::MAX),
            Value::I64(u64::MAX),
            Value::F32(0x7fc0_0001),
            Value::F64(1),
            Value::Nan(true),
            Value::Nan(false),
            Value::V128(0x0123_4567_89ab_cdef_fedc_ba98_7654_3210),
            Value::Null(None),
            Value::Null(Some("exnref".into())),
            Value::Ref("externref".into(), Some(7)),
            Value::Ref("structref".into(), None),
        ] {
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn lanes_of_every_width_are_read_low_one_first() {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let bytes: Vec<String> = (0..16).map(|n| format!("\"{n}\"")).collect();
        let bytes = format!(r#"{{"type":"v128","lane_type":"i8","value":[{}]}}"#, bytes.join(","));
        let all = Value::V128(u128::from_le_bytes(std::array::from_fn(|n| n as u8)));
        assert_eq!(read(&bytes), all);
        let words = r#"{"type":"v128","lane_type":"i64","value":["506097522914230528","1084818905618843912"]}"#;
        assert_eq!(read(words), all);
    }

    #[test]
    fn what_is_no_value_is_refused_with_a_reason() {
        for (text, reason) in [
            (r#"{"type":"i32","value":"-1"}"#, "32 bits"),
            (r#"{"type":"i32","value":1}"#, "decimal text"),
            (r#"{"type":"i32"}"#, "has a value"),
            (r#"{"type":"i64","value":"18446744073709551616"}"#, "bits of an i64"),
            (r#"{"type":"v128","lane_type":"i64","value":["1"]}"#, "not a v128"),
            (r#"{"type":"v128","lane_type":"i8","value":["256"]}"#, "not a v128"),
            (r#"{"type":"v128","value":"1"}"#, "list of lanes"),
            (r#"{"type":"f32","value":["1"]}"#, "only a v128"),
            (r#"{"type":"f32","value":"1","bits":"1"}"#, "unknown field"),
        ] {
            let error = serde_json::from_str::<Value>(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
