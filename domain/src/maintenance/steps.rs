//! What a maintenance does by the clock. Nothing here reads one.

use super::{Maintenance, MaintenanceState};
use crate::time::Time;
use chrono::TimeDelta;

/// What customers read when it begins by itself.
const BEGUN: &str = "The maintenance has begun.";
/// What customers read when it ends by itself.
const DONE: &str = "The maintenance is completed.";

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its owner is told that it is about to begin.
    Remind,
    /// It begins.
    Begin,
    /// It is over.
    Complete,
    /// Its window is over and nobody has said that it is done: its owner is told.
    Overdue,
}

impl Maintenance {
    /// What is due. One at a time: after it, ask again.
    pub fn due(&self, now: Time) -> Option<Step> {
        let plan = &self.plan;
        match self.state {
            MaintenanceState::Scheduled => {
                let remind = plan.remind_before.filter(|_| self.reminded_at.is_none());
                let remind = remind.is_some_and(|minutes| {
                    // Who hears of it when it has begun is not reminded.
                    now >= plan.from - TimeDelta::minutes(minutes) && now < plan.from
                });
                let nobody = !plan.starts_itself && self.overdue_at.is_none() && now >= plan.from;
                match (plan.starts_itself && now >= plan.from, remind) {
                    (true, _) => Some(Step::Begin),
                    (false, true) => Some(Step::Remind),
                    (false, false) => nobody.then_some(Step::Overdue),
                }
            }
            MaintenanceState::InProgress | MaintenanceState::Verifying if now >= plan.to => {
                match (plan.ends_itself, self.overdue_at) {
                    (true, _) => Some(Step::Complete),
                    (false, None) => Some(Step::Overdue),
                    (false, Some(_)) => None,
                }
            }
            MaintenanceState::InProgress
            | MaintenanceState::Verifying
            | MaintenanceState::Completed
            | MaintenanceState::Cancelled => None,
        }
    }

    /// Does what is due. What happens late (nobody ran) is told at the time it was planned for.
    pub fn take(&mut self, step: Step, now: Time) {
        match step {
            Step::Remind => self.reminded_at = Some(now),
            Step::Overdue => self.overdue_at = Some(now),
            Step::Begin => {
                let at = self.not_before_said(self.plan.from, now);
                self.say(MaintenanceState::InProgress, BEGUN.to_owned(), at);
            }
            Step::Complete => {
                let at = self.not_before_said(self.plan.to, now);
                self.say(MaintenanceState::Completed, DONE.to_owned(), at);
            }
        }
        self.touch(now);
    }

    /// Words stand in the order of time.
    fn not_before_said(&self, planned: Time, now: Time) -> Time {
        let last = self.words.last().map_or(planned, |word| word.at);
        planned.max(last).min(now)
    }

    /// True when customers see nothing of a step.
    pub fn is_silent(step: Step) -> bool {
        matches!(step, Step::Remind | Step::Overdue)
    }
}
