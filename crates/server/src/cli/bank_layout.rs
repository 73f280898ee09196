//! `aid layout`: how the files of banks look, added at the machine from a file that somebody wrote after the bank's document.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use domain::{
    By,
    aid::{
        AidError, Refusal,
        commands::layout::{NewLayout, add_layout},
        payment::layout::Layout,
        store,
    },
};
use serde::Deserialize;

use crate::{app, clock::Clock, config::Config, keys, terminal::say};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    bank: String,
    valid_from: chrono::NaiveDate,
    source: String,
    layout: Layout,
}

fn read(text: &str) -> anyhow::Result<NewLayout> {
    let Written { code, bank, valid_from, source, layout } = toml::from_str(text)?;
    layout.check()?;
    Ok(NewLayout { code, bank, valid_from, source, layout })
}

/// Adds one. That it was added is in the audit chain.
pub(super) async fn add(config: &Config, file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let new = read(&text).with_context(|| format!("{} is no layout", file.display()))?;
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    match add_layout(&db, &cx, By::INSTALLER, new, Clock::System.now()).await {
        Ok(row) => say(format!("{} ({}) counts from {}", row.bank, row.code, row.valid_from)),
        Err(AidError::Refused(Refusal::LayoutExists)) => {
            bail!(
                "there is a layout of this code from the same day; a bank that changes its files gets another day"
            )
        }
        Err(AidError::Refused(_)) => {
            bail!("code: 1 to 40 small letters, digits or hyphens; bank and source say something")
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Lists them.
pub(super) async fn list(config: &Config) -> anyhow::Result<()> {
    let db = app::connect(config).await?;
    for row in store::bank::layouts(&db).await? {
        say(format!("{} from {}: {}, {}", row.code, row.valid_from, row.bank, row.source));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::aid::payment::layout::sample;

    use super::read;

    fn page() -> &'static str {
        let page = include_str!("../../../../docs/bank-files.md");
        page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap()
    }

    #[test]
    fn the_page_about_layouts_shows_the_one_that_comes_with_the_program() {
        assert_eq!(read(page()).unwrap().layout, sample());
    }

    #[test]
    fn a_file_that_says_what_nobody_knows_or_lacks_what_is_needed_is_no_layout() {
        for (from, to) in [
            ("line_end = \"crlf\"", "line_end = \"crlf\"\nlines = 3"),
            ("separator = \"bar\"", "separator = \"semicolon\""),
            ("{ field = \"account\" }, ", ""),
            ("\"serial\", \"account\"", "\"account\""),
            ("\"ignored\"", "\"result\""),
            ("paid = [\"0000\"]", "paid = []"),
            ("waiting = [\"9999\"]", "waiting = [\"0001\"]"),
            ("\"date\", \"count\", \"total\"]", "\"any\"]"),
            ("extension = \"txt\"", "extension = \"../x\""),
            ("text = \"H\"", "text = \"H|\""),
        ] {
            let changed = page().replacen(from, to, 1);
            assert_ne!(changed, page(), "{from}");
            assert!(read(&changed).is_err(), "{to}");
        }
    }
}
