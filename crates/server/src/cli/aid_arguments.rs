//! What can be said about aid on the command line.

use std::path::PathBuf;

use clap::Subcommand;

use super::arguments::Source;

#[derive(Debug, Subcommand)]
pub(super) enum AidCommand {
    /// Writes the signed bundle of a case.
    Prove {
        #[command(flatten)]
        source: Source,
        /// The case's number.
        case: String,
        /// Where to; CASE.bundle.json here otherwise.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Verifies a bundle. Needs no database, no configuration and no network.
    Verify {
        /// The file.
        bundle: PathBuf,
        /// The installation's public key, as `yinling aid key` says it.
        #[arg(long, env = "YINLING_BUNDLE_KEY")]
        key: String,
    },
    /// Says the public key: what auditors are given once, by another way than the bundles.
    Key(Source),
    /// How the files of banks look.
    Layout {
        #[command(subcommand)]
        what: LayoutCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum LayoutCommand {
    /// Adds what a TOML file says (docs/bank-files.md). It is never changed again.
    Add {
        #[command(flatten)]
        source: Source,
        /// The file.
        file: PathBuf,
    },
    /// Lists them all.
    List(Source),
}
