//! One server on one `SQLite` file. Two would work, as two do on PostgreSQL, but nobody starts a second one on purpose: it is a service
//! that was started by hand as well, or an old one that never ended. On PostgreSQL any number may share the work.

use std::fs::{File, TryLockError};

use anyhow::{Context as _, bail};

/// Holds the lock for as long as it lives; the system lets go of it however the process ends.
#[derive(Debug)]
pub struct Alone(#[expect(dead_code, reason = "held for its lock")] File);

/// Locks the database's neighbour `<file>.lock`. `None` for databases that may be shared, and for those in memory.
pub fn alone(url: &str) -> anyhow::Result<Option<Alone>> {
    let Some(path) = file(url) else { return Ok(None) };
    // Not the file itself: closing a second handle on it would drop the locks that SQLite holds there.
    let beside = format!("{path}.lock");
    let cannot = || format!("database.url: {beside} cannot be written");
    let lock = File::create(&beside).with_context(cannot)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Alone(lock))),
        Err(TryLockError::WouldBlock) => {
            bail!("database.url: another server runs on {path} already; one SQLite file takes one server")
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
    }
}

/// The file of a database; `None` for one that is a server, or in memory.
pub fn file(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _options)| path);
    (!path.is_empty() && path != ":memory:").then_some(path)
}

#[cfg(test)]
mod tests {
    use super::alone;

    #[test]
    fn the_second_is_refused_until_the_first_has_gone() {
        let folder = std::env::temp_dir().join(format!("yinling-alone-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.join("a.db").display());
        let first = alone(&url).unwrap();
        assert!(first.is_some());
        let refused = alone(&url).unwrap_err().to_string();
        assert!(refused.contains("another server runs on") && refused.contains("a.db already"), "{refused}");
        drop(first);
        assert!(alone(&url).unwrap().is_some());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn databases_that_may_be_shared_are_not_locked() {
        for url in ["postgres://yinling@localhost/yinling", "sqlite::memory:"] {
            assert!(alone(url).unwrap().is_none(), "{url}");
        }
    }
}
