//! Where an export goes.

use super::ExportError;
use super::bucket::Bucket;
use super::folder::written;
use domain::time::Time;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use thiserror::Error;

/// A place for the exported site.
#[derive(Debug, Clone)]
pub enum Target {
    /// A folder.
    Folder(PathBuf),
    /// A bucket that speaks S3, with how it was named. Secrets are never in that.
    Bucket(String, Bucket),
}

/// What cannot be a place for the site.
#[derive(Debug, Error)]
pub enum TargetError {
    /// It has no name.
    #[error("An export goes into a folder or to s3://BUCKET/PREFIX; “{0}” is neither.")]
    Unknown(String),
    /// The bucket's address or what the environment says of it cannot be used.
    #[error(
        "The bucket cannot be used: {0}. Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and AWS_ENDPOINT_URL where it is not Amazon's."
    )]
    Address(String),
}

impl Target {
    /// When something of the site was last written there; nothing where it never was.
    pub async fn written(&self) -> Result<Option<Time>, ExportError> {
        Ok(match self {
            Self::Folder(path) => written(path)?,
            Self::Bucket(_, bucket) => bucket.written().await?,
        })
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let unknown = || TargetError::Unknown(text.to_owned());
        match text.split_once("://") {
            Some(("s3", address)) if !address.trim_matches('/').is_empty() => {
                Ok(Self::Bucket(text.to_owned(), Bucket::open(address)?))
            }
            Some(_) => Err(unknown()),
            None if text.trim().is_empty() => Err(unknown()),
            None => Ok(Self::Folder(PathBuf::from(text))),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::Bucket(name, _) => f.write_str(name),
        }
    }
}
