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
use std::time::Duration;
use tower::ServiceExt;

/// Its one bucket.
pub const NAME: &str = "pages";
/// Who may change it, and with what.
pub const KEY: &str = "tester";
pub const SECRET: &str = "not-so-secret";
/// Nobody hangs up on it.
const FOR_EVER: Duration = Duration::from_hours(1);

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
    changes: Arc<Mutex<Vec<(Method, String)>>>,
    trouble: Arc<Mutex<Trouble>>,
}

/// What is the matter with it. It can be read all the time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// It takes so many more changes and refuses the rest.
    After(usize),
    /// Whoever wants to change something waits until nothing is the matter.
    Hangs,
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
        let trouble: Arc<Mutex<Trouble>> = Arc::default();
        let (seen, state) = (Arc::clone(&changes), Arc::clone(&trouble));
        let router = Router::new().fallback(async move |request: Request| {
            let method = request.method().clone();
            if method != Method::GET && method != Method::HEAD {
                let now = || *state.lock().expect("a state");
                while now() == Trouble::Hangs {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                match now() {
                    Trouble::None | Trouble::Hangs => {}
                    Trouble::After(0) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
                    Trouble::After(left) => {
                        *state.lock().expect("a state") = Trouble::After(left - 1);
                    }
                }
                let key = request
                    .uri()
                    .path()
                    .trim_start_matches(&format!("/{NAME}/"));
                seen.lock().expect("a list").push((method, key.to_owned()));
            }
            // To its end, whoever hangs up: an object is there with its attributes or not at all.
            let answering = tokio::spawn(answer(service, request));
            answering.await.expect("an answer")
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            changes,
            trouble,
        }
    }

    /// A place in its bucket.
    pub fn bucket(&self, prefix: &str) -> Bucket {
        self.bucket_with(KEY, SECRET, prefix)
    }

    /// The same, for whoever comes with these keys.
    pub fn bucket_with(&self, key: &str, secret: &str, prefix: &str) -> Bucket {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = AmazonS3Builder::new()
            .with_endpoint(format!("http://{}", self.address))
            .with_client_options(ClientOptions::new().with_timeout(FOR_EVER))
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_bucket_name(NAME)
            .with_access_key_id(key)
            .with_secret_access_key(secret)
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

    /// From now on this is the matter with it.
    pub fn has(&self, trouble: Trouble) {
        *self.trouble.lock().expect("a state") = trouble;
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
