//! What is stored of a row that an import met before, and what the row becomes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, args, db, words::Lang};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::draft::Draft;
use crate::{
    ideas::Status,
    screening::{Screen, Why},
};

/// What is stored of a row met before.
#[derive(Debug, FromQueryResult)]
pub(super) struct Before {
    pub(super) external_id: String,
    pub(super) id: Uuid,
    pub(super) number: i64,
    pub(super) kind: String,
    pub(super) idea_id: Option<Uuid>,
    pub(super) reply_to: Option<Uuid>,
    /// What it is counted under; `None` once a person of the town wrote it.
    pub(super) holder: Option<Uuid>,
    pub(super) author_name: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) lang: String,
    pub(super) tag: String,
    pub(super) area_id: Option<Uuid>,
    pub(super) place: String,
    pub(super) lon: Option<f64>,
    pub(super) lat: Option<f64>,
    pub(super) age: Option<String>,
    pub(super) side: String,
    pub(super) status: String,
    pub(super) hidden: bool,
    pub(super) withdrawn: bool,
    pub(super) visible: bool,
    pub(super) created_at: DateTime<Utc>,
    /// The idea it was united with: its words are no longer shown by themselves.
    pub(super) merged_into: Option<Uuid>,
    /// Supports that the file brought, without those of ideas united with it since.
    pub(super) brought: i64,
    /// Oppositions that the file brought: those that count, without those given here.
    pub(super) against: i64,
    pub(super) version: i64,
    /// How many of its versions are of imports.
    pub(super) import_changes: i64,
    /// The status it gets once it is published, where it waits.
    pub(super) status_then: String,
    /// The official answer, its status, its day, and whether an import brought it.
    pub(super) answer: Option<String>,
    pub(super) answer_status: Option<String>,
    pub(super) answer_at: Option<DateTime<Utc>>,
    pub(super) answer_by: Option<Uuid>,
    /// Whether it is online without its telephone numbers and mail addresses.
    pub(super) masked: bool,
}

const BEFORE: &str = "SELECT c.external_id, c.id, c.number, c.kind, c.idea_id, c.reply_to, CASE WHEN c.author_id IS NULL THEN c.holder END AS holder, c.author_name, c.title, c.body, \
     c.lang, c.tag, c.area_id, c.place, c.lon, c.lat, c.age, c.side, c.status, c.hidden, c.withdrawn, c.visible, \
     c.created_at, c.merged_into, c.brought - CAST(coalesce((SELECT sum(p.brought) FROM merging_part p \
     JOIN merging m ON m.id = p.merging_id WHERE m.kept_id = c.id AND m.undone_at IS NULL), 0) AS BIGINT) AS brought, \
     c.opposes - (SELECT count(*) FROM reaction r WHERE r.contribution_id = c.id \
     AND r.kind = 'oppose' AND r.confirmed) AS against, c.version, c.import_changes, c.status_then, \
     EXISTS (SELECT 1 FROM contact_text t \
     WHERE t.contribution_id = c.id AND t.masked_at IS NOT NULL) AS masked, a.body AS answer, a.status AS answer_status, \
     a.published_at AS answer_at, a.actor_id AS answer_by FROM contribution c LEFT JOIN answer a ON a.contribution_id = c.id";

impl Before {
    pub(super) fn clashes(&self, draft: &Draft) -> bool {
        (self.kind == "idea") != draft.parent.is_none()
    }

    /// Whether the team or the author did something to it: what an import changed is no decision.
    const fn decided(&self) -> bool {
        self.version - self.import_changes > 1
    }

    const fn texts(&self) -> [&String; 5] {
        [&self.title, &self.body, &self.author_name, &self.place, &self.tag]
    }

    /// Whether the row says other words, or stands elsewhere: whoever read it before has not read this.
    pub(super) fn reads_otherwise(&self, next: &Draft) -> bool {
        self.status != next.status.code() || self.texts().into_iter().zip(next.texts()).any(|(old, new)| old != new)
    }

