//! What the tests share.
// Helpers outside a `#[test]` function: clippy does not see that they are of tests.
#![allow(dead_code, clippy::unwrap_used)]

use parvis_tables::{Limits, Mapping, Record, Refusal, Table, recognise, records};

/// The mapping that the product would propose for a file.
pub fn mapping(file: &[u8]) -> Mapping {
    let mut table = Table::open(file, &Limits::default()).unwrap();
    let sample = table.sample(50);
    recognise(table.headers(), &sample)
}

/// Everything that a file gives with that mapping.
pub fn read(file: &[u8]) -> Vec<Result<Record, Refusal>> {
    records(file, &mapping(file), &Limits::default()).collect()
}

/// The records of a file without refusal.
pub fn good(file: &[u8]) -> Vec<Record> {
    read(file).into_iter().collect::<Result<_, _>>().unwrap()
}

/// Code, line and column of each refusal of a file.
pub fn refused(file: &[u8]) -> Vec<(&'static str, Option<u64>, Option<String>)> {
    let refusals = read(file).into_iter().filter_map(Result::err);
    refusals.map(|r| (r.code.as_str(), r.line, r.column)).collect()
}

/// The stable names of the roles of a file's columns.
pub fn roles(file: &str) -> Vec<&'static str> {
    mapping(file.as_bytes()).columns().iter().map(|c| c.role.as_str()).collect()
}
