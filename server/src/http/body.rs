//! Reading a whole body, so that whoever sends too much hears about it.

use super::LARGEST_BODY;
use axum::body::{Body, Bytes};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use tokio_stream::StreamExt;

/// A body that is too large is still read up to here, and thrown away: a caller that is cut off in the middle of sending
/// sees a broken connection in place of the answer.
const PATIENCE: usize = 32 * 1024 * 1024;

/// Why a body could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than [`LARGEST_BODY`].
    TooLarge,
    /// It ended too early.
    CutOff,
}

/// The whole body.
pub async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Unread> {
    let said = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > PATIENCE) {
        return Err(Unread::TooLarge);
    }
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Unread::CutOff)?;
        length += chunk.len();
        if length > PATIENCE {
            break;
        }
        if length > LARGEST_BODY {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if length > LARGEST_BODY {
        Err(Unread::TooLarge)
    } else {
        Ok(bytes.into())
    }
}
