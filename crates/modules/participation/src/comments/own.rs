//! What somebody wrote under ideas, in their own space: where it is read, what became of each, and the way to take it back.

use std::collections::HashMap;

use parvis_kernel::{Result, args, db};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    ideas::{Contribution, Status, store, title_of},
    moderation::appeals,
    projects, urls,
};

/// An own comment, and the idea it stands under.
#[derive(Debug, Clone)]
pub struct Own {
    /// The comment.
    pub c: Contribution,
    /// The idea; nothing when its project is the team's alone.
    under: Option<Under>,
}

#[derive(Debug, Clone, FromQueryResult)]
struct Under {
    /// The comment.
    id: Uuid,
    /// Of the idea, like the rest.
    number: i64,
    title: String,
    body: String,
    /// Whether it is online.
    shown: bool,
    visibility: String,
    secret: String,
}

impl Under {
    fn link(&self, to: impl ToString) -> String {
        projects::link(&self.visibility, &self.secret, to)
    }
}

impl Own {
    /// The title of the idea, where anybody of the project reads it.
    #[must_use]
    pub fn idea(&self) -> Option<String> {
        let under = self.under.as_ref().filter(|u| u.shown)?;
        Some(if under.title.is_empty() { title_of(&under.body) } else { under.title.clone() })
    }

    /// The address of the idea, at the comment when it is online.
    #[must_use]
    pub fn url(&self) -> String {
        self.under.as_ref().map_or_else(String::new, |under| {
            let idea = under.link(urls::Idea { number: under.number });
            if self.c.visible { format!("{idea}#c{}", self.c.number) } else { idea }
        })
    }

    /// Where it is taken back and put back; empty when its author may not see the project.
    #[must_use]
    pub fn withdraw_url(&self) -> String {
        let to = urls::Withdraw { number: self.c.number };
        self.under.as_ref().map_or_else(String::new, |under| under.link(to))
    }

    /// The key of the words that say how it stands.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self.c.status() {
            _ if self.c.withdrawn => "own-comment-withdrawn",
            _ if self.is_awaited() => "own-comment-awaited",
            Status::Prescreening => "own-comment-waits",
            Status::Ineligible => "own-comment-refused",
            _ if self.c.hidden => "own-comment-hidden",
            // Its project is public no more.
            _ if self.under.is_none() => "taken-back-state",
            _ => "own-comment-online",
        }
    }

    /// Whether the team will read it before it is shown.
    #[must_use]
    pub fn waits(&self) -> bool {
        waits(&self.c)
    }

    /// Whether reports hid it until the team reads it again.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        appeals::is_awaited(&self.c)
    }

    /// Whether the team decided something that may be replied to.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        appeals::is_decided(&self.c)
    }
}

/// Whether a text waits to be read before it is shown.
#[must_use]
pub fn waits(c: &Contribution) -> bool {
    c.status() == Status::Prescreening && !c.withdrawn
}

/// The comments of a person, newest first; those whose words are gone are gone.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid, most: i64) -> Result<Vec<Own>> {
    let sql = format!(
        "SELECT {} FROM contribution c WHERE c.kind = 'comment' AND c.body <> '' AND (c.author_id = $1 OR c.holder = $1) \
         ORDER BY c.created_at DESC, c.id DESC LIMIT $2",
        store::COLUMNS
    );
    let comments: Vec<Contribution> = db::all(c, &sql, args![person, most]).await?;
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT c.id, i.number, i.title, i.body, i.visible AS shown, j.visibility, j.secret FROM contribution c \
         JOIN contribution i ON i.id = c.idea_id JOIN project j ON j.id = c.project_id \
         WHERE c.id IN ({}) AND j.state <> 'draft' AND j.visibility <> 'team'",
        db::placeholders(1, comments.len())
    );
    let under: Vec<Under> = db::all(c, &sql, comments.iter().map(|c| c.id.into()).collect()).await?;
    let mut under: HashMap<Uuid, Under> = under.into_iter().map(|u| (u.id, u)).collect();
    Ok(comments.into_iter().map(|c| Own { under: under.remove(&c.id), c }).collect())
}
