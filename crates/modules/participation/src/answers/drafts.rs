//! An official answer that is being written: kept as it is typed, so that nothing is lost and a colleague can reread it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
    form::{Form, is_blank},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Answer, parked, store};

/// The fields of an answer's form.
pub const FIELDS: [&str; 9] = ["statut", "decision", "texte", "cout", "financement", "suite", "quand", SIGNER, OFFICE];
/// Who signs, and as what: in columns of their own, which an erasure empties.
const SIGNER: &str = "signataire";
const OFFICE: &str = "fonction";
/// Those that somebody writes; the others come filled.
const WRITTEN: [&str; 6] = ["decision", "texte", "cout", "financement", "suite", "quand"];

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize, Deserialize)]
pub struct Draft {
    /// The idea.
    pub contribution_id: Uuid,
    /// Who wrote last.
    pub actor_id: Option<Uuid>,
    fields: String,
    signer: String,
    office: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

impl Draft {
    /// What is written in a form.
    ///
    /// # Errors
    /// When it can't be stored, which is a fault of ours.
    pub(super) fn of(writing: &Writing, now: DateTime<Utc>) -> Result<Self> {
        let mut rest = writing.fields.clone();
        let (signer, office) = (rest.remove(SIGNER).unwrap_or_default(), rest.remove(OFFICE).unwrap_or_default());
        Ok(Self {
            contribution_id: writing.contribution,
            actor_id: writing.actor,
            fields: serde_json::to_string(&rest).map_err(Error::other)?,
            signer,
            office,
            saved_at: now,
        })
    }

    /// Whether another says the same; the decision in few words may have been filled in meanwhile.
    ///
    /// # Errors
    /// When what is stored can't be read.
    pub(super) fn says_as(&self, other: &Self) -> Result<bool> {
        let (mine, theirs) = (self.form(0)?, other.form(0)?);
        Ok(WRITTEN.iter().skip(1).all(|name| mine.text(name).trim() == theirs.text(name).trim()))
    }

    /// The form as it was left.
    ///
    /// # Errors
    /// When what is stored can't be read.
    pub fn form(&self, version: i64) -> Result<Form> {
        let fields: BTreeMap<String, String> = serde_json::from_str(&self.fields).map_err(Error::other)?;
        let mut form = Form::new();
        for (name, value) in fields {
            form.set(&name, value);
        }
        form.set(SIGNER, self.signer.clone());
        form.set(OFFICE, self.office.clone());
        form.set("version", version.to_string());
        form.set("reprend", self.actor_id.map(|id| id.to_string()).unwrap_or_default());
        Ok(form)
    }

    /// Without the name of whoever is erased: who wrote it, and who would have signed.
    pub(crate) fn unname(&mut self) {
        self.actor_id = None;
        self.signer.clear();
        self.office.clear();
    }
}

pub(super) const COLUMNS: &str = "contribution_id, actor_id, fields, signer, office, saved_at";

/// The draft of the answer to an idea, if any.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Option<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM answer_draft WHERE contribution_id = $1 AND answer_id IS NULL");
    db::one(c, &sql, args![contribution]).await
}

/// The drafts of the answers to these ideas.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, contributions: &[Uuid]) -> Result<Vec<Draft>> {
    if contributions.is_empty() {
        return Ok(Vec::new());
    }
    let ids = db::placeholders(1, contributions.len());
    let sql = format!("SELECT {COLUMNS} FROM answer_draft WHERE contribution_id IN ({ids}) AND answer_id IS NULL");
    db::all(c, &sql, contributions.iter().map(|id| Value::from(*id)).collect()).await
}

/// How many of the ideas that a lot still waits to decide on have a draft.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_lot(c: &impl ConnectionTrait, lot: Uuid) -> Result<i64> {
    let sql = "SELECT count(*) FROM answer_draft d JOIN lot_item i ON i.contribution_id = d.contribution_id \
               WHERE i.lot_id = $1 AND i.state = 'waiting' AND d.answer_id IS NULL";
    db::count(c, sql, args![lot]).await
}

/// Puts a draft back as it was. What somebody wrote since stays.
///
/// # Errors
/// When the database refuses.
pub async fn put_back(tx: &Tx, draft: &Draft) -> Result<()> {
    let sql = format!(
        "INSERT INTO answer_draft ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (contribution_id) DO NOTHING"
    );
    let Draft { contribution_id, actor_id, fields, signer, office, saved_at } = draft;
    let values = args![*contribution_id, *actor_id, fields.clone(), signer.clone(), office.clone(), *saved_at];
    db::run(tx, &sql, values).await?;
    Ok(())
}

/// A form that is being written.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The idea.
    pub contribution: Uuid,
    /// The answer there was when the form was opened: after another was published the words come too late.
    pub answer: Option<Uuid>,
    /// Who writes.
    pub actor: Option<Uuid>,
    /// Who had written the draft that the form was opened with.
    pub after: Option<Uuid>,
    /// What is written.
    pub fields: BTreeMap<&'static str, String>,
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is the draft.
    Draft,
    /// Nothing is written in it, or it comes after the answer was published: there is no draft.
    Nothing,
    /// This colleague writes too: theirs stays.
    Theirs(Uuid),
}

