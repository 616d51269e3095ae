//! A line on standard error while work is long and somebody is looking.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Counts steps and shows them once the work has taken a second.
pub(crate) struct Progress {
    what: &'static str,
    started: Instant,
    shown: Option<Instant>,
    steps: usize,
    visible: bool,
}

impl Progress {
    pub(crate) fn new(what: &'static str) -> Self {
        let visible = std::io::stderr().is_terminal();
        Self { what, started: Instant::now(), shown: None, steps: 0, visible }
    }

    /// One more step is done.
    pub(crate) fn step(&mut self) {
        self.steps += 1;
        // Asking for the time at every step would cost more than the step.
        if !self.visible || !self.steps.is_multiple_of(256) || self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        if self.shown.is_none_or(|shown| shown.elapsed() > Duration::from_millis(100)) {
            let _ = write!(std::io::stderr(), "\r{}: {}", self.what, self.steps);
            self.shown = Some(Instant::now());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r{:40}\r", "");
        }
    }
}
