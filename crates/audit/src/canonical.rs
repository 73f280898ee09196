//! A row as bytes, in one way only.

use crate::entity::Row;
use crate::key::{Key, Purpose};

/// Goes first, so that a later format cannot be mistaken for this one.
const FORMAT: u8 = 1;

/// Every field with its length in front: no two rows have the same bytes, whatever is in their texts. The buffer is
/// cleared first; whoever hashes many rows needs one.
pub(crate) fn write(into: &mut Vec<u8>, row: &Row) {
    into.clear();
    into.push(FORMAT);
    into.extend(row.seq.0.to_be_bytes());
    into.extend(row.at.timestamp_micros().to_be_bytes());
    for field in [&row.actor, &row.role, &row.action, &row.subject, &row.result, &row.detail] {
        into.extend((field.len() as u64).to_be_bytes());
        into.extend(field.as_bytes());
    }
}

/// The place in the chain of a row that comes after `previous`: empty before the first row, 32 bytes after it.
pub(crate) fn hash(key: &Key, previous: &[u8], row: &Row) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    write(&mut bytes, row);
    tag(key, previous, &bytes).as_ref().to_vec()
}

/// The same of a row that is bytes already.
pub(crate) fn tag(key: &Key, previous: &[u8], bytes: &[u8]) -> ring::hmac::Tag {
    let length = [u8::try_from(previous.len()).unwrap_or(u8::MAX)];
    key.tag(Purpose::Row, &[&length, previous, bytes])
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::Seq;

    fn bytes(row: &Row) -> Vec<u8> {
        let mut bytes = b"left over".to_vec();
        write(&mut bytes, row);
        bytes
    }

    fn row(fields: [String; 6]) -> Row {
        let [actor, role, action, subject, result, detail] = fields;
        let at = DateTime::from_timestamp(1_793_500_000, 123_456_000).unwrap();
        Row { seq: Seq(7), at, actor, role, action, subject, result, detail, hash: Vec::new() }
    }

    proptest! {
        /// Moving a boundary between fields, or swapping them, is a different row.
        #[test]
        fn different_rows_have_different_bytes(
            one in prop::array::uniform6("[ab/]{0,3}"), other in prop::array::uniform6("[ab/]{0,3}"),
        ) {
            prop_assert_eq!(one == other, bytes(&row(one.clone())) == bytes(&row(other.clone())));
        }
    }

    #[test]
    fn number_and_time_are_part_of_it() {
        let fields = || std::array::from_fn(|_| "x".to_owned());
        let (one, mut later, mut next) = (row(fields()), row(fields()), row(fields()));
        later.at += chrono::Duration::microseconds(1);
        next.seq = Seq(8);
        assert_ne!(bytes(&one), bytes(&later));
        assert_ne!(bytes(&one), bytes(&next));
    }
}
