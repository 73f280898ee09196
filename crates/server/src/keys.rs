//! The installation's keys, read from files that only the server may read.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context as _, bail, ensure};
use domain::{Context, aid::bundle::Signer, privacy::Sealer};

use crate::config::Keys;

/// Reads the keys that commands need.
pub fn context(keys: &Keys) -> anyhow::Result<Context> {
    let audit = read("keys.audit_file", &keys.audit_file)?;
    let audit = audit::Key::from_bytes(&audit).context("keys.audit_file needs 32 bytes or more")?;
    let sealing = lines("keys.seal_file", read("keys.seal_file", &keys.seal_file)?)?;
    let index = read("keys.index_file", &keys.index_file)?;
    // An index file of before keys had names is the key itself.
    let index =
        if index.len() == 32 { vec![(String::new(), index)] } else { lines("keys.index_file", index)? };
    Ok(Context { audit, seal: Sealer::with_indexes(&borrowed(&sealing), &borrowed(&index))? })
}

/// Lines of the form `id:hex`.
fn lines(key: &str, bytes: Vec<u8>) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let text = String::from_utf8(bytes).with_context(|| format!("{key} is no text"))?;
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some((id, hex)) = line.trim().split_once(':') else {
            bail!("{key} has lines of the form id:hex");
        };
        let bytes = hex::decode(hex).with_context(|| format!("{key} has a line that is not hex"))?;
        found.push((id.to_owned(), bytes));
    }
    Ok(found)
}

fn borrowed(keys: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    keys.iter().map(|(id, key)| (id.as_str(), key.as_slice())).collect()
}

/// Reads the key that signs proof bundles.
pub fn signer(keys: &Keys) -> anyhow::Result<Signer> {
    Ok(Signer::from_seed(&read("keys.signing_file", &keys.signing_file)?)?)
}

fn read(key: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    ensure!(!path.is_empty(), "{key} is not set");
    fs::read(path).with_context(|| format!("{key} names {path}, which cannot be read"))
}

/// A short mark of a value under the audit key, from which nobody without the key learns the value.
pub fn fingerprint(keys: &Keys, text: &str) -> anyhow::Result<String> {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &read("keys.audit_file", &keys.audit_file)?);
    let mac = ring::hmac::sign(&key, format!("configuration\n{text}").as_bytes());
    Ok(hex::encode(mac.as_ref().iter().take(4).copied().collect::<Vec<u8>>()))
}

/// Makes a folder of fresh keys, for a demo or a new installation. Files that are there stay.
pub fn generate(folder: &Path) -> anyhow::Result<Keys> {
    use ring::rand::{SecureRandom, SystemRandom};

    let random = SystemRandom::new();
    let bytes = || -> anyhow::Result<[u8; 32]> {
        let mut bytes = [0; 32];
        random.fill(&mut bytes).ok().context("the machine has no randomness to give")?;
        Ok(bytes)
    };
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let put = |name: &str, contents: &[u8]| -> anyhow::Result<String> {
        let path = folder.join(name);
        if !path.exists() {
            private(&path, contents).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(path.display().to_string())
    };
    Ok(Keys {
        audit_file: put("audit.key", &bytes()?)?,
        seal_file: put("seal.keys", format!("k1:{}\n", hex::encode(bytes()?)).as_bytes())?,
        index_file: put("index.key", &bytes()?)?,
        signing_file: put("signing.key", &bytes()?)?,
    })
}

/// The lines of a configuration's `[keys]`.
pub fn to_toml(keys: &Keys) -> String {
    let Keys { audit_file, seal_file, index_file, signing_file } = keys;
    format!(
        "audit_file = {audit_file:?}\nseal_file = {seal_file:?}\nindex_file = {index_file:?}\nsigning_file = {signing_file:?}\n"
    )
}

/// A new file that nobody but its owner reads.
fn private(path: &Path, contents: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(contents)
}
