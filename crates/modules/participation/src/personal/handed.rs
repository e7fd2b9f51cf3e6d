//! All that is known of a person, as it is handed over to them: what they wrote, said of others, did as one of the team.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Reader},
    module::PersonalData,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Value, json};
use uuid::Uuid;

use super::written;
use crate::{
    answers,
    desk::{morning, visits},
    entry,
    follows::{self, consultation},
};

#[derive(FromQueryResult)]
struct ReactionRow {
    number: i64,
    kind: String,
    created_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct FollowRow {
    number: i64,
    rhythm: String,
    created_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct ReportRow {
    number: i64,
    reason: String,
    note: String,
    at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct LotRow {
    action: String,
    created_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct NoteRow {
    number: i64,
    body: String,
    at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct ViewRow {
    name: String,
    query: String,
}

#[derive(FromQueryResult)]
struct MergeRow {
    number: i64,
    created_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: Uuid,
    number: i64,
    kind: String,
    gathered_on: String,
    created_at: DateTime<Utc>,
}

impl EntryRow {
    fn json(&self) -> Value {
        json!({"number": self.number, "kind": self.kind, "gathered": self.gathered_on, "at": self.created_at})
    }
}

/// What the team entered: by this person, and with the person's address.
async fn entered(c: &impl ConnectionTrait, person: Uuid) -> Result<[PersonalData; 2]> {
    let theirs = entry::store::of_person(c, person).await?;
    let sql = "SELECT e.id, c.number, e.kind, e.gathered_on, e.created_at FROM entry e \
               JOIN contribution c ON c.id = e.contribution_id WHERE e.actor_id = $1 OR e.email IS NOT NULL \
               ORDER BY e.created_at";
    let by = "SELECT e.id, c.number, e.kind, e.gathered_on, e.created_at FROM entry e \
              JOIN contribution c ON c.id = e.contribution_id WHERE e.actor_id = $1 ORDER BY e.created_at";
    let all: Vec<EntryRow> = if theirs.is_empty() { Vec::new() } else { db::all(c, sql, args![person]).await? };
    let own: Vec<EntryRow> = db::all(c, by, args![person]).await?;
    let mine = all.iter().filter(|e| theirs.contains(&e.id)).map(EntryRow::json).collect();
    Ok([
        part("entries", "data-entries", own.iter().map(EntryRow::json).collect()),
        part("entered-supports", "data-entered-supports", mine),
    ])
}

/// All that is known of a person, for the download.
///
/// # Errors
/// When the database refuses.
pub async fn data(c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
    let mut all = written::parts(c, person).await?;
    all.extend(told(c, person).await?);
    all.extend(worked(c, person).await?);
    all.push(follows::asked::of_person(c, person).await?);
    all.push(part("project-follows", "data-project-follows", consultation::data(c, person).await?));
    all.push(consultation::asked::of_person(c, person).await?);
    all.extend(entered(c, person).await?);
    Ok(all)
}

fn part(name: &'static str, about: &'static str, rows: Vec<Value>) -> PersonalData {
    PersonalData { name, about, rows }
}

/// What a person said of what others wrote.
async fn told(c: &impl ConnectionTrait, person: Uuid) -> Result<[PersonalData; 3]> {
    let sql = "SELECT c.number, r.kind, r.created_at FROM reaction r JOIN contribution c ON c.id = r.contribution_id \
               WHERE r.holder = $1 ORDER BY r.created_at";
    let reactions: Vec<ReactionRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, f.rhythm, f.created_at FROM follow f JOIN contribution c ON c.id = f.contribution_id \
               WHERE f.person_id = $1 ORDER BY f.created_at";
    let follows: Vec<FollowRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, r.reason, r.note, r.at FROM report r JOIN contribution c ON c.id = r.contribution_id \
               WHERE r.holder = $1 ORDER BY r.at";
    let reports: Vec<ReportRow> = db::all(c, sql, args![person]).await?;
    let support = |r: &ReactionRow| json!({"number": r.number, "kind": r.kind, "at": r.created_at});
    let follow = |f: &FollowRow| json!({"number": f.number, "rhythm": f.rhythm, "since": f.created_at});
    let report = |r: &ReportRow| json!({"number": r.number, "reason": r.reason, "note": r.note, "at": r.at});
    Ok([
        part("supports", "data-supports", reactions.iter().map(support).collect()),
        part("follows", "data-follows", follows.iter().map(follow).collect()),
        part("reports", "data-reports", reports.iter().map(report).collect()),
    ])
}

/// What a person did as one of the team.
async fn worked(c: &impl ConnectionTrait, person: Uuid) -> Result<[PersonalData; 8]> {
    let sql = "SELECT deed AS action, created_at FROM lot WHERE actor_id = $1 ORDER BY created_at";
    let lots: Vec<LotRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, n.body, n.at FROM note n JOIN contribution c ON c.id = n.contribution_id \
               WHERE n.author_id = $1 ORDER BY n.at";
    let notes: Vec<NoteRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT name, query FROM saved_view WHERE owner_id = $1 ORDER BY name";
    let views: Vec<ViewRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number, m.at AS created_at FROM merging m JOIN contribution c ON c.id = m.kept_id \
               WHERE m.actor_id = $1 ORDER BY m.at";
    let merges: Vec<MergeRow> = db::all(c, sql, args![person]).await?;
    let sql = "SELECT c.number FROM handling h JOIN contribution c ON c.id = h.contribution_id \
               WHERE h.assignee_id = $1 ORDER BY c.number";
    let given: Vec<i64> = db::column(c, sql, args![person]).await?;
    let drafts = answers::drafts::of_person(c, person).await?;
    let letter = morning::choice(c, person).await?;
    let has = "SELECT count(*) FROM morning_letter WHERE person_id = $1";
    let letter = (db::count(c, has, args![person]).await? > 0).then_some(letter);
    let lot = |l: &LotRow| json!({"action": l.action, "at": l.created_at});
    let merge = |m: &MergeRow| json!({"number": m.number, "at": m.created_at});
    let note = |n: &NoteRow| json!({"number": n.number, "text": n.body, "at": n.at});
    let view = |v: &ViewRow| json!({"name": v.name, "filters": v.query});
    Ok([
        part("lots", "data-lots", lots.iter().map(lot).collect()),
        part("merges", "data-merges", merges.iter().map(merge).collect()),
        part("desk-notes", "data-desk-notes", notes.iter().map(note).collect()),
        part("views", "data-views", views.iter().map(view).collect()),
        part(
            "morning-letter",
            "data-morning",
            letter.iter().map(|t| json!({"wanted": t.wanted, "hour": t.hour})).collect(),
        ),
        part("answer-drafts", "data-answer-drafts", drafts.iter().map(answers::drafts::Own::json).collect()),
        part("desk-visits", "data-desk-visits", visits::data(c, person).await?),
        part("given", "data-handling", given.iter().map(|number| json!({"number": number})).collect()),
    ])
}
