//! A folder that is replaced at once: filled beside the old one, then put in its place. A reader sees the old one whole or
//! the new one whole, and whatever goes wrong leaves the old one.

use domain::time::Time;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use thiserror::Error;

/// Stands in every folder of ours and names what we put there: nothing else is ever removed.
pub(super) const MARK: &str = ".muster-export";

/// Why a folder was not written. What stood there stands there still.
#[derive(Debug, Error)]
pub enum FolderError {
    /// Something is in it that we did not put there.
    #[error(
        "{} holds {}, which no export put there; nothing was changed. Give a folder that is not there yet, or take that out of it.", folder.display(), file.display()
    )]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// What is in it.
        file: PathBuf,
    },
    /// It cannot be a folder beside which there is room.
    #[error("{} is not a folder that can be replaced.", .0.display())]
    NoFolder(PathBuf),
    /// A file or a folder could not be read or written.
    #[error("{}: {error}. What was there before is there still.", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Names what the system complains about.
fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, FolderError> {
    result.map_err(|error| FolderError::Io {
        path: path.to_owned(),
        error,
    })
}

/// A file that was put into a folder.
#[derive(Debug, Clone)]
pub(super) struct Put {
    /// Where it stands, below the folder.
    pub place: String,
    /// What it is. Folders do not know; buckets tell it on.
    pub media: &'static str,
}

/// A folder that is being filled.
pub(super) struct Folder {
    /// Where it will stand.
    path: PathBuf,
    /// Where it is filled; afterwards what stood there before. Gone at the end.
    beside: PathBuf,
    /// What it holds, and how many bytes that is.
    files: Mutex<(Vec<Put>, u64)>,
    /// The folder around both, locked: of two exports one waits for the other.
    _around: File,
}

impl Folder {
    /// Begins one. Refuses a place that holds what is not ours.
    pub fn begin(path: &Path) -> Result<Self, FolderError> {
        let path = match fs::canonicalize(path) {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                at(path, std::path::absolute(path))?
            }
            Err(error) => return at(path, Err(error)),
        };
        let no_folder = || FolderError::NoFolder(path.clone());
        let around = path.parent().ok_or_else(no_folder)?;
        let name = path.file_name().ok_or_else(no_folder)?;
        if path.exists() && !path.is_dir() {
            return Err(no_folder());
        }
        let beside = around.join(format!(".{}.muster-export", name.to_string_lossy()));
        at(around, fs::create_dir_all(around))?;
        let lock = at(around, File::open(around))?;
        if let Err(error) = lock.lock() {
            // Some file systems over the network have no locks. Whoever exports there twice at once is refused below.
            tracing::warn!(folder = %around.display(), %error, "another export would not be noticed");
        }
        only_ours(&path)?;
        if beside.join(MARK).exists() {
            // One that was cut off.
            at(&beside, fs::remove_dir_all(&beside))?;
        } else if beside.exists() {
            // Cut off at its very beginning, or somebody else's; then it is not empty and this fails.
            at(&beside, fs::remove_dir(&beside))?;
        }
        at(&beside, fs::create_dir(&beside))?;
        let folder = Self {
            path,
            beside,
            files: Mutex::default(),
            _around: lock,
        };
        let mark = folder.beside.join(MARK);
        at(&mark, fs::write(&mark, ""))?;
        Ok(folder)
    }

    /// Puts a file into it.
    pub fn put(&self, place: &str, media: &'static str, bytes: &[u8]) -> Result<(), FolderError> {
        let path = self.beside.join(place);
        if let Some(folder) = path.parent() {
            at(folder, fs::create_dir_all(folder))?;
        }
        at(&path, fs::write(&path, bytes))?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.0.push(Put {
            place: place.to_owned(),
            media,
        });
        files.1 += bytes.len() as u64;
        Ok(())
    }

    /// Everything that was put into it, and how many bytes that is.
    pub fn files(&self) -> (Vec<Put>, u64) {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.clone()
    }

    /// The bytes of a file that was put into it.
    pub fn read(&self, place: &str) -> Result<Vec<u8>, FolderError> {
        let path = self.beside.join(place);
        at(&path, fs::read(&path))
    }

    /// Puts it in its place, and the old one away. Answers how many files and bytes it holds.
    pub fn swap(&self) -> Result<(usize, u64), FolderError> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = self.beside.join(MARK);
        let places: Vec<&str> = files.0.iter().map(|file| file.place.as_str()).collect();
        at(&mark, fs::write(&mark, places.join("\n")))?;
        if self.path.exists() {
            // Once more: what came into it meanwhile would be gone.
            only_ours(&self.path)?;
            at(&self.path, exchange(&self.beside, &self.path))?;
        } else {
            at(&self.path, fs::rename(&self.beside, &self.path))?;
        }
        Ok((files.0.len(), files.1))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        match fs::remove_dir_all(&self.beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(folder = %self.beside.display(), %error, "an old export could not be removed");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

/// When an export was put there; nothing where none was.
pub(super) fn written(folder: &Path) -> Result<Option<Time>, FolderError> {
    let mark = folder.join(MARK);
    match fs::metadata(&mark).and_then(|about| about.modified()) {
        Ok(at) => Ok(Some(at.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => at(&mark, Err(error)),
    }
}

/// Puts each of two folders in the place of the other, so that there is no moment without one.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems over the network cannot. Then there is such a moment, but never half a folder.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            let away = new.with_extension("muster-export-old");
            fs::rename(old, &away)?;
            if let Err(error) = fs::rename(new, old) {
                fs::rename(&away, old)?;
                return Err(error);
            }
            fs::rename(&away, new)
        }
        Err(error) => Err(error.into()),
    }
}

/// Refuses a folder with anything that its mark does not name.
fn only_ours(folder: &Path) -> Result<(), FolderError> {
    if !folder.exists() {
        return Ok(());
    }
    let mark = folder.join(MARK);
    let text = match fs::read_to_string(&mark) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => at(&mark, read)?,
    };
    let ours: HashSet<&Path> = text.lines().chain([MARK]).map(Path::new).collect();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in at(&inside, fs::read_dir(&inside))? {
            let entry = at(&inside, entry)?;
            let path = entry.path();
            if at(&path, entry.file_type())?.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(folder).unwrap_or(&path);
            if !ours.contains(below) {
                return Err(FolderError::NotOurs {
                    folder: folder.to_owned(),
                    file: below.to_owned(),
                });
            }
        }
    }
    Ok(())
}
