//! A bucket that speaks S3. Objects cannot be swapped all at once, so their order does it: what is new goes first, as nothing
//! leads there yet, then what changed, the front page last, and what is gone is removed at the very end. Wherever that is cut
//! off, no page leads to nothing.

use super::folder::{Folder, FolderError, MARK, Put};
use super::target::TargetError;
use crate::http::assets::FOR_EVER;
use domain::time::Time;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{
    Attribute, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutOptions, RetryConfig,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_stream::StreamExt;

/// So many objects travel at once.
const AT_ONCE: usize = 8;
/// How long one request may be tried again by itself. Whoever exports all the time tries the whole again.
const PATIENCE: Duration = Duration::from_secs(30);

/// A place in a bucket.
#[derive(Debug, Clone)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

/// What an object was when we put it there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// Of what it says, but for as of when; empty while it is being put there.
    hash: String,
    /// Its length.
    size: u64,
}

/// What of ours is in the bucket, by place.
type Mark = BTreeMap<String, Known>;

impl Bucket {
    /// Opens `bucket/prefix`. Credentials, region and endpoint come from the environment, by the names that AWS gave them.
    pub fn open(address: &str) -> Result<Self, TargetError> {
        // Without one that is chosen here, rustls has none. It says no when another part of the process was first with the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (name, prefix) = address.split_once('/').unwrap_or((address, ""));
        let prefix = Path::parse(prefix.trim_matches('/'))
            .map_err(|error| TargetError::Address(error.to_string()))?;
        let endpoint = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"]
            .iter()
            .find_map(|name| std::env::var(name).ok());
        // Only an address that somebody wrote so.
        let plain = endpoint.is_some_and(|url| url.starts_with("http://"));
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        };
        let store = AmazonS3Builder::from_env()
            .with_bucket_name(name)
            .with_client_options(ClientOptions::new().with_timeout(PATIENCE))
            .with_allow_http(plain)
            .with_retry(retry)
            .build()
            .map_err(|error| TargetError::Address(error.to_string()))?;
        Ok(Self::on(Arc::new(store), prefix))
    }

    /// A place in a store that is open already.
    pub fn on(store: Arc<dyn ObjectStore>, prefix: Path) -> Self {
        Self { store, prefix }
    }

    /// When something of the site was last written there; nothing where it never was.
    pub async fn written(&self) -> Result<Option<Time>, BucketError> {
        match self.store.head(&self.at(MARK)).await {
            Ok(mark) => Ok(Some(mark.last_modified)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts there what a folder holds. Answers how many objects had to travel.
    pub(super) async fn put(&self, folder: &Folder) -> Result<usize, BucketError> {
        let old = self.mark().await?;
        let there = self.there().await?;
        let mut mark = Mark::new();
        let mut changed = Vec::new();
        for file in folder.files().0 {
            // Between two files others have their turn.
            tokio::task::yield_now().await;
            let bytes = folder.read(&file.place)?;
            let known = Known {
                hash: essence(&file.place, &bytes),
                size: bytes.len() as u64,
            };
            let before = old.get(&file.place);
            if before.is_none() && there.contains_key(&file.place) {
                return Err(BucketError::NotOurs(file.place));
            }
            let stands = before.filter(|before| {
                before.hash == known.hash && there.get(&file.place) == Some(&before.size)
            });
            if let Some(stands) = stands {
                mark.insert(file.place, stands.clone());
            } else {
                mark.insert(file.place.clone(), known);
                changed.push(file);
            }
        }
        let gone: Vec<&String> = old
            .keys()
            .filter(|place| !mark.contains_key(*place))
            .collect();
        if changed.is_empty() && gone.is_empty() {
            return Ok(0);
        }
        // Named before it is there: should this end halfway, the next one knows what is ours.
        let mut under_way = old.clone();
        for file in &changed {
            let nothing = Known {
                hash: String::new(),
                size: 0,
            };
            under_way.insert(file.place.clone(), nothing);
        }
        self.write_mark(&under_way).await?;
        let turn = |file: &Put| (there.contains_key(&file.place), turn(&file.place));
        changed.sort_by_key(turn);
        let uploaded = changed.len();
        for files in changed.chunk_by(|one, other| turn(one) == turn(other)) {
            for some in files.chunks(AT_ONCE) {
                let mut travelling = JoinSet::new();
                for file in some {
                    let (bucket, file) = (self.clone(), file.clone());
                    let bytes = folder.read(&file.place)?;
                    travelling.spawn(async move { bucket.send(&file, bytes).await });
                }
                while let Some(sent) = travelling.join_next().await {
                    sent.map_err(|error| BucketError::Cut(error.to_string()))??;
                }
            }
        }
        for place in gone {
            match self.store.delete(&self.at(place)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.write_mark(&mark).await?;
        Ok(uploaded)
    }

    fn at(&self, place: &str) -> Path {
        self.prefix
            .parts()
            .chain(Path::from(place).parts())
            .collect()
    }

    async fn send(&self, file: &Put, bytes: Vec<u8>) -> Result<(), BucketError> {
        let cache = if file.place.starts_with("pkg/") {
            FOR_EVER
        } else {
            super::super::ready::FRESH
        };
        let attributes = [
            (Attribute::ContentType, file.media),
            (Attribute::CacheControl, cache),
        ];
        let options = PutOptions {
            attributes: attributes.into_iter().collect(),
            ..PutOptions::default()
        };
        let place = self.at(&file.place);
        self.store.put_opts(&place, bytes.into(), options).await?;
        Ok(())
    }

    /// Every object below the prefix, with its length.
    async fn there(&self) -> Result<BTreeMap<String, u64>, BucketError> {
        let prefix = Some(&self.prefix).filter(|prefix| prefix.parts().next().is_some());
        let mut listing = self.store.list(prefix);
        let mut there = BTreeMap::new();
        while let Some(object) = listing.next().await {
            let object = object?;
            if let Some(parts) = object.location.prefix_match(&self.prefix) {
                let place: Path = parts.collect();
                there.insert(place.as_ref().to_owned(), object.size);
            }
        }
        Ok(there)
    }

    async fn mark(&self) -> Result<Mark, BucketError> {
        let text = match self.store.get(&self.at(MARK)).await {
            Ok(object) => object.bytes().await?,
            Err(Error::NotFound { .. }) => return Ok(Mark::new()),
            Err(error) => return Err(error.into()),
        };
        let text = String::from_utf8_lossy(&text);
        let line = |line: &str| {
            let (hash, rest) = line.split_once(' ')?;
            let (size, place) = rest.split_once(' ')?;
            let known = Known {
                hash: hash.trim_start_matches('-').to_owned(),
                size: size.parse().ok()?,
            };
            Some((place.to_owned(), known))
        };
        Ok(text.lines().filter_map(line).collect())
    }

    async fn write_mark(&self, mark: &Mark) -> Result<(), BucketError> {
        let text = mark.iter().fold(String::new(), |mut text, (place, known)| {
            let hash = if known.hash.is_empty() {
                "-"
            } else {
                &known.hash
            };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{hash} {} {place}", known.size);
            text
        });
        let file = Put {
            place: MARK.to_owned(),
            media: "text/plain; charset=utf-8",
        };
        self.send(&file, text.into_bytes()).await
    }
}

/// Why a bucket is not as it should be. What was there is there still, or newer; nothing leads to nothing.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// Something is in the way that we did not put there.
    #[error(
        "It holds {0}, which no export put there; nothing was changed. Give another prefix, or take that out of it."
    )]
    NotOurs(String),
    /// The bucket could not be read or written.
    #[error(
        "The bucket could not be read or written: {0}. What is there still fits together. Look at its name, at AWS_ENDPOINT_URL, and whether the keys may list, read, write and delete in it."
    )]
    Away(#[from] Error),
    /// What was to travel could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// An object did not travel to its end.
    #[error("An object did not travel to its end: {0}")]
    Cut(String),
}

