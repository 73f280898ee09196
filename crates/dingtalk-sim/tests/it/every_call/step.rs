//! One call of the story, and the stage on which it is made.

use dingtalk_sim::Tenant;
use serde_json::{Value, json};

use super::Kept;

/// A call as it should be. `$name` stands for what is kept.
pub(super) struct Step {
    pub(super) api: &'static str,
    pub(super) query: Value,
    pub(super) body: Value,
    /// The name of a file that is sent instead of the body.
    pub(super) file: Option<&'static str>,
    /// Seconds that pass before.
    pub(super) after: i64,
    at: Vec<&'static str>,
    /// Whose token, when not the app's.
    token: Option<&'static str>,
    keeps: Vec<(&'static str, &'static str)>,
}

pub(super) fn call(api: &'static str) -> Step {
    Step {
        api,
        query: Value::Null,
        body: Value::Null,
        file: None,
        after: 0,
        at: Vec::new(),
        token: None,
        keeps: Vec::new(),
    }
}

impl Step {
    /// What stands in the path's braces.
    pub(super) fn at(self, at: &[&'static str]) -> Self {
        Self { at: at.to_vec(), ..self }
    }

    pub(super) fn query(self, query: Value) -> Self {
        Self { query, ..self }
    }

    pub(super) fn body(self, body: Value) -> Self {
        Self { body, ..self }
    }

    pub(super) fn file(self, name: &'static str) -> Self {
        Self { file: Some(name), ..self }
    }

    pub(super) fn token(self, name: &'static str) -> Self {
        Self { token: Some(name), ..self }
    }

    pub(super) fn after(self, seconds: i64) -> Self {
        Self { after: seconds, ..self }
    }

    /// Takes a token, though not the app's.
    pub(super) fn has_own_token(&self) -> bool {
        self.token.is_some()
    }

    /// Keeps what the answer has at a JSON pointer.
    pub(super) fn keep(mut self, name: &'static str, pointer: &'static str) -> Self {
        self.keeps.push((name, pointer));
        self
    }
}

#[derive(Clone)]
pub(super) enum Token {
    None,
    Here(String),
    /// In the query on the new host, in the header on the old one.
    Elsewhere(String),
}

/// Whether a call is one of api.dingtalk.com.
pub(super) fn is_new(api: &str) -> bool {
    api.contains(" /v1.0/")
}

pub(super) struct Stage {
    pub(super) tenant: Tenant,
    kept: Kept,
    client: reqwest::Client,
}

impl Stage {
    pub(super) fn new(tenant: Tenant, kept: Kept) -> Self {
        Self { tenant, kept, client: crate::raw() }
    }

    pub(super) async fn fetch_token(&mut self) -> String {
        self.play(
            &call("POST /v1.0/oauth2/accessToken")
                .body(json!({"appKey": "$key", "appSecret": "$secret"}))
                .keep("token", "/accessToken"),
        )
        .await;
        self.kept["token"].as_str().unwrap().to_owned()
    }

    /// What is kept, in its places.
    pub(super) fn fill(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let kept = text.strip_prefix('$').and_then(|name| self.kept.get(name));
                kept.unwrap_or(value).clone()
            }
            Value::Array(values) => values.iter().map(|value| self.fill(value)).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(name, value)| (name.clone(), self.fill(value))).collect()
            }
            other => other.clone(),
        }
    }

    /// The name of a step's call with its braces filled.
    pub(super) fn path(&self, step: &Step) -> String {
        let mut at = step.at.iter();
        let part = |part: &str| {
            if !part.starts_with('{') {
                return part.to_owned();
            }
            let part = self.fill(&json!(at.next().unwrap()));
            part.as_str().map_or_else(|| part.to_string(), str::to_owned)
        };
        step.api.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    pub(super) fn token(&self, step: &Step) -> Token {
        // A webhook's own token stands in its query.
        let own = step.query.get("access_token").is_some();
        let token = self.kept.get(step.token.unwrap_or("token")).filter(|_| !own);
        token.map_or(Token::None, |token| Token::Here(token.as_str().unwrap().to_owned()))
    }

    fn request(&self, call: &str, token: &Token, query: &Value) -> reqwest::RequestBuilder {
        let (method, path) = call.split_once(' ').unwrap();
        let method: reqwest::Method = method.parse().unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.tenant.base_url()));
        for (name, value) in query.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            request = request.query(&[(name, text)]);
        }
        match (token, is_new(call)) {
            (Token::None, _) => request,
            (Token::Here(token), true) | (Token::Elsewhere(token), false) => {
                request.header("x-acs-dingtalk-access-token", token)
            }
            (Token::Here(token), false) | (Token::Elsewhere(token), true) => {
                request.query(&[("access_token", token)])
            }
        }
    }

    async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }

    pub(super) async fn send(&self, call: &str, token: &Token, query: &Value, body: &Value) -> (u16, Value) {
        let request = self.request(call, token, query);
        let none = body.is_null() || call.starts_with("GET ");
        Self::answer(if none { request } else { request.json(body) }).await
    }

    pub(super) async fn send_text(
        &self,
        call: &str,
        token: &Token,
        kind: &str,
        body: &'static str,
    ) -> (u16, Value) {
        let request = self.request(call, token, &Value::Null);
        Self::answer(request.header("content-type", kind).body(body)).await
    }

    pub(super) async fn upload(&self, call: &str, token: &Token, query: &Value, file: &str) -> (u16, Value) {
        let head = format!("Content-Disposition: form-data; name=\"media\"; filename=\"{file}\"");
        let body = format!("--xx\r\n{head}\r\n\r\nfile\r\n--xx--\r\n");
        let request = self.request(call, token, query);
        Self::answer(request.header("content-type", "multipart/form-data; boundary=xx").body(body)).await
    }

    /// Makes a call as it should be made.
    pub(super) async fn play(&mut self, step: &Step) {
        let (path, token) = (self.path(step), self.token(step));
        let (query, body) = (self.fill(&step.query), self.fill(&step.body));
        let (status, answer) = match step.file {
            Some(file) => self.upload(&path, &token, &query, file).await,
            None => self.send(&path, &token, &query, &body).await,
        };
        let done = status == 200 && (is_new(step.api) || answer["errcode"] == 0);
        assert!(done, "{path} with {query} and {body}: {status} {answer}");
        for (name, pointer) in &step.keeps {
            let found = answer.pointer(pointer);
            let found = found.unwrap_or_else(|| panic!("{path}: nothing at {pointer} of {answer}"));
            self.kept.insert((*name).to_owned(), found.clone());
        }
    }
}
