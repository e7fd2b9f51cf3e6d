//! What an answer says in few words beside its text: the decision, the cost with where the money comes from, the next step
//! with its day. The page, the preview and the mail say it alike.

use chrono::NaiveDate;
use parvis_kernel::form::is_blank;

use super::{Answer, Funding};

/// Few words of an answer, as they are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms<'a> {
    /// The decision.
    pub decision: &'a str,
    /// The cost.
    pub cost: &'a str,
    /// Where the money comes from.
    pub funding: Option<Funding>,
    /// The next step.
    pub next: &'a str,
    /// Its day.
    pub next_on: Option<NaiveDate>,
}

impl<'a> Terms<'a> {
    /// Those of an answer.
    #[must_use]
    pub fn of(a: &'a Answer) -> Self {
        Self {
            decision: &a.decision,
            cost: &a.cost,
            funding: Funding::parse(&a.funding),
            next: &a.next,
            next_on: a.next_day(),
        }
    }

    /// The key of what each is called, with its words; nothing of what is not said. `say` gives the words of a key, `day`
    /// those of a day.
    #[must_use]
    pub fn lines(
        &self,
        say: impl Fn(&str) -> String,
        day: impl Fn(NaiveDate) -> String,
    ) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        if !is_blank(self.decision) {
            lines.push(("answer-decision", self.decision.to_owned()));
        }
        let funding = |after: &str| self.funding.map(|f| say(&format!("answer-funding-{}{after}", f.code())));
        match (is_blank(self.cost), funding(""), funding(".after")) {
            (false, _, Some(after)) => lines.push(("answer-cost", format!("{}, {after}", self.cost))),
            (false, _, None) => lines.push(("answer-cost", self.cost.to_owned())),
            (true, Some(alone), _) => lines.push(("answer-funding", alone)),
            (true, None, _) => {}
        }
        lines.extend(self.step(day).map(|step| ("answer-next", step)));
        lines
    }

    /// The next step in one line: `Visite sur place, 9 décembre`.
    #[must_use]
    pub fn step(&self, day: impl Fn(NaiveDate) -> String) -> Option<String> {
        match (is_blank(self.next), self.next_on.map(day)) {
            (true, day) => day,
            (false, Some(day)) => Some(format!("{}, {day}", self.next)),
            (false, None) => Some(self.next.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(terms: Terms<'_>) -> Vec<(&'static str, String)> {
        terms.lines(|key| format!("[{key}]"), |day| day.format("%d/%m").to_string())
    }

    #[test]
    fn what_is_said_is_shown_and_nothing_else() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 9);
        let whole = Terms {
            decision: "Retenue",
            cost: "184 000 €",
            funding: Some(Funding::Voted),
            next: "Visite sur place",
            next_on: day,
        };
        let line = |key: &'static str, words: &str| (key, words.to_owned());
        let expected = [
            line("answer-decision", "Retenue"),
            line("answer-cost", "184 000 €, [answer-funding-voted.after]"),
            line("answer-next", "Visite sur place, 09/12"),
        ];
        assert_eq!(told(whole), expected);
        let alone = Terms { decision: "", cost: " ", next: "", ..whole };
        assert_eq!(told(alone), [line("answer-funding", "[answer-funding-voted]"), line("answer-next", "09/12")]);
        let plain = Terms { funding: None, next_on: None, ..whole };
        assert_eq!(told(plain)[1..], [line("answer-cost", "184 000 €"), line("answer-next", "Visite sur place")]);
        assert!(told(Terms::default()).is_empty());
    }
}
