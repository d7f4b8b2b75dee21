//! What the house puts on its page: seen, and never a way out of it.

use crate::site::Site;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use domain::{Link, Look};
use http::StatusCode;
use server::look;
use server::store::HouseChange;

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40" fill="#123"/></svg>"##;

fn link(name: &str, address: &str) -> Link {
    Link {
        name: name.to_owned(),
        address: address.to_owned(),
    }
}

#[tokio::test]
async fn every_page_wears_what_the_house_chose() {
    let site = Site::behind_a_hub().await;
    let plain = site.get("/status").await;
    assert!(!plain.html.contains("look.css"));
    let look = Look {
        logo: LOGO.to_owned(),
        colour: "#7a1f5c".to_owned(),
        colour_night: String::new(),
        links: vec![link("Help <b>", "https://help.example.com/?a=1&b=\"2\"")],
        footer: "Run by **Example** <script>alert(1)</script>".to_owned(),
        css: "h1 { letter-spacing: .02em }".to_owned(),
    };
    site.change(HouseChange::PutLook(Box::new(look::checked(look).unwrap())))
        .await;
    site.reached().await;
    for path in [
        "/status",
        "/status/history",
        "/status/nothing",
        "/status/ja",
    ] {
        let page = site.get(path).await.html;
        assert!(
            page.contains("<link rel=\"stylesheet\" href=\"/status/look.css\""),
            "{path}"
        );
        assert!(page.contains(">Help &lt;b&gt;</a>"), "{path}: {page}");
        assert!(page.contains("<strong>Example</strong>"), "{path}");
        assert!(!page.contains("<script>"), "{path}");
        assert!(!page.contains("b=\"2\""), "{path}");
    }
    let sheet = site.ask("/status/look.css", None).await;
    assert_eq!(sheet.status(), StatusCode::OK);
    assert_eq!(sheet.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(
        sheet.headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("default-src 'none'")
    );
    let sheet = site.get("/status/look.css").await.html;
    assert!(sheet.contains("--accent: #7a1f5c") && sheet.contains("letter-spacing: .02em"));
    assert!(sheet.contains("url(\"data:image/svg+xml;base64,"));
}

#[tokio::test]
async fn a_page_without_a_look_has_an_empty_stylesheet() {
    let site = Site::new().await;
    let sheet = site.ask("/status/look.css", None).await;
    assert_eq!(sheet.status(), StatusCode::OK);
    assert_eq!(site.get("/status/look.css").await.html, "");
}
