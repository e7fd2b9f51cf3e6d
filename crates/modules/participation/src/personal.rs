//! What the module knows of a person: to show, to hand over, to forget, and to unite with a browser.

mod periods;
mod written;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Db, Reader, Tx},
    deeds::Deed,
    module::{Forget, LeftAddress, PastEvent, PersonalData, TextPlace, TextRow, Union},
};
use parvis_people::{blocks, persons::email_key};
use sea_orm::FromQueryResult;
use serde_json::json;
use uuid::Uuid;

pub use periods::{DRAFTS, PERIODS};

use crate::{
    answers,
    desk::{
        handling,
        lots::{self, plain},
        merge, morning, notes, views, visits,
    },
    entry,
    follows::{self, consultation},
    ideas::{Contribution, store, title_of},
    import, moderation, reactions, screening,
};

#[derive(FromQueryResult)]
struct Text {
    id: Uuid,
    number: i64,
    kind: String,
    title: String,
    body: String,
    author_id: Option<Uuid>,
    holder: Uuid,
    area_id: Option<Uuid>,
    age: Option<String>,
    project_id: Uuid,
    created_at: DateTime<Utc>,
    lang: String,
}

/// At most `most` of the texts that anybody finds after a place, in their order, for the analysis.
///
/// # Errors
/// When the database refuses.
pub async fn texts(db: &Db, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>> {
    // A comment is read with the title of its idea: "oui, moi aussi" alone is about nothing.
    let mut sql =
        "SELECT c.id, c.number, c.kind, CASE WHEN c.title = '' THEN coalesce(i.title, '') ELSE c.title END AS title, \
               c.body, c.author_id, c.holder, c.area_id, c.age, c.project_id, c.created_at, c.lang \
               FROM contribution c JOIN project p ON p.id = c.project_id LEFT JOIN contribution i ON i.id = c.idea_id \
               LEFT JOIN contribution o ON o.id = c.reply_to WHERE c.visible AND (c.idea_id IS NULL OR i.visible) \
               AND (c.reply_to IS NULL OR o.visible) AND p.visibility = 'public' AND p.state <> 'draft' AND c.office = ''"
            .to_owned();
    let mut args = args![most];
    if let Some((at, id)) = after {
        sql += " AND (c.created_at, c.id) > ($2, $3)";
        args.extend(args![at, id]);
    }
    sql += " ORDER BY c.created_at, c.id LIMIT $1";
    let rows: Vec<Text> = db::all(db.read(), &sql, args).await?;
    Ok(rows
        .into_iter()
        .map(|t| TextRow {
            id: t.id,
            number: t.number,
            kind: if t.kind == "idea" { "idea" } else { "comment" },
            title: t.title,
            body: t.body,
            voice: t.author_id.unwrap_or(t.holder),
            area: t.area_id,
            age: t.age,
            project: t.project_id,
            at: t.created_at,
            lang: t.lang,
        })
        .collect())
}

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
    fn json(&self) -> serde_json::Value {
        json!({"number": self.number, "kind": self.kind, "gathered": self.gathered_on, "at": self.created_at})
    }
}

