//! What can be said about trees on the command line.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::ids::RegionCode;

use super::arguments::Source;

#[derive(Debug, Subcommand)]
pub(super) enum TreeCommand {
    /// Shows the top of a tree or what is below a node, each with the id or code by which other commands take it.
    Show {
        #[command(flatten)]
        source: Source,
        /// organ, region, party or corps.
        tree: String,
        /// A name, ABOVE/NAME where several are called so, an id, or a region's code.
        node: Option<String>,
        /// As of this day.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// All levels, not only the next.
        #[arg(long)]
        all: bool,
    },
    /// Adds a node.
    Add {
        #[command(flatten)]
        source: Source,
        /// organ, region, party or corps.
        tree: String,
        /// Its name.
        name: String,
        /// Below which; without it at the top. A region's code says that already.
        #[arg(long)]
        under: Option<String>,
        /// What it is, such as body, committee or team; another word lists all of them.
        #[arg(long, default_value = "")]
        kind: String,
        /// A region's code.
        #[arg(long)]
        code: Option<RegionCode>,
        #[command(flatten)]
        when: When,
    },
    /// Calls a node otherwise from a day on.
    Rename {
        #[command(flatten)]
        source: Source,
        /// organ, region, party or corps.
        tree: String,
        /// Which.
        node: String,
        /// The name.
        name: String,
        #[command(flatten)]
        when: When,
    },
    /// Puts a node below another one, or gives a region another code; says for whom what changes.
    Move {
        #[command(flatten)]
        source: Source,
        /// organ, region, party or corps.
        tree: String,
        /// Which.
        node: String,
        /// Below which; of a region its new code.
        to: String,
        #[command(flatten)]
        when: When,
    },
    /// Lets a unit, a branch or a region belong to a node.
    Join {
        #[command(flatten)]
        source: Source,
        /// organ, party or corps.
        tree: String,
        /// Which node.
        node: String,
        /// What: a name, REGION/NAME where several are called so; a region's code.
        what: String,
        #[command(flatten)]
        when: When,
    },
    /// Lets it belong there no longer.
    Part {
        #[command(flatten)]
        source: Source,
        /// organ, party or corps.
        tree: String,
        /// Which node.
        node: String,
        /// What.
        what: String,
        #[command(flatten)]
        when: When,
    },
    /// Ends a node on which nothing hangs.
    Close {
        #[command(flatten)]
        source: Source,
        /// organ, region, party or corps.
        tree: String,
        /// Which.
        node: String,
        #[command(flatten)]
        when: When,
    },
}

/// From when, and whether at all.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct When {
    /// From this day on, as in 2026-12-01.
    #[arg(long)]
    pub(super) from: NaiveDate,
    /// Only says what would change for whom.
    #[arg(long)]
    pub(super) dry_run: bool,
}

impl TreeCommand {
    /// Where the configuration is.
    pub(super) fn source(&self) -> &Source {
        match self {
            Self::Show { source, .. }
            | Self::Add { source, .. }
            | Self::Rename { source, .. }
            | Self::Move { source, .. }
            | Self::Join { source, .. }
            | Self::Part { source, .. }
            | Self::Close { source, .. } => source,
        }
    }
}
