//! Notes of the team about a contribution, never shown outside, and who is mentioned in them.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    context::Moment,
    db::{self, Tx},
    form::{Form, is_blank},
    permission::Right,
};
use parvis_people::persons;
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{place, query, with_param};
use crate::{ideas::store as ideas, urls};

/// Longest note, in characters.
pub const MAX_NOTE: usize = 2_000;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Note {
    /// Key.
    pub id: Uuid,
    /// Who wrote it; nobody once they left.
    pub author_id: Option<Uuid>,
    /// The text.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The notes about a contribution, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Vec<Note>> {
    let sql = "SELECT id, author_id, body, at FROM note WHERE contribution_id = $1 ORDER BY at, id LIMIT 200";
    db::all(c, sql, args![contribution]).await
}

/// A mention that its reader has not opened.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Mention {
    /// The contribution.
    pub number: i64,
    /// Its project.
    pub project_id: Uuid,
    /// Who wrote the note.
    pub author_id: Option<Uuid>,
    /// The note.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What somebody was told in notes and has not opened, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn unread(c: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<Mention>> {
    let sql = "SELECT c.number, c.project_id, n.author_id, n.body, n.at FROM note_mention m JOIN note n ON n.id = m.note_id \
               JOIN contribution c ON c.id = n.contribution_id WHERE m.person_id = $1 AND m.seen_at IS NULL \
               ORDER BY n.at LIMIT $2";
    db::all(c, sql, args![person, limit]).await
}

/// Whoever opens a contribution has seen what its notes tell them.
///
/// # Errors
/// When the database refuses.
pub async fn seen(tx: &Tx, moment: &Moment, person: Uuid, contribution: Uuid) -> Result<()> {
    let sql = "UPDATE note_mention SET seen_at = $3 WHERE person_id = $1 AND seen_at IS NULL AND note_id IN \
               (SELECT n.id FROM note n WHERE n.contribution_id = $2)";
    db::run(tx, sql, args![person, contribution, moment.now]).await?;
    Ok(())
}

/// Members of the team named in a text after an at sign: the whole name, or the first word of it when only one
/// member is called so.
#[must_use]
pub fn mentioned(text: &str, team: &[(Uuid, String)]) -> Vec<Uuid> {
    let text = text.to_lowercase();
    let named: Vec<Uuid> = signs(&text).flat_map(|rest| named(rest, team)).collect();
    team.iter().map(|(id, _)| *id).filter(|id| named.contains(id)).collect()
}

/// What follows each at sign of a text in small letters, but those inside an address.
fn signs(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric()).then(|| text.get(at + 1..)).flatten()
    })
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_lowercase()
}

/// Whom of these a text in small letters begins with: "ana" is not in "anatole".
fn named(rest: &str, team: &[(Uuid, String)]) -> Vec<Uuid> {
    let begins = |name: &str| {
        let after = rest.strip_prefix(name).map(|t| t.chars().next());
        after.is_some_and(|c| c.is_none_or(|c| !c.is_alphanumeric()))
    };
    let namesakes = |own: &str| team.iter().filter(|(_, n)| first_name(n) == own).count();
    team.iter()
        .filter(|(_, name)| {
            let own = first_name(name);
            !own.is_empty()
                && (name.contains(' ') && begins(&name.to_lowercase()) || namesakes(&own) == 1 && begins(&own))
        })
        .map(|(id, _)| *id)
        .collect()
}

/// Why a note reached nobody by a name it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// Nobody of the team is called so.
    Unknown,
    /// They do not see the project.
    Closed,
    /// Several have that first name.
    Several,
}

impl Missed {
    /// The code of its sentence.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Closed => "closed",
            Self::Several => "several",
        }
    }
}

