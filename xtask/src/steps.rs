//! Numbered steps, so that whoever waits sees where it stands and what took the time.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Counts the steps of one command aloud.
pub struct Steps {
    total: usize,
    done: usize,
    started: Instant,
}

impl Steps {
    /// Starts a command of `total` steps.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            done: 0,
            started: Instant::now(),
        }
    }

    /// Does one step, with its number before and its time after.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        let number = format!("[{}/{}]", self.done, self.total);
        eprintln!("\n{number} {what}");
        let started = Instant::now();
        let result = work();
        let took = in_words(started.elapsed());
        match &result {
            Ok(_) => eprintln!("{number} done in {took}"),
            Err(error) => eprintln!("{number} FAILED after {took}: {error:#}"),
        }
        result
    }

    /// Says how long everything took.
    pub fn finish(&self) {
        eprintln!(
            "\n{} steps in {}",
            self.done,
            in_words(self.started.elapsed())
        );
    }
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f32())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}
