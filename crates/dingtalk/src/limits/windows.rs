//! Counting calls in spans of time, without a clock: who asks says when.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

/// The last calls of one kind, oldest first.
#[derive(Debug, Default)]
pub(super) struct Window {
    calls: VecDeque<Duration>,
}

impl Window {
    /// How long until there is room for one more among `most` in `span`; zero is now.
    pub(super) fn wait(&mut self, most: usize, span: Duration, at: Duration) -> Duration {
        while self.calls.front().is_some_and(|call| *call + span <= at) {
            self.calls.pop_front();
        }
        match self.calls.len().checked_sub(most).and_then(|index| self.calls.get(index)) {
            Some(call) => (*call + span).saturating_sub(at),
            None => Duration::ZERO,
        }
    }

    pub(super) fn add(&mut self, at: Duration) {
        self.calls.push_back(at);
    }

    fn is_over(&self, span: Duration, at: Duration) -> bool {
        self.calls.back().is_none_or(|call| *call + span <= at)
    }
}

/// A window for each name, forgotten when nothing is in it any more.
#[derive(Debug, Default)]
pub(super) struct Windows {
    by_name: HashMap<String, Window>,
}

impl Windows {
    pub(super) fn of(&mut self, name: &str, span: Duration, at: Duration) -> &mut Window {
        if self.by_name.len() > 1000 {
            self.by_name.retain(|_, window| !window.is_over(span, at));
        }
        self.by_name.entry(name.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Window, Windows};

    const SECOND: Duration = Duration::from_secs(1);

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn there_is_room_when_the_oldest_has_passed() {
        let mut window = Window::default();
        for at in [0, 400] {
            assert_eq!(window.wait(2, SECOND, ms(at)), Duration::ZERO);
            window.add(ms(at));
        }
        assert_eq!(window.wait(2, SECOND, ms(900)), ms(100));
        assert_eq!(window.wait(2, SECOND, ms(1000)), Duration::ZERO);
        window.add(ms(1000));
        assert_eq!(window.wait(2, SECOND, ms(1000)), ms(400));
    }

    #[test]
    fn what_is_over_is_forgotten_when_there_are_many() {
        let mut windows = Windows::default();
        for name in 0..1001 {
            windows.of(&name.to_string(), SECOND, ms(0)).add(ms(0));
        }
        windows.of("new", SECOND, ms(1000));
        assert_eq!(windows.by_name.len(), 1);
    }
}
