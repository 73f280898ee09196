//! What came back.

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) text: String,
    headers: Vec<(String, String)>,
}

impl Page {
    pub(crate) async fn read(answer: reqwest::Response) -> Option<Self> {
        let headers = answer.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        Some(Self { status: answer.status().as_u16(), headers, text: answer.text().await.ok()? })
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// What a hidden field of the page holds.
    pub(crate) fn value(&self, field: &str) -> String {
        let start = format!("name=\"{field}\" value=\"");
        let (_, rest) = self.text.split_once(&start).unwrap_or_else(|| panic!("no {field} in {}", self.text));
        rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
    }

    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "“{words}” is not in\n{}", self.text);
        self
    }

    pub(crate) fn never_says(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "“{words}” is in\n{}", self.text);
        self
    }

    /// The text between two marks, the first time.
    pub(crate) fn between(&self, start: &str, end: &str) -> &str {
        let (_, rest) = self.text.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", self.text));
        rest.split(end).next().unwrap()
    }
}
