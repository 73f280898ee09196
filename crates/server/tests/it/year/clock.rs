//! The tenant's clock, which another process reads, too: how far it is ahead of the machine's stands in a file.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{NaiveDate, TimeDelta};
use server::clock::Clock;

use super::scale;
use crate::harness::Site;

pub(super) struct Shared {
    pub(super) file: PathBuf,
}

impl Shared {
    pub(super) fn of(site: &Site) -> Self {
        let shared = Self { file: site.config.with_file_name("clock") };
        shared.tell(site);
        shared
    }

    /// The next day begins.
    pub(super) fn morning(&self, site: &Site, day: NaiveDate) {
        site.tenant.clock().set(scale::morning(day));
        self.tell(site);
    }

    /// Whole, or as it was: nobody reads half a number.
    fn tell(&self, site: &Site) {
        let ahead = site.tenant.clock().offset().num_milliseconds();
        let new = self.file.with_extension("new");
        fs::write(&new, ahead.to_string()).unwrap();
        fs::rename(new, &self.file).unwrap();
    }

    pub(super) fn clock(&self) -> Clock {
        followed(self.file.clone())
    }
}

/// The machine's clock, as far ahead as the file says.
pub(super) fn followed(file: impl AsRef<Path> + Send + Sync + 'static) -> Clock {
    Clock::Followed(Arc::new(move || {
        let ahead = fs::read_to_string(&file).unwrap().parse().unwrap();
        Clock::System.now() + TimeDelta::milliseconds(ahead)
    }))
}
