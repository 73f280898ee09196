//! Typed client of the DingTalk OpenAPI
