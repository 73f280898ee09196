//! Can a layout be used? Looked at before it is kept, so that no batch meets one that cannot be written or read.

use super::shape::{Control, Field, Layout, Part};

/// What a layout lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A column without which nobody can be paid, or no answer be matched.
    #[error("{file}: there is no column {column}")]
    NoColumn {
        /// `out` or `back`.
        file: &'static str,
        /// Which.
        column: &'static str,
    },
    /// A column of the answer that stands there twice.
    #[error("back: the column {0} is there twice")]
    Twice(&'static str),
    /// `any` is nothing that we could write.
    #[error("out: a line in front or after all holds \"any\"")]
    AnyGoesOut,
    /// A result without words, or a word for two of them.
    #[error("back: the words for paid, returned and waiting are missing, empty, or stand for two of them")]
    Words,
    /// What the file's name ends with.
    #[error("extension: one to four letters from a to z")]
    Extension,
    /// A title, a text or a word that would end its field.
    #[error("a text holds the separator, a line end or another control character")]
    Text,
}

impl Layout {
    /// Says what is wrong, if anything.
    pub fn check(&self) -> Result<(), Misfit> {
        let ends = (1..=4).contains(&self.extension.len());
        if !ends || !self.extension.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Misfit::Extension);
        }
        self.goes_out()?;
        self.comes_back()?;
        if self.texts().any(|text| text.chars().any(|c| c.is_control() || c == self.separator.char())) {
            return Err(Misfit::Text);
        }
        Ok(())
    }

    fn goes_out(&self) -> Result<(), Misfit> {
        let needed = [
            (Field::Serial, "serial"),
            (Field::Payee, "payee"),
            (Field::Account, "account"),
            (Field::Amount, "amount"),
        ];
        for (field, column) in needed {
            if !self.out.columns.iter().any(|known| known.field == field) {
                return Err(Misfit::NoColumn { file: "out", column });
            }
        }
        let any = self.out.head.iter().chain(&self.out.foot).any(|control| *control == Control::Any);
        if any { Err(Misfit::AnyGoesOut) } else { Ok(()) }
    }

    fn comes_back(&self) -> Result<(), Misfit> {
        let times = |part: Part| self.back.columns.iter().filter(|known| **known == part).count();
        let parts = [
            (Part::Serial, "serial"),
            (Part::Account, "account"),
            (Part::Amount, "amount"),
            (Part::Result, "result"),
        ];
        for (part, column) in parts {
            if times(part) == 0 {
                return Err(Misfit::NoColumn { file: "back", column });
            }
        }
        let optional = [(Part::Case, "case"), (Part::Payee, "payee"), (Part::Reason, "reason")];
        if let Some((_, column)) = parts.into_iter().chain(optional).find(|(part, _)| times(*part) > 1) {
            return Err(Misfit::Twice(column));
        }
        let words: Vec<&String> = self.words().collect();
        let clear = words.iter().enumerate().all(|(at, word)| {
            !word.trim().is_empty() && !words.iter().skip(at + 1).any(|other| other == word)
        });
        if !clear || self.back.paid.is_empty() || self.back.returned.is_empty() {
            return Err(Misfit::Words);
        }
        Ok(())
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        self.back.paid.iter().chain(&self.back.returned).chain(&self.back.waiting)
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let lines = [&self.out.head, &self.out.foot, &self.back.head, &self.back.foot];
        let controls = lines.into_iter().flatten().filter_map(|control| match control {
            Control::Text(text) => Some(text),
            _ => None,
        });
        let fields = self.out.columns.iter().filter_map(|column| match &column.field {
            Field::Text(text) => Some(text),
            _ => None,
        });
        let titles = self.out.columns.iter().map(|column| &column.title);
        controls.chain(fields).chain(titles).chain(self.words())
    }
}
