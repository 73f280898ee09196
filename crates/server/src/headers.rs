//! Security headers on every answer, errors included.

use actix_web::{http::header, middleware::DefaultHeaders};
use url::Url;

/// The content security policy: everything from here, no script in the page, nobody frames us unless configured.
pub fn policy(frame_ancestors: &[String]) -> String {
    let ancestors = if frame_ancestors.is_empty() { "'none'".to_owned() } else { frame_ancestors.join(" ") };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
}

/// The middleware. Pages are personal and are not kept; what may be kept says so itself.
pub fn secure(policy: &str, public: &Url) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, policy))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // Not "no-referrer": with that, browsers send our own forms with `Origin: null`, like those of a page that hides.
        .add((header::REFERRER_POLICY, "same-origin"))
        .add(("permissions-policy", "camera=(), geolocation=(), microphone=()"))
        .add((header::CACHE_CONTROL, "no-store"));
    // Only where TLS ends before us; a demo on a loopback port must not be locked out of plain HTTP.
    if public.scheme() == "https" {
        headers.add((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"))
    } else {
        headers
    }
}
