//! The same page, by its address: from a server of one's own.

use super::import;
use crate::site::{Site, fixture};
use axum::Router;
use axum::extract::Path;
use axum::response::Redirect;
use axum::routing::get;
use server::import::{ImportError, statuspage};

fn content(name: &str) -> String {
    std::fs::read_to_string(fixture(&format!("statuspage/{name}"))).expect("a fixture")
}

/// A server that lasts as long as the test; answers its address.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn page() -> Router {
    Router::new()
        .route(
            "/api/v2/components.json",
            get(async || content("components.json")),
        )
        .route(
            "/api/v2/incidents.json",
            get(async || content("incidents.json")),
        )
        .route("/history.atom", get(async || content("history.atom")))
        .route(
            "/moved",
            get(async || Redirect::permanent("/api/v2/components.json")),
        )
        .route(
            "/hops/{left}",
            get(async |Path(left): Path<u32>| match left.checked_sub(1) {
                Some(left) => Redirect::temporary(&format!("/hops/{left}")),
                None => Redirect::temporary("/api/v2/components.json"),
            }),
        )
        .route("/round", get(async || Redirect::permanent("/round")))
        .route("/large", get(async || vec![b' '; 33 * 1024 * 1024]))
}

#[tokio::test]
async fn the_address_of_a_page_stands_for_everything_it_has() {
    let (site, files) = (Site::new().await, Site::new().await);
    let root = serve(page()).await;
    let report = import(&site, std::slice::from_ref(&root)).await;
    assert!(report.is_whole(), "{report}");
    assert_eq!((report.incidents, report.components.len()), (4, 5));

    let names = ["components.json", "incidents.json", "history.atom"];
    let path = |name| fixture(&format!("statuspage/{name}")).display().to_string();
    assert_eq!(import(&files, &names.map(path)).await, report);
    let again = import(&site, &[format!("{root}/")]).await;
    assert_eq!((again.incidents, again.known), (0, 4));
}

#[tokio::test]
async fn an_address_is_followed_where_it_leads() {
    let site = Site::new().await;
    let root = serve(page()).await;
    let report = import(&site, &[format!("{root}/moved")]).await;
    assert_eq!(report.components.len(), 4, "{report}");
    let report = import(&site, &[format!("{root}/hops/4")]).await;
    assert_eq!(report.same, 4, "{report}");
}

#[tokio::test]
async fn what_cannot_be_had_is_said_and_nothing_comes_in() {
    let site = Site::new().await;
    let root = serve(page()).await;
    let empty = serve(Router::new()).await;
    let before = *site.store.head().borrow();
    let cases = [
        (
            format!("{root}/nothing.json"),
            "it answers with 404 Not Found",
        ),
        (format!("{root}/hops/5"), "it leads on more than 5 times"),
        (format!("{root}/round"), "it leads on more than 5 times"),
        (format!("{root}/large"), "it is larger than 32 MB"),
        (empty, "such as /api/v2/summary.json"),
        (
            "http://127.0.0.1:1/x.json".to_owned(),
            "it cannot be reached (",
        ),
    ];
    for (url, words) in cases {
        let from = [format!("{root}/api/v2/components.json"), url];
        let refused = statuspage(&*site.store, &*site.clock, &from).await;
        let Err(error @ ImportError::Unreachable { .. }) = refused else {
            panic!("{refused:?}");
        };
        assert!(error.to_string().contains(words), "{error}");
        assert!(
            error.to_string().starts_with("http://127.0.0.1:"),
            "{error}"
        );
    }
    assert_eq!(*site.store.head().borrow(), before);
}