/// The names after an at sign that reached nobody, each once, and why. `told`: those the note reached; `readers`: those of
/// the team who see the project.
#[must_use]
pub fn missed(text: &str, told: &[Uuid], readers: &[(Uuid, String)], team: &[(Uuid, String)]) -> Vec<(String, Missed)> {
    let text = text.to_lowercase();
    let reached: Vec<(Uuid, String)> = team.iter().filter(|(id, _)| told.contains(id)).cloned().collect();
    let mut missed: Vec<(String, Missed)> = Vec::new();
    for rest in signs(&text) {
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if word.is_empty() || !named(rest, &reached).is_empty() || !named(rest, readers).is_empty() {
            continue;
        }
        let called = |all: &[(Uuid, String)]| all.iter().filter(|(_, name)| first_name(name) == word).count();
        let why = match (called(readers), called(team)) {
            (0, 0) => Missed::Unknown,
            (0, _) => Missed::Closed,
            _ => Missed::Several,
        };
        if !missed.iter().any(|(name, _)| name.strip_prefix('@') == Some(word.as_str())) {
            missed.push((format!("@{word}"), why));
        }
    }
    missed
}

/// Whom the notes about a contribution reached: the note, and who.
///
/// # Errors
/// When the database refuses.
pub async fn reached(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Vec<(Uuid, Uuid)>> {
    #[derive(FromQueryResult)]
    struct Row {
        note_id: Uuid,
        person_id: Uuid,
    }
    let sql = "SELECT m.note_id, m.person_id FROM note_mention m JOIN note n ON n.id = m.note_id \
               WHERE n.contribution_id = $1 ORDER BY m.note_id, m.person_id";
    let rows: Vec<Row> = db::all(c, sql, args![contribution]).await?;
    Ok(rows.into_iter().map(|r| (r.note_id, r.person_id)).collect())
}

/// The whole team, by key and name.
///
/// # Errors
/// When the database refuses.
pub async fn team(c: &impl ConnectionTrait) -> Result<Vec<(Uuid, String)>> {
    Ok(persons::team(c).await?.into_iter().map(|p| (p.id, p.name)).collect())
}

/// Those of the team who may read this project's desk.
///
/// # Errors
/// When the database refuses.
pub async fn readers(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<(Uuid, String)>> {
    let team = persons::members(c).await?.into_iter();
    let readers = team.filter(|(_, role)| role.may(Right::Read, Some(project)));
    Ok(readers.map(|(person, _)| (person.id, person.name)).collect())
}

/// Writes a note, with whom it mentions.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &Tx, moment: &Moment, author: Uuid, contribution: Uuid, body: &str, to: &[Uuid]) -> Result<()> {
    let id = moment.id();
    let sql = "INSERT INTO note (id, contribution_id, author_id, body, at) VALUES ($1, $2, $3, $4, $5)";
    db::run(tx, sql, args![id, contribution, author, body, moment.now]).await?;
    for person in to.iter().filter(|p| **p != author) {
        let sql = "INSERT INTO note_mention (note_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        db::run(tx, sql, args![id, *person]).await?;
    }
    Ok(())
}

/// Whether this very note waits for this person already.
///
/// # Errors
/// When the database refuses.
pub async fn is_awaited(tx: &Tx, author: Uuid, contribution: Uuid, person: Uuid, body: &str) -> Result<bool> {
    let sql = "SELECT count(*) FROM note n JOIN note_mention m ON m.note_id = n.id WHERE n.contribution_id = $1 \
               AND n.author_id = $2 AND m.person_id = $3 AND m.seen_at IS NULL AND n.body = $4";
    Ok(db::count(tx, sql, args![contribution, author, person, body]).await? > 0)
}

/// Takes back one's own note.
///
/// # Errors
/// `NotFound` for somebody else's, or when the database refuses.
pub async fn delete(tx: &Tx, author: Uuid, id: Uuid) -> Result<()> {
    let mine = "SELECT count(*) FROM note WHERE id = $1 AND author_id = $2";
    if db::count(tx, mine, args![id, author]).await? == 0 {
        return Err(Error::NotFound);
    }
    db::run(tx, "DELETE FROM note_mention WHERE note_id = $1", args![id]).await?;
    db::run(tx, "DELETE FROM note WHERE id = $1", args![id]).await?;
    Ok(())
}

/// Writes or takes back a note. Permission: moderate, in the contribution's project.
pub async fn post(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let item = ideas::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    let me = ctx.person()?;
    let page = place::keeping(&urls::Handle { number }.to_string(), &query(&ctx));
    let to = format!("{}#notes", with_param(&page, "note", "1"));
    if let Ok(id) = f.get("retirer").parse::<Uuid>() {
        ctx.app.db.write(move |tx| Box::pin(delete(tx, me, id))).await?;
        return Ok(redirect(format!("{page}#notes")));
    }
    let body = f.text("note");
    if is_blank(&body) {
        f.fail("f-note", ctx.t("note-error-empty"));
    } else if body.chars().count() > MAX_NOTE {
        f.fail("f-note", ctx.app.words.with(ctx.lang, "note-error-long", &[("n", &MAX_NOTE)]));
    }
    if !f.is_valid() {
        return super::handle::again(&ctx, number, f).await;
    }
    let told = mentioned(&body, &readers(ctx.app.db.read(), item.project_id).await?);
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (moment, body, told) = (moment.clone(), body.clone(), told.clone());
            Box::pin(async move { write(tx, &moment, me, item.id, &body, &told).await })
        })
        .await?;
    Ok(redirect(to))
}

