//! Ids and secrets: the one place that makes them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A new id, in order of time.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where ids are made"
)]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A new secret of 256 bits, fit for an address or a header. Only its [`hash`] is ever kept.
pub fn new_secret() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a secret.
pub fn hash(secret: impl AsRef<[u8]>) -> String {
    Sha256::digest(secret)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
