//! What a person wrote, as they get it: texts with all that was kept beside them, drafts, news that wait, answers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, args, db, module::PersonalData};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Value, json};
use uuid::Uuid;

/// A text as its author gets it.
#[derive(FromQueryResult)]
struct Written {
    kind: String,
    number: i64,
    project: String,
    idea: Option<i64>,
    title: String,
    body: String,
    lang: String,
    author_name: String,
    office: String,
    tag: String,
    area_id: Option<Uuid>,
    age: Option<String>,
    place: String,
    lon: Option<f64>,
    lat: Option<f64>,
    side: String,
    origin: String,
    status: String,
    reason: String,
    visible: bool,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    supports: i64,
    opposes: i64,
    link: Option<String>,
    pending_email: Option<String>,
    pending_consent: Option<String>,
}

impl Written {
    fn json(&self, areas: &HashMap<Uuid, String>) -> Value {
        json!({
            "number": self.number, "project": self.project, "under": self.idea, "title": self.title,
            "text": self.body, "language": self.lang, "name": self.author_name, "office": self.office,
            "theme": self.tag, "area": self.area_id.and_then(|id| areas.get(&id)), "age_group": self.age,
            "place": self.place, "longitude": self.lon, "latitude": self.lat, "side": self.side,
            "entered": self.origin, "came_by": self.link, "status": self.status, "reason": self.reason, "online": self.visible,
            "written": self.created_at, "published": self.published_at, "answered": self.answered_at,
            "supports": self.supports, "opposes": self.opposes, "address_to_confirm": self.pending_email,
            "agreed_to": self.pending_consent,
        })
    }
}

#[derive(FromQueryResult)]
struct MaskedRow {
    number: i64,
    said: String,
    masked_at: Option<DateTime<Utc>>,
}

impl MaskedRow {
    fn json(&self) -> Value {
        let said: Value = serde_json::from_str(&self.said).unwrap_or_default();
        json!({ "number": self.number, "said": said, "masked": self.masked_at })
    }
}

#[derive(FromQueryResult)]
struct NoticeRow {
    number: i64,
    kind: String,
    rhythm: String,
    at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

impl NoticeRow {
    fn json(&self) -> Value {
        json!({"number": self.number, "kind": self.kind, "rhythm": self.rhythm, "at": self.at, "sent": self.sent_at})
    }
}

#[derive(FromQueryResult)]
struct DraftRow {
    body: String,
    place: String,
    area_id: Option<Uuid>,
    link: Option<String>,
    created_at: DateTime<Utc>,
}

impl DraftRow {
    fn json(&self, areas: &HashMap<Uuid, String>) -> Value {
        let area = self.area_id.and_then(|id| areas.get(&id));
        json!({"text": self.body, "place": self.place, "area": area, "came_by": self.link, "at": self.created_at})
    }
}

/// A reply to what was decided of a text.
#[derive(FromQueryResult)]
struct ReplyRow {
    number: i64,
    body: String,
    at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
}

impl ReplyRow {
    fn json(&self) -> Value {
        json!({"number": self.number, "text": self.body, "at": self.at, "decided": self.decided_at})
    }
}

/// An official answer that a member of the team wrote.
#[derive(FromQueryResult)]
struct AnswerRow {
    number: i64,
    status: String,
    decision: String,
    body: String,
    cost: String,
    next: String,
    next_on: Option<String>,
    funding: String,
    signer: String,
    office: String,
    previous: String,
    published_at: DateTime<Utc>,
}

impl AnswerRow {
    fn json(&self) -> Value {
        json!({
            "number": self.number, "status": self.status, "decision": self.decision, "text": self.body,
            "cost": self.cost, "funding": self.funding, "next": self.next, "next_on": self.next_on, "signed": self.signer, "office": self.office,
            "before": self.previous, "at": self.published_at,
        })
    }
}

/// The parts of the download.
///
/// # Errors
/// When the database refuses.
pub async fn parts(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<PersonalData>> {
    let sql = "SELECT c.kind, c.number, p.title AS project, i.number AS idea, c.title, c.body, c.lang, c.author_name, \
               c.office, c.tag, c.area_id, c.age, c.place, c.lon, c.lat, c.side, c.origin, c.status, c.reason, c.visible, \
               c.created_at, c.published_at, c.answered_at, c.supports + c.brought AS supports, c.opposes, \
               c.link, c.pending_email, c.pending_consent \
               FROM contribution c JOIN project p ON p.id = c.project_id LEFT JOIN contribution i ON i.id = c.idea_id \
               WHERE c.author_id = $1 OR c.holder = $1 ORDER BY c.created_at, c.id";
    let texts: Vec<Written> = db::all(c, sql, args![person]).await?;
    let areas = parvis_people::areas::names(c).await?;
    let of = |kind: &str| texts.iter().filter(|t| t.kind == kind).map(|t| t.json(&areas)).collect::<Vec<Value>>();
    let sql = "SELECT c.number, n.kind, n.rhythm, n.at, n.sent_at FROM notice n \
               JOIN contribution c ON c.id = n.contribution_id WHERE n.person_id = $1 ORDER BY n.at, n.id";
    let notices: Vec<NoticeRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT d.body, d.place, d.area_id, d.link, d.created_at FROM draft d WHERE d.visitor = $1 \
               OR d.contribution_id IN (SELECT id FROM contribution WHERE author_id = $1 OR holder = $1) ORDER BY d.id";
    let drafts: Vec<DraftRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, a.status, a.decision, a.body, a.cost, a.next, a.next_on, a.funding, a.signer, a.office, \
               a.previous, a.published_at FROM answer a JOIN contribution c ON c.id = a.contribution_id WHERE a.actor_id = $1 ORDER BY a.published_at";
    let answers: Vec<AnswerRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, r.body, r.at, r.decided_at FROM author_reply r \
               JOIN contribution c ON c.id = r.contribution_id WHERE c.author_id = $1 OR c.holder = $1 ORDER BY r.at";
    let replies: Vec<ReplyRow> = db::all(c, sql, args![person]).await?;
    // What a text said before the team masked it, kept two days.
    let sql = "SELECT c.number, t.said, t.masked_at FROM contact_text t JOIN contribution c ON c.id = t.contribution_id \
               WHERE t.said <> '' AND (c.author_id = $1 OR c.holder = $1) ORDER BY c.number";
    let masked: Vec<MaskedRow> = db::all(c, sql, args![person]).await?;
    let part = |name, about, rows| PersonalData { name, about, rows };
    Ok(vec![
        part("ideas", "data-ideas", of("idea")),
        part("comments", "data-comments", of("comment")),
        part("news", "data-news", notices.iter().map(NoticeRow::json).collect()),
        part("drafts", "data-drafts", drafts.iter().map(|d| d.json(&areas)).collect()),
        part("answers", "data-answers", answers.iter().map(AnswerRow::json).collect()),
        part("replies", "data-replies", replies.iter().map(ReplyRow::json).collect()),
        part("masked", "data-masked", masked.iter().map(MaskedRow::json).collect()),
    ])
}
