//! Where the bytes of papers are: objects with random names, in a folder. What is in them is sealed before it comes here.

use std::{fmt, fs::DirBuilder, os::unix::fs::DirBuilderExt as _, path::Path as Folder, sync::Arc};

use object_store::{ObjectStore as _, ObjectStoreExt as _, local::LocalFileSystem, path::Path};

/// The files cannot be written or read. Names are random, so they may stand in logs.
#[derive(Debug, thiserror::Error)]
pub enum CannotKeep {
    /// The folder cannot be made or opened.
    #[error("the folder of papers cannot be opened")]
    Folder(#[source] std::io::Error),
    /// An object cannot be written, read, listed or removed.
    #[error("an object of papers")]
    Object(#[from] object_store::Error),
}

/// The objects. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<LocalFileSystem>);

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

impl Files {
    /// In a folder, which is made if it is not there and which nobody but its owner reads. What is written is on the medium before
    /// its writing ends.
    pub fn in_folder(folder: &Folder) -> Result<Self, CannotKeep> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(CannotKeep::Folder)?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// A name that says nothing: two digits of folder, 32 of name.
    pub(super) fn name() -> String {
        let name = hex::encode(rand::random::<[u8; 16]>());
        format!("{}/{name}", name.get(..2).unwrap_or_default())
    }

    /// Writes a whole object, or nothing.
    pub(super) async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), CannotKeep> {
        self.0.put(&Path::from(name), bytes.into()).await?;
        Ok(())
    }

    /// Reads an object.
    pub(super) async fn get(&self, name: &str) -> Result<Vec<u8>, CannotKeep> {
        Ok(self.0.get(&Path::from(name)).await?.bytes().await?.to_vec())
    }

    /// Removes an object. One that is not there is removed.
    pub(super) async fn remove(&self, name: &str) -> Result<(), CannotKeep> {
        match self.0.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The names of all objects.
    pub(super) async fn names(&self) -> Result<Vec<String>, CannotKeep> {
        use futures_util::TryStreamExt as _;

        let all = self.0.list(None).map_ok(|found| found.location.to_string());
        Ok(all.try_collect().await?)
    }
}
