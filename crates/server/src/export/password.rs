//! The password of a file that is taken out in an encrypted archive. It is made for the page that shows it and comes back with its form; it
//! is kept nowhere, so that whoever loses it takes the file once more.

use ring::rand::{SecureRandom, SystemRandom};

use crate::page::PageError;

/// Without letters that are taken for digits.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters, in groups of [`GROUP`]: eighty bits.
const LONG: usize = 16;
const GROUP: usize = 4;

/// A new one.
pub(super) fn fresh() -> Result<String, PageError> {
    let mut bytes = [0_u8; LONG];
    let random = SystemRandom::new().fill(&mut bytes);
    random.or(Err(PageError::Broken(anyhow::anyhow!("no randomness"))))?;
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    let letters: Vec<char> = letters.map(|letter| char::from(*letter)).collect();
    Ok(letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Is it one of ours? Nobody is let to choose a short one.
pub(super) fn is_ours(password: &str) -> bool {
    let groups: Vec<&str> = password.split('-').collect();
    let known = |group: &&str| group.len() == GROUP && group.bytes().all(|letter| LETTERS.contains(&letter));
    groups.len() == LONG / GROUP && groups.iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::{fresh, is_ours};

    #[test]
    fn each_is_new_and_none_is_chosen() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert!(one != other && is_ours(&one) && is_ours(&other), "{one} {other}");
        for bad in
            ["", "1234", "0123-4567-89ab", "0123-4567-89ab-cdei", "0123456789abcdef", "0123-4567-89ab-cde-"]
        {
            assert!(!is_ours(bad), "{bad}");
        }
    }
}