/// Keeps a form as it is; one in which nothing is written leaves no draft. What comes after the answer was published is not
/// kept; nor is what would take the place of a colleague's words
/// that the form was not opened with.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, writing: &Writing) -> Result<Kept> {
    let Writing { contribution, answer, actor, after, fields } = writing;
    let contribution = *contribution;
    // Held, so that an answer published meanwhile is seen here, or sees this draft and drops it.
    let hold = Dialect::of(tx.get_database_backend()).hold();
    db::scalar::<i64>(tx, &format!("SELECT version FROM contribution WHERE id = $1 {hold}"), args![contribution])
        .await?;
    if store::find(tx, contribution).await?.map(|a| a.id) != *answer {
        return Ok(Kept::Nothing);
    }
    let theirs = find(tx, contribution).await?.and_then(|d| d.actor_id);
    if let Some(colleague) = theirs.filter(|who| Some(*who) != *actor && Some(*who) != *after) {
        return Ok(Kept::Theirs(colleague));
    }
    if WRITTEN.iter().all(|name| fields.get(name).is_none_or(|v| is_blank(v))) {
        // What is parked for the undo of an answer is no draft.
        let sql = "DELETE FROM answer_draft WHERE contribution_id = $1 AND answer_id IS NULL";
        db::run(tx, sql, args![contribution]).await?;
        return Ok(Kept::Nothing);
    }
    let beneath = parked::beneath(tx, contribution).await?;
    let Draft { fields, signer, office, .. } = Draft::of(writing, moment.now)?;
    let sql = format!(
        "INSERT INTO answer_draft ({COLUMNS}, other) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (contribution_id) DO UPDATE SET actor_id = excluded.actor_id, fields = excluded.fields, \
         signer = excluded.signer, office = excluded.office, saved_at = excluded.saved_at, answer_id = NULL, \
         other = CASE WHEN excluded.other = '' THEN answer_draft.other ELSE excluded.other END"
    );
    db::run(tx, &sql, args![contribution, *actor, fields, signer, office, moment.now, beneath]).await?;
    Ok(Kept::Draft)
}

/// The fields of an answer.
#[must_use]
pub fn of_answer(a: &Answer) -> BTreeMap<&'static str, String> {
    let day = a.next_on.clone().unwrap_or_default();
    let values = [&a.status, &a.decision, &a.body, &a.cost, &a.funding, &a.next, &day, &a.signer, &a.office];
    FIELDS.into_iter().zip(values.map(String::clone)).collect()
}

/// What a form holds of an answer.
#[must_use]
pub fn fields(form: &Form) -> BTreeMap<&'static str, String> {
    FIELDS.into_iter().map(|name| (name, form.text(name))).collect()
}

/// Drops the drafts of ideas that were answered, or whose writer starts again.
///
/// # Errors
/// When the database refuses.
pub async fn drop(tx: &Tx, contributions: &[Uuid]) -> Result<()> {
    if contributions.is_empty() {
        return Ok(());
    }
    let sql =
        format!("DELETE FROM answer_draft WHERE contribution_id IN ({})", db::placeholders(1, contributions.len()));
    db::run(tx, &sql, contributions.iter().map(|id| Value::from(*id)).collect()).await?;
    Ok(())
}

/// A draft that a person wrote, for the download.
#[derive(Debug, FromQueryResult)]
pub struct Own {
    /// Public number of the idea.
    pub number: i64,
    /// The fields, as JSON.
    pub fields: String,
    /// Who signs.
    pub signer: String,
    /// As what.
    pub office: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

impl Own {
    /// As the person gets it.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "number": self.number, "saved": self.saved_at, "fields": self.fields, "signer": self.signer,
            "office": self.office,
        })
    }
}

/// The drafts that a person wrote last, those that wait for an undo or stand beside another among them.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Own>> {
    let sql = "SELECT c.number, d.fields, d.signer, d.office, d.saved_at FROM answer_draft d JOIN contribution c ON c.id = d.contribution_id \
               WHERE d.actor_id = $1 ORDER BY d.saved_at";
    let mut own: Vec<Own> = db::all(c, sql, args![person]).await?;
    for draft in parked::others(c).await?.into_iter().filter(|d| d.actor_id == Some(person)) {
        let sql = "SELECT number FROM contribution WHERE id = $1";
        let Some(number) = db::scalar(c, sql, args![draft.contribution_id]).await? else { continue };
        let Draft { fields, signer, office, saved_at, .. } = draft;
        own.push(Own { number, fields, signer, office, saved_at });
    }
    Ok(own)
}

/// A draft is the team's: it stays, without the name of whoever is erased.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    let sql = "UPDATE answer_draft SET actor_id = NULL, signer = '', office = '' WHERE actor_id = $1";
    db::run(tx, sql, args![person]).await?;
    parked::forget(tx, person).await
}
