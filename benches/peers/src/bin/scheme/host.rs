//! The functions that a module of `guile-hoot` imports, as far as the programs here need them: large numbers, texts,
//! and output. Knows nothing of engines.

/// An argument or a result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    I32(i32),
    I64(i64),
    F64(f64),
    /// A value of the host.
    Host(Host),
    /// The bytes of an array.
    Bytes(Vec<u8>),
    Null,
    /// A value that no function here looks into.
    Other,
}

/// What a reference to a value of the host is to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Host {
    /// A number that Scheme holds outside of Wasm. Those of more than 128 bits are not supported.
    Number(i128),
    /// A text.
    Text(String),
}

fn number(value: i128) -> Value {
    Value::Host(Host::Number(value))
}

fn flag(value: bool) -> Value {
    Value::I32(value.into())
}

fn gcd(a: i128, b: i128) -> i128 {
    match b {
        0 => a.abs(),
        _ => gcd(b, a % b),
    }
}

/// Calls the function of this name, of any of the modules `rt`, `io` and `debug`. What is written to standard output is
/// added to `output`.
///
/// # Errors
/// Fails if there is no such function, if a number is too large, and if the program ends with an error.
pub(crate) fn call(name: &str, args: &[Value], output: &mut String) -> Result<Vec<Value>, String> {
    use Host::{Number, Text};
    use Value::{Bytes, F64, I32, I64};
    let many = |value: Option<i128>| value.map(number).ok_or("a number is too large".to_owned());
    let shifted = |a: i128, by: i64| {
        let by = u32::try_from(by).ok().filter(|by| *by < 127).ok_or("a number is too large")?;
        let shifted = a << by;
        match shifted >> by == a {
            true => Ok(number(shifted)),
            false => Err("a number is too large".to_owned()),
        }
    };
    let result = match (name, args) {
        ("wtf8_to_string", [Bytes(bytes)]) => {
            Value::Host(Text(String::from_utf8_lossy(bytes).into_owned()))
        }
        ("string_to_wtf8", [Value::Host(Text(text))]) => Bytes(text.clone().into_bytes()),
        ("fexp", [F64(x)]) => F64(x.exp()),
        ("flog", [F64(x)]) => F64(x.ln()),
        ("bignum_from_i32", [I32(a)]) => number((*a).into()),
        ("bignum_from_i64", [I64(a)]) => number((*a).into()),
        ("bignum_from_u64", [I64(a)]) => number((*a as u64).into()),
        ("bignum_is_i64", [Value::Host(Number(a))]) => flag(i64::try_from(*a).is_ok()),
        ("bignum_is_u64", [Value::Host(Number(a))]) => flag(u64::try_from(*a).is_ok()),
        ("bignum_get_i64", [Value::Host(Number(a))]) => I64(*a as i64),
        ("bignum_to_f64", [Value::Host(Number(a))]) => F64(*a as f64),
        ("bignum_eq_f64", [Value::Host(Number(a)), F64(b)]) => flag(*a as f64 == *b),
        ("bignum_lt_big_f64", [Value::Host(Number(a)), F64(b)]) => flag((*a as f64) < *b),
        ("bignum_le_big_f64", [Value::Host(Number(a)), F64(b)]) => flag(*a as f64 <= *b),
        ("bignum_lt_f64_big", [F64(a), Value::Host(Number(b))]) => flag(*a < *b as f64),
        ("bignum_le_f64_big", [F64(a), Value::Host(Number(b))]) => flag(*a <= *b as f64),
        ("bignum_lt_i32_big", [I32(a), Value::Host(Number(b))]) => flag(i128::from(*a) < *b),
        ("bignum_lt_big_i32", [Value::Host(Number(a)), I32(b)]) => flag(*a < i128::from(*b)),
        ("bignum_lsh_i32_i64", [I32(a), I64(by)]) => shifted((*a).into(), *by)?,
        ("bignum_lsh", [Value::Host(Number(a)), I64(by)]) => shifted(*a, *by)?,
        ("bignum_rsh", [Value::Host(Number(a)), I64(by)]) => number(a >> (*by).clamp(0, 127)),
        ("bignum_add_i32", [Value::Host(Number(a)), I32(b)]) => many(a.checked_add((*b).into()))?,
        ("bignum_sub_i32", [Value::Host(Number(a)), I32(b)]) => many(a.checked_sub((*b).into()))?,
        ("bignum_mul_i32", [Value::Host(Number(a)), I32(b)]) => many(a.checked_mul((*b).into()))?,
        (_, [Value::Host(Number(a)), Value::Host(Number(b))]) => match name {
            "bignum_add" => many(a.checked_add(*b))?,
            "bignum_sub" => many(a.checked_sub(*b))?,
            "bignum_mul" => many(a.checked_mul(*b))?,
            "bignum_quo" => many(a.checked_div(*b))?,
            "bignum_rem" => many(a.checked_rem(*b))?,
            // The sign is that of the divisor.
            "bignum_mod" => match a.checked_rem(*b) {
                Some(rest) if rest != 0 && (rest < 0) != (*b < 0) => number(rest + b),
                rest => many(rest)?,
            },
            "bignum_gcd" => number(gcd(*a, *b)),
            "bignum_lt" => flag(a < b),
            "bignum_eq" => flag(a == b),
            _ => return Err(format!("there is no function `{name}`")),
        },
        ("write_stdout", [Value::Host(Text(text))]) => {
            output.push_str(text);
            return Ok(Vec::new());
        }
        ("write_stderr", [Value::Host(Text(text))]) => {
            eprint!("{text}");
            return Ok(Vec::new());
        }
        ("read_stdin", []) => Value::Host(Text(String::new())),
        ("code_name", _) => Value::Null,
        ("code_source", _) => return Ok(vec![Value::Null, I32(0), I32(0)]),
        ("die", [Value::Host(Text(tag)), ..]) => return Err(format!("the program failed: {tag}")),
        _ => return Err(format!("there is no function `{name}` for {args:?}")),
    };
    Ok(vec![result])
}
