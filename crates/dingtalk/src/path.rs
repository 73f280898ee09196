//! Ids inside an address.

use url::form_urlencoded::byte_serialize;

/// One segment of a path. Ids hold no white space, so that the only difference between forms and paths does not matter.
pub(crate) fn segment(id: &str) -> String {
    byte_serialize(id.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn an_id_cannot_lead_to_another_address() {
        assert_eq!(segment("Uq7iS-a_b.c"), "Uq7iS-a_b.c");
        assert_eq!(segment("a/../b?c#d"), "a%2F..%2Fb%3Fc%23d");
        assert_eq!(segment("cid4Gh+x=="), "cid4Gh%2Bx%3D%3D");
    }
}