/// When an object travels: what pages are made with first, where readers and tools begin last.
fn turn(place: &str) -> u8 {
    let is = |names: &[&str]| names.iter().any(|name| place.ends_with(name));
    if place.starts_with("pkg/") {
        0
    } else if place == "index.html" || place == "status/index.html" {
        3
    } else if is(&[
        "api/v2/summary.json",
        "api/v2/status.json",
        "current-status",
    ]) {
        2
    } else {
        1
    }
}

/// The hash of what an object says. The page of what is over says the same whenever it was made, so as of when does not count
/// there: it stands with the time at which it was put there.
fn essence(place: &str, bytes: &[u8]) -> String {
    // Below `status`, or below the root of a language there.
    let over = place
        .split('/')
        .take(3)
        .any(|part| matches!(part, "incidents" | "maintenance" | "history"));
    let hash = match str::from_utf8(bytes) {
        Ok(text) if over => {
            let text = without(text, "<p class=\"asof\">", "</p>");
            Sha256::digest(without(&text, " data-position=\"", "\""))
        }
        Ok(_) | Err(_) => Sha256::digest(bytes),
    };
    hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A text without its first part between two marks.
fn without(text: &str, from: &str, to: &str) -> String {
    let Some((before, rest)) = text.split_once(from) else {
        return text.to_owned();
    };
    let after = rest.split_once(to).map_or("", |(_, after)| after);
    format!("{before}{after}")
}
