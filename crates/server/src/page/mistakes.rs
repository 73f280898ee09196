//! What is wrong with a form, field by field, in the words that the page shows on top and beside the field.

use std::borrow::Cow;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field's name, which is its id in the page.
    pub field: Cow<'static, str>,
    /// What to do about it: "请选一个", never a blame.
    pub words: String,
}

/// All of a form's, at most one for a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// A form with one.
    pub fn one(field: impl Into<Cow<'static, str>>, words: impl Into<String>) -> Self {
        let mut mistakes = Self::new();
        mistakes.add(field, words);
        mistakes
    }

    /// Notes one. The first for a field is the one that is said.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, words: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.0.push(Mistake { field, words: words.into() });
        }
    }

    /// The value, or the mistake is noted: `let amount = mistakes.need("amount", read_amount(&form.amount));`
    pub fn need<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        read: Result<T, impl Into<String>>,
    ) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(words) => {
                self.add(field, words);
                None
            }
        }
    }

    /// Is everything fine?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the fields, if they were read in that order.
    pub fn all(&self) -> &[Mistake] {
        &self.0
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|mistake| mistake.field == field).map(|mistake| mistake.words.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Mistakes;

    #[test]
    fn a_field_says_its_first_mistake() {
        let mut mistakes = Mistakes::new();
        assert_eq!(mistakes.need("size", Ok::<_, &str>(3)), Some(3));
        assert!(mistakes.is_empty());
        assert_eq!(mistakes.need::<u8>("size", Err("请选一个")), None);
        mistakes.add("size", "太大了");
        assert_eq!((mistakes.of("size"), mistakes.all().len()), (Some("请选一个"), 1));
        assert_eq!(mistakes.of("other"), None);
    }
}
