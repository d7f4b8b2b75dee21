//! A real S3 server on this machine (`s3s-fs`), with an eye on what is asked of it and a hand to break it.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use object_store::ClientOptions;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};
use server::http::status::Bucket;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

const NAME: &str = "pages";
const KEY: &str = "tester";
const SECRET: &str = "not-so-secret";

/// Like a bucket whose objects anybody may read: the rest wants a signature.
struct AnybodyReads;

#[async_trait::async_trait]
impl S3Access for AnybodyReads {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        if cx.credentials().is_some() || cx.s3_op().name() == "GetObject" {
            Ok(())
        } else {
            Err(s3_error!(AccessDenied))
        }
    }
}

/// The server.
pub struct S3 {
    /// Where it listens.
    pub address: String,
    /// What was asked of it that changes something: the method and the key.
    pub changes: Arc<Mutex<Vec<(Method, String)>>>,
    /// How many changes it takes until it breaks; none when it does not.
    pub breaks_after: Arc<Mutex<Option<usize>>>,
}

impl S3 {
    /// Starts one with a bucket in a folder.
    pub async fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder.join(NAME)).expect("a bucket");
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).expect("a folder"));
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        service.set_access(AnybodyReads);
        let service = service.build();
        let changes: Arc<Mutex<Vec<(Method, String)>>> = Arc::default();
        let breaks_after: Arc<Mutex<Option<usize>>> = Arc::default();
        let (seen, limit) = (Arc::clone(&changes), Arc::clone(&breaks_after));
        let router = Router::new().fallback(async move |request: Request| {
            let method = request.method().clone();
            if method != Method::GET && method != Method::HEAD {
                let mut left = limit.lock().expect("a count");
                match left.as_mut() {
                    Some(0) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
                    Some(left) => *left -= 1,
                    None => {}
                }
                let key = request
                    .uri()
                    .path()
                    .trim_start_matches(&format!("/{NAME}/"));
                seen.lock().expect("a list").push((method, key.to_owned()));
            }
            answer(service, request).await
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            changes,
            breaks_after,
        }
    }

    /// A place in its bucket.
    pub fn bucket(&self, prefix: &str) -> Bucket {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = AmazonS3Builder::new()
            .with_endpoint(format!("http://{}", self.address))
            .with_client_options(ClientOptions::new())
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_bucket_name(NAME)
            .with_access_key_id(KEY)
            .with_secret_access_key(SECRET)
            .with_retry(object_store::RetryConfig {
                max_retries: 0,
                ..object_store::RetryConfig::default()
            })
            .build();
        Bucket::on(Arc::new(store.expect("a bucket")), Key::from(prefix))
    }

    /// What was changed since this was last asked.
    pub fn changed(&self) -> Vec<(Method, String)> {
        std::mem::take(&mut *self.changes.lock().expect("a list"))
    }

    /// Breaks after so many changes, or works again.
    pub fn break_after(&self, changes: Option<usize>) {
        *self.breaks_after.lock().expect("a count") = changes;
    }

    /// An object, as anybody reads it; nothing where there is none.
    pub async fn read(&self, key: &str) -> Option<reqwest::Response> {
        let url = format!("http://{}/{NAME}/{key}", self.address);
        let answer = reqwest::get(url).await.expect("an answer");
        match answer.status() {
            StatusCode::OK => Some(answer),
            StatusCode::NOT_FOUND => None,
            other => panic!("{key}: {other}"),
        }
    }
}

async fn answer(service: S3Service, request: Request) -> Response {
    match service.oneshot(request).await {
        Ok(answer) => answer.map(Body::new),
        Err(error) => panic!("{error:?}"),
    }
}
