//! Those who follow the live stream, come back with their position whenever it ends, and write down all that they got.

use crate::net::{Frame, Stream};
use std::time::Duration;
use tokio::sync::watch;

/// What a follower got.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    /// Who it was, for the words.
    pub name: String,
    /// The position it asked to begin after.
    pub after: i64,
    /// Every recorded frame, in the order in which it came.
    pub frames: Vec<Frame>,
    /// How often it had to come back.
    pub reconnects: u64,
}

/// Follows until it has what stands at the goal, or it is given up: then it answers what it has.
pub async fn follow(
    name: String,
    address: String,
    token: String,
    after: i64,
    mut goal: watch::Receiver<Option<i64>>,
    mut given_up: watch::Receiver<bool>,
) -> Followed {
    let mut followed = Followed {
        name,
        after,
        ..Followed::default()
    };
    let mut connects = 0_u64;
    loop {
        let last = followed.frames.last().map_or(after, |frame| frame.position);
        if goal.borrow().is_some_and(|goal| last >= goal) || *given_up.borrow() {
            break;
        }
        connects += 1;
        tokio::select! {
            () = read(&address, &token, last, &mut followed.frames, &mut goal) => {}
            _ = given_up.wait_for(|given_up| *given_up) => {}
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    followed.reconnects = connects.saturating_sub(1);
    followed
}

/// Reads one stream until it ends or the goal is reached.
async fn read(
    address: &str,
    token: &str,
    last: i64,
    frames: &mut Vec<Frame>,
    goal: &mut watch::Receiver<Option<i64>>,
) {
    let (bearer, last) = (format!("Bearer {token}"), last.to_string());
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Last-Event-ID", last.as_str()),
    ];
    let Some(mut stream) = Stream::open(address, "/api/v1/live", &headers).await else {
        return;
    };
    loop {
        let reached = frames.last().map_or(0, |frame| frame.position);
        tokio::select! {
            frame = stream.next() => match frame {
                Some(frame) if frame.position > 0 => frames.push(frame),
                Some(_) => {}
                None => return,
            },
            _ = goal.wait_for(|goal| goal.is_some_and(|goal| reached >= goal)) => return,
        }
    }
}