    /// What the row becomes, if it changes. What the team or the author did since stands: a text taken back stays so, a
    /// status the team gave stays, a name that was erased does not come back. An answer that an import brought goes once the file has none.
    pub(super) fn changed(&self, draft: &Draft, screen: &Screen) -> Option<Draft> {
        if self.withdrawn || self.merged_into.is_some() {
            return None;
        }
        let mut next = draft.clone();
        let stands = self.decided() || draft.parent.is_some();
        if stands {
            next.status = Status::parse(&self.status).unwrap_or(Status::Proposed);
        }
        if stands || self.answer_by.is_some_and(|by| !by.is_nil()) {
            next.answer = None;
            next.unanswered = false;
        }
        let withdraws = next.unanswered && self.answer.is_some();
        if self.author_name.is_empty() || next.author_name.is_empty() {
            next.author_name.clone_from(&self.author_name);
        }
        // The numbers that the team took out stay out.
        if self.masked {
            next.mask();
        }
        match next.status {
            Status::Prescreening => {
                if let Some(then) = Status::parse(&self.status_then).filter(|_| stands) {
                    next.status_then = then.code();
                }
            }
            status if status.is_public() => self.look_again(&mut next, screen),
            _ => next.why.clear(),
        }
        next.at = next.at.or(Some(self.created_at));
        let same = !withdraws
            && next.answer.as_ref().is_none_or(|answer| answer.is_stored(self))
            && self.title == next.title
            && self.body == next.body
            && self.author_name == next.author_name
            && Some(self.created_at) == next.at
            && self.tag == next.tag
            && self.area_id == next.area
            && self.place == next.place
            && self.lon.zip(self.lat) == next.point
            && self.age.as_deref() == next.age
            && self.lang == next.lang
            && self.side == next.side
            && self.status == next.status.code()
            && self.brought == next.votes_for
            && self.against == next.votes_against;
        (!same).then_some(next)
    }

    /// Looks at the words that a file changes of what was published: numbers and addresses go online masked; with a listed
    /// word that it did not hold, it waits to be read, and gets its status back once it is published.
    fn look_again(&self, next: &mut Draft, screen: &Screen) {
        next.why.clear();
        let fresh: Vec<&str> = self
            .texts()
            .into_iter()
            .zip(next.texts())
            .filter_map(|(old, new)| (old != new).then_some(new.as_str()))
            .collect();
        if fresh.is_empty() {
            return;
        }
        let lang = Lang::parse(&next.lang).unwrap_or_default();
        let mut why = screen.why(lang, &fresh);
        if why.is_empty() {
            return;
        }
        let read = screen.why(lang, &self.texts().map(String::as_str));
        let read: Vec<&String> = read.iter().flat_map(Why::words).collect();
        for reason in &mut why {
            if let Why::Word(words) = reason {
                words.retain(|word| !read.contains(&word));
            }
        }
        why.retain(|reason| !matches!(reason, Why::Word(words) if words.is_empty()));
        // What is hidden is read by a person before it is shown again.
        if self.visible && why.iter().any(|reason| matches!(reason, Why::Word(_))) {
            next.status_then = next.status.code();
            next.status = Status::Prescreening;
            next.why = why;
        } else if why.contains(&Why::Contact) {
            next.mask_where(&self.texts());
        }
    }
}

/// Those of these identifiers that are stored.
pub(super) async fn met_before(
    c: &impl ConnectionTrait,
    project: Uuid,
    ids: &[&str],
) -> Result<HashMap<String, Before>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let list = db::placeholders(2, ids.len());
    let sql = format!("{BEFORE} WHERE c.project_id = $1 AND c.external_id IN ({list})");
    let mut args = args![project];
    args.extend(ids.iter().map(|id| Value::from(*id)));
    let rows: Vec<Before> = db::all(c, &sql, args).await?;
    Ok(rows.into_iter().map(|row| (row.external_id.clone(), row)).collect())
}
