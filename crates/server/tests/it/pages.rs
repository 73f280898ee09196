//! What holds for every page, whoever wrote it: the list of routes is the list of cases.

use actix_web::http::Method;
use server::routes::{self, Access, Route};

use crate::harness::{Browser, House, Page};

/// An address of the route; its placeholders name nothing that exists.
fn address(route: &Route) -> String {
    let nothing = "018f0000-0000-7000-8000-000000000001";
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { nothing } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(browser: &Browser, route: &Route) -> Page {
    let request = browser.request(route.method.as_str().parse().unwrap(), &address(route));
    Page::read(request.form(&[("x", "y")]).send().await.unwrap()).await.unwrap()
}

fn headers(page: &Page, address: &str) {
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{address}: {policy}");
    }
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
    assert_eq!(page.header("referrer-policy"), "same-origin", "{address}");
    let kept = page.header("cache-control");
    assert!(kept == "no-store" || address.starts_with("/static/"), "{address}: {kept}");
}

#[actix_web::test]
async fn nobody_gets_in_without_signing_in() {
    let house = House::open().await;
    for route in routes::all() {
        let page = ask(&house.browser(), &route).await;
        headers(&page, route.path);
        match (route.access, &route.method) {
            (Access::Public, _) => {}
            (Access::Platform, _) => assert_eq!(page.status, 400, "{}", route.path),
            (Access::SignedIn | Access::Role, &Method::GET) => {
                assert_eq!(page.status, 303, "{}", route.path);
                assert!(page.header("location").starts_with("/enter?to="), "{}", route.path);
            }
            (Access::SignedIn | Access::Role, _) => assert_eq!(page.status, 401, "{}", route.path),
        }
    }
}

#[actix_web::test]
async fn what_one_may_not_know_of_does_not_exist() {
    let house = House::open().await;
    let browser = house.signed_in("wangxiuying").await;
    for route in routes::all().into_iter().filter(|route| route.access == Access::Role) {
        if route.method == Method::GET {
            let page = ask(&browser, &route).await;
            assert_eq!(page.status, 404, "{}", route.path);
        } else {
            let token = browser.get("/text-size", 200).await.value("csrf");
            let page = browser.request(reqwest::Method::POST, &address(&route));
            let page = Page::read(page.form(&[("csrf", token)]).send().await.unwrap()).await.unwrap();
            assert!([404, 409].contains(&page.status), "{}: {}", route.path, page.status);
        }
    }
}

#[actix_web::test]
async fn every_page_has_what_every_page_has() {
    let house = House::open().await;
    let browser = house.signed_in("wangxiuying").await;
    let signed = routes::all().into_iter().filter(|route| route.access == Access::SignedIn);
    for route in signed.filter(|route| route.method == Method::GET && route.path != "/") {
        let page = ask(&browser, &route).await;
        headers(&page, route.path);
        if page.status != 303 {
            whole(&page, route.path);
        }
    }
    whole(&browser.get("/nothing/here", 404).await, "404");
    whole(&browser.send(browser.request(reqwest::Method::DELETE, "/home"), 405).await, "405");
    let large = "x".repeat(2 << 20);
    whole(&browser.post("/text-size", &[("size", &large)], 413).await, "413");
}

/// One heading that is the title, the language, somebody to call, nothing of anybody else's.
fn whole(page: &Page, path: &str) {
    assert!(page.text.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\""), "{path}: {}", page.text);
    assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
    let title = page.between("<title>", "</title>").trim_start_matches("错误：").to_owned();
    assert_eq!(page.between("<h1 id=\"title\">", "</h1>"), title, "{path}");
    assert!(!title.is_empty(), "{path}");
    page.says("<a class=\"button call\" href=\"tel:").says("class=\"skip\"");
    for foreign in ["src=\"http", "href=\"http", " style=\"", " onclick", "<script>"] {
        assert!(!page.text.contains(foreign), "{path}: {foreign}");
    }
}

#[actix_web::test]
async fn a_file_is_kept_for_good_under_its_hash() {
    let house = House::open().await;
    let browser = house.browser();
    let entrance = browser.get("/enter", 200).await;
    let address = entrance.between("<link rel=\"stylesheet\" href=\"", "\"");
    assert_eq!(
        browser.get(address, 200).await.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let bare = browser.get("/static/yinling.css", 200).await;
    assert_eq!(bare.header("cache-control"), "public, max-age=3600");
    browser.get("/static/dingtalk.js", 200).await.says("yinlingBridge");
}

#[actix_web::test]
async fn no_piece_of_a_page_takes_text_for_markup() {
    let house = House::open().await;
    let (browser, script) = (house.browser(), "\"><script>alert('1')</script>");
    for desk in ["", "&desk=1"] {
        let encoded: String = url::form_urlencoded::byte_serialize(script.as_bytes()).collect();
        let page = browser.get(&format!("/styleguide?text={encoded}{desk}"), 200).await;
        page.never_says("<script>alert").says("&#62;&#60;script&#62;");
    }
}

#[actix_web::test]
async fn what_people_are_called_is_text_and_never_a_page() {
    let house = House::open().await;
    let script = "<script>alert(1)</script>";
    let browser = house.signed_in("wangxiuying").await;
    browser.get(&format!("/enter?to=/{script}"), 200).await.never_says(script);
    browser.get(&format!("/{script}"), 404).await.never_says(script);
    let token = browser.get("/aid/apply/words", 200).await.value("csrf");
    let form = [("csrf", token.as_str()), ("text", script)];
    browser.post("/aid/apply/words", &form, 303).await;
    browser.get("/aid/apply/words", 200).await.never_says(script).says("&#60;script&#62;");
}