/// What the team entered: by this person, and with the person's address.
async fn entered(c: &impl sea_orm::ConnectionTrait, person: Uuid) -> Result<[PersonalData; 2]> {
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

fn part(name: &'static str, about: &'static str, rows: Vec<serde_json::Value>) -> PersonalData {
    PersonalData { name, about, rows }
}

/// What a person said of what others wrote.
async fn told(c: &impl sea_orm::ConnectionTrait, person: Uuid) -> Result<[PersonalData; 3]> {
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
async fn worked(c: &impl sea_orm::ConnectionTrait, person: Uuid) -> Result<[PersonalData; 8]> {
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

/// What stays of a person once [`forget`] has passed, by the names of [`data`], and why. Texts stay with [`Forget::KeepTexts`].
#[must_use]
pub fn stays(how: Forget) -> Vec<(&'static str, &'static str)> {
    let mut all = vec![
        ("reports", "stays-reports"),
        ("lots", "stays-work"),
        ("merges", "stays-work"),
        ("desk-notes", "stays-work"),
        ("entries", "stays-work"),
        ("answers", "stays-work"),
        ("answer-drafts", "stays-work"),
    ];
    if how == Forget::KeepTexts {
        all.extend([("ideas", "stays-texts"), ("comments", "stays-texts")]);
    }
    all
}

/// What the directory finds people by: ideas and comments online that they signed.
pub const DEEDS: [Deed; 2] = [
    Deed {
        code: "idee",
        key: "deed-idea",
        table: "contribution",
        person: "author_id",
        when: "d.kind = 'idea' AND d.visible AND d.author_name <> '' AND d.author_id IS NOT NULL",
    },
    Deed {
        code: "commentaire",
        key: "deed-comment",
        table: "contribution",
        person: "author_id",
        when: "d.kind = 'comment' AND d.visible AND d.author_name <> '' AND d.author_id IS NOT NULL",
    },
];

#[derive(FromQueryResult)]
struct Signed {
    kind: String,
    /// Of the idea, also for a comment under it.
    idea: i64,
    title: String,
    body: String,
    created_at: DateTime<Utc>,
}

/// The texts online that the person signed: what they wrote without a name, supported or followed is nobody's business.
///
/// # Errors
/// When the database refuses.
pub async fn past_events(db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
    let sql = "SELECT c.kind, coalesce(i.number, c.number) AS idea, coalesce(i.title, c.title) AS title, \
               coalesce(i.body, c.body) AS body, c.created_at FROM contribution c \
               LEFT JOIN contribution i ON i.id = c.idea_id WHERE c.author_id = $1 AND c.visible AND c.author_name <> '' \
               AND (c.idea_id IS NULL OR i.visible) ORDER BY c.created_at DESC, c.id DESC LIMIT $2";
    let rows: Vec<Signed> = db::all(db.read(), sql, args![person, most]).await?;
    Ok(rows
        .into_iter()
        .map(|t| PastEvent {
            at: t.created_at,
            key: if t.kind == "idea" { "past-idea" } else { "past-comment" },
            href: crate::urls::Idea { number: t.idea }.to_string(),
            what: if t.title.is_empty() { title_of(&t.body) } else { t.title },
        })
        .collect())
}

/// Forgets a person: supports leave the totals, follows end, texts lose their name or go too.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, moment: &Moment, person: Uuid, how: Forget) -> Result<()> {
    let supported: Vec<Key> =
        db::all(tx, "SELECT contribution_id AS id FROM reaction WHERE holder = $1", args![person]).await?;
    for row in supported {
        reactions::set(tx, moment, row.id, person, true, None).await?;
    }
    entry::store::forget(tx, moment, person).await?;
    drop_pending(tx, person).await?;
    db::run(tx, "DELETE FROM follow WHERE person_id = $1", args![person]).await?;
    db::run(tx, "DELETE FROM notice WHERE person_id = $1", args![person]).await?;
    db::run(tx, "DELETE FROM project_follow WHERE person_id = $1", args![person]).await?;
    let mine: Vec<Named> =
        db::all(tx, "SELECT id, author_name FROM contribution WHERE author_id = $1 OR holder = $1", args![person])
            .await?;
    // One nameless hand, so that a person who wrote twice still counts once.
    let nobody = moment.id();
    for key in mine {
        if how == Forget::EraseTexts {
            erase(tx, moment, key.id).await?;
        }
        db::run(
            tx,
            "UPDATE contribution SET author_id = NULL, author_name = '', holder = $2, pending_email = NULL, \
             pending_consent = NULL, age = NULL, reason = '' WHERE id = $1",
            args![key.id, nobody],
        )
        .await?;
        unname(tx, key.id, &key.author_name).await?;
        moderation::appeals::erase(tx, key.id).await?;
        screening::contact::forget(tx, key.id).await?;
        // The draft holds the browser that wrote it.
        db::run(tx, "DELETE FROM draft WHERE contribution_id = $1", args![key.id]).await?;
    }
    import::screen::forget(tx, moment, person).await?;
    db::run(tx, "UPDATE report SET holder = $2, note = '' WHERE holder = $1", args![person, nobody]).await?;
    handling::forget(tx, person).await?;
    answers::drafts::forget(tx, person).await?;
    lots::store::forget(tx, person).await?;
    merge::store::forget(tx, person).await?;
    notes::forget(tx, person).await?;
    views::forget(tx, person).await?;
    morning::forget(tx, person).await?;
    visits::forget(tx, person).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Key {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    author_name: String,
}

/// What the team wrote to or about an author keeps its words, without the name.
async fn unname(tx: &Tx, id: Uuid, name: &str) -> Result<()> {
    db::run(tx, "UPDATE lot_item SET reason = '' WHERE contribution_id = $1", args![id]).await?;
    answers::drafts::drop(tx, &[id]).await?;
    if name.is_empty() {
        return Ok(());
    }
    for table in ["answer", "note"] {
        let sql = format!("UPDATE {table} SET body = replace(body, $2, '…') WHERE contribution_id = $1");
        db::run(tx, &sql, args![id, name]).await?;
    }
    db::run(tx, "UPDATE answer SET previous = '' WHERE contribution_id = $1", args![id]).await?;
    Ok(())
}

/// Takes a text offline and its words out of the database and of the search.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn erase(tx: &Tx, moment: &Moment, id: Uuid) -> Result<()> {
    let change = store::Change { withdrawn: Some(true), ..store::Change::default() };
    let c = store::change(tx, moment, id, None, None, &change).await?;
    // A title that an answer quotes goes with the text.
    for said in [c.heading(), plain(&c.heading())] {
        let sql = "UPDATE answer SET body = replace(body, $2, '…'), previous = '' WHERE contribution_id = $1";
        db::run(tx, sql, args![id, said]).await?;
    }
    let bare = Contribution { place: String::new(), ..c };
    store::set_text(tx, &bare, "", "").await?;
    let sql = "UPDATE contribution SET place = '', lon = NULL, lat = NULL, tag = '', area_id = NULL, link = NULL, reason = '' \
               WHERE id = $1";
    db::run(tx, sql, args![id]).await?;
    // What a lot remembers of it.
    let sql = "UPDATE lot_item SET reason = '', tag = '', area_id = NULL WHERE contribution_id = $1";
    db::run(tx, sql, args![id]).await?;
    notes::erase(tx, id).await?;
    answers::drafts::drop(tx, &[id]).await?;
    // Where it was gathered may say by whom.
    db::run(tx, "UPDATE entry SET place = '' WHERE kind = 'idea' AND contribution_id = $1", args![id]).await?;
    screening::store::erase(tx, id).await?;
    // What a report says of a text may quote it.
    db::run(tx, "UPDATE report SET note = '' WHERE contribution_id = $1", args![id]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Left {
    id: Uuid,
    pending_email: String,
}

/// Texts left with the person's address in a browser that never confirmed it lose the address and the name.
async fn drop_pending(tx: &Tx, person: Uuid) -> Result<()> {
    let sql = "SELECT email FROM person WHERE id = $1 AND email IS NOT NULL";
    let Some(email) = db::scalar::<String>(tx, sql, args![person]).await? else { return Ok(()) };
    let sql = "SELECT id, pending_email FROM contribution WHERE pending_email IS NOT NULL";
    let left: Vec<Left> = db::all(tx, sql, args![]).await?;
    for text in left.iter().filter(|t| email_key(&t.pending_email) == email_key(&email)) {
        let sql =
            "UPDATE contribution SET pending_email = NULL, pending_consent = NULL, author_name = '' WHERE id = $1";
        db::run(tx, sql, args![text.id]).await?;
    }
    db::run(tx, "DELETE FROM asked_follow WHERE email = $1", args![email_key(&email)]).await?;
    consultation::asked::forget(tx, &email, None).await
}

/// The owner of an address wants it gone: what a browser left with it stays, without the address or anything asked for
/// with it.
///
/// # Errors
/// When the database refuses.
pub async fn let_go(tx: &Tx, left: &LeftAddress) -> Result<()> {
    let key = email_key(&left.email);
    let sql = "SELECT id, pending_email FROM contribution WHERE holder = $1 AND pending_email IS NOT NULL";
    let texts: Vec<Left> = db::all(tx, sql, args![left.visitor]).await?;
    for text in texts.iter().filter(|t| email_key(&t.pending_email) == key) {
        let sql = "UPDATE contribution SET pending_email = NULL, pending_consent = NULL WHERE id = $1";
        db::run(tx, sql, args![text.id]).await?;
    }
    let sql = "DELETE FROM asked_follow WHERE visitor = $1 AND email = $2";
    db::run(tx, sql, args![left.visitor, key.clone()]).await?;
    let sql = "UPDATE entry SET email = NULL WHERE holder = $1 AND email = $2";
    db::run(tx, sql, args![left.visitor, key]).await?;
    consultation::asked::forget(tx, &left.email, Some(left.visitor)).await
}

#[derive(FromQueryResult)]
struct Pending {
    kind: String,
    pending_consent: String,
    origin: String,
}

/// The consent left with a text, given by the mail about it.
async fn agreed(tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    let Some(id) = union.agreed else { return Ok(()) };
    let sql = "SELECT kind, pending_consent, origin FROM contribution \
               WHERE id = $1 AND author_id = $2 AND pending_consent IS NOT NULL";
    let Some(text) = db::one::<Pending>(tx, sql, args![id, union.person]).await? else { return Ok(()) };
    db::run(tx, "UPDATE contribution SET pending_consent = NULL WHERE id = $1", args![id]).await?;
    if text.kind == "idea" {
        let source = entry::Channel::parse(&text.origin).map_or("idea_form", entry::Channel::consent_source);
        follows::begin(tx, moment, id, union.person, &text.pending_consent, source).await?;
        follows::late::ask(tx, moment, id).await?;
    }
    Ok(())
}

/// What a browser held becomes a person's: supports, counted once, and the texts left with this very address.
///
/// # Errors
/// When the database refuses.
pub async fn unite(tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    if union.visitor == union.person {
        return Ok(());
    }
    if blocks::store::holds(tx, union.person, moment.now).await? {
        // Given before signing in, and never counted.
        db::run(tx, "DELETE FROM reaction WHERE holder = $1 AND NOT confirmed", args![union.visitor]).await?;
    } else {
        reactions::unite(tx, moment, union.visitor, union.person).await?;
        entry::gathered::confirmed(tx, union.visitor).await?;
    }
    let sql = "SELECT id, pending_email FROM contribution \
               WHERE holder = $1 AND pending_email IS NOT NULL ORDER BY created_at";
    let pending: Vec<Left> = db::all(tx, sql, args![union.visitor]).await?;
    let same = |p: &Left| email_key(&p.pending_email) == email_key(&union.email);
    for text in pending.into_iter().filter(same) {
        // The consent waits for the mail of this very text, where its words are read.
        let sql = "UPDATE contribution SET author_id = $2, holder = $2, pending_email = NULL WHERE id = $1";
        db::run(tx, sql, args![text.id, union.person]).await?;
    }
    agreed(tx, moment, union).await?;
    follows::asked::begin(tx, moment, union).await?;
    consultation::asked::begin(tx, moment, union).await?;
    let sql = "UPDATE report SET holder = $2 WHERE holder = $1 AND NOT EXISTS \
               (SELECT 1 FROM report r WHERE r.contribution_id = report.contribution_id AND r.holder = $2)";
    db::run(tx, sql, args![union.visitor, union.person]).await?;
    // Whoever reported twice, before and after signing in, counts once.
    db::run(tx, "UPDATE report SET counts = FALSE WHERE holder = $1", args![union.visitor]).await?;
    Ok(())
}
