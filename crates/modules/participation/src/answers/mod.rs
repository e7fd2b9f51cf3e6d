//! Official answers: signed by a person, published once, told to those who wait, undone within ten minutes.

pub mod checks;
pub mod drafts;
pub mod pages;
pub mod parked;
pub mod preview;
pub mod reread;
pub mod signers;
pub mod store;
pub mod terms;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ideas::Status;

/// Decisions that an answer may carry.
pub const DECISIONS: [Status; 5] =
    [Status::Accepted, Status::UnderConsideration, Status::Rejected, Status::Answered, Status::Implemented];

/// Where the money of what is decided comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Funding {
    /// The budget is voted.
    Voted,
    /// It is to be voted.
    ToVote,
    /// A grant is hoped for.
    Grant,
}

impl Funding {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Voted, Self::ToVote, Self::Grant];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Voted => "voted",
            Self::ToVote => "to_vote",
            Self::Grant => "grant",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.code() == code)
    }
}

/// An official answer.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Answer {
    /// Key.
    pub id: Uuid,
    /// The idea.
    pub contribution_id: Uuid,
    /// Status it gave.
    pub status: String,
    /// The decision in a few words.
    pub decision: String,
    /// Markdown; its first sentence is shown in bold.
    pub body: String,
    /// Cost, as written.
    pub cost: String,
    /// Next step, as written.
    pub next: String,
    /// Its day, `YYYY-MM-DD`. An answer kept before there was one has none.
    #[serde(default)]
    pub next_on: Option<String>,
    /// Code of its [`Funding`], or nothing.
    #[serde(default)]
    pub funding: String,
    /// Who signs.
    pub signer: String,
    /// Their office.
    pub office: String,
    /// Who published it.
    pub actor_id: Uuid,
    /// The idea's status before.
    pub status_before: String,
    /// When.
    pub published_at: DateTime<Utc>,
    /// The answer it corrected, as JSON, or nothing.
    pub previous: String,
}

impl Answer {
    /// The status it gave.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Answered)
    }

    /// The day of its next step.
    #[must_use]
    pub fn next_day(&self) -> Option<NaiveDate> {
        self.next_on.as_deref().and_then(|day| day.parse().ok())
    }

    /// Its Markdown with the first sentence in bold: the decision stands there.
    #[must_use]
    pub fn with_bold_start(&self) -> String {
        bold_start(&self.body)
    }
}

/// Puts the first sentence of a text in bold, unless it holds Markdown of its own.
#[must_use]
pub fn bold_start(body: &str) -> String {
    let text = body.trim_start();
    let (line, rest) = text.split_once('\n').map_or((text, None), |(l, r)| (l, Some(r)));
    let end = sentence_end(line);
    let (Some(first), Some(after)) = (line.get(..end), line.get(end..)) else { return body.to_owned() };
    if first.trim().is_empty()
        || first.contains(['*', '_', '`', '[', '#', '<', '|'])
        || first.starts_with(['-', '>', '+'])
    {
        return body.to_owned();
    }
    let rest = rest.map_or_else(String::new, |r| format!("\n{r}"));
    format!("**{}**{after}{rest}", first.trim_end())
}

/// Where the first sentence ends: a mark followed by a space, never the dot of a number.
fn sentence_end(line: &str) -> usize {
    let mut before = ' ';
    let mut signs = line.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let closes = matches!(sign, '.' | '!' | '?' | '…') && signs.peek().is_none_or(|(_, next)| next.is_whitespace());
        // "M. Martin", "n. 3": a single capital or letter before the dot is no sentence.
        if closes && (sign != '.' || before.is_alphanumeric() && at > 3) {
            return at + sign.len_utf8();
        }
        before = sign;
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decision_is_in_bold() {
        assert_eq!(bold_start("Oui, nous la ferons. Le reste."), "**Oui, nous la ferons.** Le reste.");
        assert_eq!(bold_start("M. Martin a raison ! Voilà."), "**M. Martin a raison !** Voilà.");
        assert_eq!(bold_start("Coût : 3.5 millions. Oui."), "**Coût : 3.5 millions.** Oui.");
        assert_eq!(bold_start("Sans point\n\nSuite"), "**Sans point**\n\nSuite");
        assert_eq!(bold_start("**Déjà** en gras. Oui."), "**Déjà** en gras. Oui.");
        assert_eq!(bold_start("- une liste. Oui."), "- une liste. Oui.");
        assert_eq!(bold_start(""), "");
    }
}
