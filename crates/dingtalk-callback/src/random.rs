//! Random bytes and nonces.

use std::cell::RefCell;

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

thread_local! {
    /// Seeded by the system once in each thread: asked for each answer, the system costs almost as much as sealing it.
    static GENERATOR: RefCell<Option<StdRng>> = const { RefCell::new(None) };
}

/// What sealing and signing one text takes: sixteen bytes, and a nonce of sixteen letters and digits.
///
/// They come from a cipher that the system's randomness has keyed, so what was seen says nothing about what follows. Where the system
/// has no randomness there is nothing: the caller refuses instead of sending predictable bytes.
pub(crate) fn fresh() -> Option<([u8; 16], String)> {
    let mut bytes = [0; 24];
    GENERATOR.with_borrow_mut(|generator| {
        if generator.is_none() {
            *generator = StdRng::try_from_os_rng().ok();
        }
        generator.as_mut().map(|generator| generator.fill_bytes(&mut bytes))
    })?;
    let (random, nonce) = bytes.split_first_chunk()?;
    let mut digits = [0; 16];
    hex::encode_to_slice(nonce, &mut digits).ok()?;
    Some((*random, std::str::from_utf8(&digits).ok()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::fresh;

    #[test]
    fn nothing_comes_twice_whoever_asks() {
        let ask = || (0..200).map(|_| fresh().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(ask)).collect();
        let (bytes, nonces): (BTreeSet<_>, BTreeSet<_>) =
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).unzip();
        assert_eq!((bytes.len(), nonces.len()), (800, 800));
    }
}
