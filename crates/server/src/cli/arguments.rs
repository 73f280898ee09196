//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::aid_arguments::AidCommand;
use super::ledger::LedgerCommand;
use super::retention::RetentionCommand;
use super::tree_arguments::TreeCommand;

/// 银龄: services for retired cadres inside DingTalk.
#[derive(Debug, Parser)]
#[command(name = "yinling", version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Where the configuration is.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// The configuration file (TOML); without one the defaults and the environment count.
    #[arg(long, env = "YINLING_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// Sets one key, e.g. --set web.listen=127.0.0.1:8081; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serves pages and callbacks and runs the jobs.
    Serve(Source),
    /// Shows everything on this machine: a simulated DingTalk tenant, the server, an invented county.
    #[cfg(feature = "demo")]
    Demo(Demo),
    /// Brings the database's schema up to date.
    Migrate {
        #[command(flatten)]
        source: Source,
        /// Only says what is missing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Looks at the configuration.
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Looks at clock, database, keys and DingTalk, and says what to do.
    Doctor {
        #[command(flatten)]
        source: Source,
        /// For machines.
        #[arg(long)]
        json: bool,
        /// Only calls that are not counted by the month; for looking often.
        #[arg(long)]
        free: bool,
        /// An anchor as the day's letter says it, NUMBER:HASH; may be repeated.
        #[arg(long = "anchor", value_name = "ANCHOR")]
        anchors: Vec<audit::Anchor>,
    },
    /// The app in the tenant, compared with dingtalk-manifest/.
    Manifest {
        #[command(subcommand)]
        what: ManifestCommand,
    },
    /// Asks the private listener whether the server is ready; for containers.
    Healthcheck(Source),
    /// Looks at the audit chain.
    Audit {
        #[command(subcommand)]
        what: AuditCommand,
    },
    /// How long things are kept: what is due, what was approved, what has come back.
    Retention {
        #[command(subcommand)]
        what: RetentionCommand,
    },
    /// Another key for what is sealed.
    Rotation {
        #[command(subcommand)]
        what: RotationCommand,
    },
    /// Proves aid cases, offline; the files of banks.
    Aid {
        #[command(subcommand)]
        what: AidCommand,
    },
    /// The money: what is where, and the end of the year.
    Ledger {
        #[command(subcommand)]
        what: LedgerCommand,
    },
    /// The platform's directory.
    Directory {
        #[command(subcommand)]
        what: DirectoryCommand,
    },
    /// The trees of the organisation, the regions, the party and the volunteer corps.
    Tree {
        #[command(subcommand)]
        what: TreeCommand,
    },
    /// Everything as one file, and back.
    Portable {
        #[command(subcommand)]
        what: PortableCommand,
    },
    /// Gives a login its first role; later ones are given by administrators.
    Grant {
        #[command(flatten)]
        source: Source,
        /// The login, as the tenant's directory calls it.
        userid: String,
        /// The role; another word lists all of them.
        role: String,
        /// The region's code: 330000 is the province, 330106 a district.
        region: String,
    },
    /// Takes a login's second factor away, when no two other security administrators are there to do it on the desk.
    ResetSecondFactor {
        #[command(flatten)]
        source: Source,
        /// The login, as the tenant's directory calls it.
        userid: String,
    },
    /// Makes the key files of a new installation; files that are there stay.
    Keys {
        /// The folder.
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Says whether the configuration can be used.
    Check(Source),
    /// Shows each key with where it came from; secrets are hidden.
    Show(Source),
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Walks the chain and holds it against the anchors: 0 is whole, 1 is broken, and the first bad row is named.
    Verify {
        #[command(flatten)]
        source: Source,
        /// The first row to look at; the one before it is believed.
        #[arg(long, default_value_t = 1)]
        from: i64,
        /// An anchor that was written down elsewhere, NUMBER:HASH; may be repeated.
        #[arg(long = "anchor", value_name = "ANCHOR")]
        anchors: Vec<audit::Anchor>,
        /// The folder of anchors, when it is not the configured one.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Writes rows into a file that can be checked without the database.
    Export {
        #[command(flatten)]
        source: Source,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
        /// About what, such as person/ID; may be repeated.
        #[arg(long = "subject")]
        subjects: Vec<String>,
        /// Done by this login.
        #[arg(long)]
        actor: Option<String>,
        /// What was done, such as person.revealed; may be repeated.
        #[arg(long = "action")]
        actions: Vec<String>,
        /// From this day on, as in 2026-03-01.
        #[arg(long)]
        since: Option<chrono::NaiveDate>,
        /// Up to this day, which is still in it.
        #[arg(long)]
        until: Option<chrono::NaiveDate>,
    },
    /// Checks a file that `export` wrote. Needs no database and no network.
    Check {
        /// The file.
        file: PathBuf,
        /// The installation's public key, as `yinling aid key` says it.
        #[arg(long, env = "YINLING_BUNDLE_KEY")]
        key: String,
        /// The file with the chain's key; with it every row is checked, too.
        #[arg(long)]
        chain_key: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum RotationCommand {
    /// Says which key is used by how many values, and how far the way to the newest is. 1 when a key is missing.
    Status(Source),
    /// Seals everything with the newest key now. The servers do it by themselves; both at once do no harm.
    Run(Source),
}

#[derive(Debug, Subcommand)]
pub(super) enum ManifestCommand {
    /// Says what is missing and what to click where: 0 is complete, 1 is not. Makes some counted calls.
    Check {
        #[command(flatten)]
        source: Source,
        /// For machines.
        #[arg(long)]
        json: bool,
    },
    /// Makes what an API can make; a second time it changes nothing.
    Apply(Source),
}

#[derive(Debug, Subcommand)]
pub(super) enum DirectoryCommand {
    /// Compares everybody and every department with our rows now, as each night. 2 when it stopped to ask.
    Sync {
        #[command(flatten)]
        source: Source,
        /// Only says what differs; writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// What the demo can be told.
#[cfg(feature = "demo")]
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Where the demo keeps its state between runs.
    #[arg(long, default_value = "demo-data")]
    pub(super) data: PathBuf,
    /// Starts over.
    #[arg(long)]
    pub(super) fresh: bool,
    /// tiny (600 people), county (12,000) or province (460,000, which takes minutes).
    #[arg(long, default_value = "county")]
    pub(super) seed: String,
    /// The simulator's port; the server and the phones take the next ones. 0 takes any free ones.
    #[arg(long, default_value_t = 18080)]
    pub(super) port: u16,
    /// When the tenant's clock begins, as in 2026-11-24T09:00:00+08:00; now otherwise. A state that is kept has its own.
    #[arg(long)]
    pub(super) begins: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PortableCommand {
    /// Writes every row of the database to a new file. What is sealed stays sealed: the keys go another way.
    Export {
        #[command(flatten)]
        source: Source,
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Reads such a file into an empty database, which may be of the other kind.
    Import {
        #[command(flatten)]
        source: Source,
        /// The file.
        file: PathBuf,
    },
}
