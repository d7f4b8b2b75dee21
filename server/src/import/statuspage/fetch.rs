//! Files and addresses, read whole.

use super::super::ImportError;
use super::Document;
use reqwest::{Client, Response, Url, redirect};
use std::error::Error;
use std::path::Path;
use std::time::Duration;

/// What a page says of itself at fixed places.
const PARTS: [&str; 3] = [
    "/api/v2/components.json",
    "/api/v2/incidents.json",
    "/history.atom",
];
/// More than any page has: the largest that we know is a third of a megabyte.
const LARGEST: usize = 32 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
const REDIRECTS: usize = 5;

/// What was asked for, in order. One that cannot be had stops everything: nothing came in yet, and half a page would be
/// taken for a whole one.
pub(super) async fn documents(from: &[String]) -> Result<Vec<Document>, ImportError> {
    let mut documents = Vec::new();
    for name in from {
        match address(name) {
            Some(url) if url.path() == "/" => {
                for part in PARTS {
                    let mut place = url.clone();
                    place.set_path(part);
                    place.set_query(None);
                    documents.push(get(place).await?);
                }
            }
            Some(url) => documents.push(get(url).await?),
            None => documents.push(Document {
                content: file(Path::new(name)).await?,
                name: name.clone(),
            }),
        }
    }
    Ok(documents)
}

/// Everything else is the name of a file.
fn address(name: &str) -> Option<Url> {
    let url = Url::parse(name).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

async fn file(path: &Path) -> Result<Vec<u8>, ImportError> {
    let unreadable = |error| ImportError::Unreadable {
        path: path.to_owned(),
        error,
    };
    tokio::fs::read(path).await.map_err(unreadable)
}

async fn get(url: Url) -> Result<Document, ImportError> {
    let name = url.to_string();
    let content = content(url).await;
    match content {
        Ok(content) => Ok(Document { name, content }),
        Err(why) => Err(ImportError::Unreachable { url: name, why }),
    }
}

async fn content(url: Url) -> Result<Vec<u8>, String> {
    let answer = client()?.get(url).send().await;
    let answer = answer.map_err(|error| why(&error))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(format!(
            "it answers with {status}. Open the address in a browser; if the page has no such part, give the addresses of \
             those it has, such as /api/v2/summary.json."
        ));
    }
    body(answer).await
}

async fn body(mut answer: Response) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
        content.extend_from_slice(&chunk);
        if content.len() > LARGEST {
            return Err(format!(
                "it is larger than {} MB, which no status page is. Check the address.",
                LARGEST / 1024 / 1024
            ));
        }
    }
    Ok(content)
}

fn client() -> Result<Client, String> {
    // Without one that is chosen here, rustls has none. It says no when another part of the process was first with the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("muster/", env!("CARGO_PKG_VERSION")))
        .timeout(PATIENCE)
        .redirect(redirect::Policy::limited(REDIRECTS))
        .build()
        .map_err(|error| why(&error))
}

/// What happened, with the cause, which is where it says something, and what to do.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!(
            "no whole answer within {} seconds. Try again, or save it to a file and give that.",
            PATIENCE.as_secs()
        );
    }
    if error.is_redirect() {
        return format!("it leads on more than {REDIRECTS} times. Give the address where it ends.");
    }
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    format!(
        "it cannot be reached ({cause}). Check the address, or save it to a file and give that."
    )
}