/// What a contribution that is erased was said about.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &Tx, contribution: Uuid) -> Result<()> {
    let mentions = "DELETE FROM note_mention WHERE note_id IN (SELECT n.id FROM note n WHERE n.contribution_id = $1)";
    db::run(tx, mentions, args![contribution]).await?;
    db::run(tx, "DELETE FROM note WHERE contribution_id = $1", args![contribution]).await?;
    Ok(())
}

/// Forgets a member of the team who leaves: their name stands under no note and in none that mentioned them.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    if let Some(name) = persons::find(tx, person).await?.map(|p| p.name).filter(|n| !n.is_empty()) {
        let sql = "UPDATE note SET body = replace(body, $2, '…') WHERE id IN \
                   (SELECT m.note_id FROM note_mention m WHERE m.person_id = $1)";
        db::run(tx, sql, args![person, name]).await?;
    }
    db::run(tx, "DELETE FROM note_mention WHERE person_id = $1", args![person]).await?;
    db::run(tx, "UPDATE note SET author_id = NULL WHERE author_id = $1", args![person]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_mentioned() {
        let id = Uuid::from_u128;
        let team: Vec<(Uuid, String)> =
            [(1, "Ana Roux"), (2, "Samira Kaci"), (3, "Ana Petit"), (4, "")].map(|(n, s)| (id(n), s.into())).into();
        assert_eq!(mentioned("Qu’en dis-tu @Samira ?", &team), vec![id(2)]);
        assert_eq!(mentioned("@ana roux, @SAMIRA KACI", &team), vec![id(1), id(2)]);
        assert_eq!(mentioned("@Ana ?", &team), Vec::<Uuid>::new(), "which Ana is not said");
        for nobody in ["samira", "@Samiraa", "@", "courrier@samira.fr", ""] {
            assert_eq!(mentioned(nobody, &team), Vec::<Uuid>::new(), "{nobody}");
        }
    }

    #[test]
    fn who_is_missed_and_why() {
        let id = Uuid::from_u128;
        let team: Vec<(Uuid, String)> = [(1, "Ana Roux"), (2, "Samira Kaci"), (3, "Ana Petit"), (4, "Claire Bon")]
            .map(|(n, s)| (id(n), s.into()))
            .into();
        let readers: Vec<(Uuid, String)> = team.iter().take(3).cloned().collect();
        let text = "@Samira, @claire, @Inconnu et @inconnu, @ana, @ana roux, a@b.fr, @";
        let found = missed(text, &[id(1), id(2)], &readers, &team);
        let expected = [("@claire", Missed::Closed), ("@inconnu", Missed::Unknown)].map(|(n, why)| (n.to_owned(), why));
        assert_eq!(found, expected, "@ana is the Ana who was told");
        assert_eq!(missed("@ana ?", &[], &readers, &team), [("@ana".to_owned(), Missed::Several)]);
        assert!(missed("@claire", &[id(4)], &readers, &team).is_empty(), "told before she left the project");
    }
}
