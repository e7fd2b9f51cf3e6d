//! The words of a colleague whose place an answer took. They wait for the undo of that answer, which gives them back, with the
//! words that were published beside them: neither is lost, and whoever goes on chooses.

use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::drafts::{self, COLUMNS, Draft, Kept, Writing};

/// What a colleague wrote of the answer that this person is about to publish; their own words go with it.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub(super) async fn theirs(tx: &Tx, contribution: Uuid, publisher: Uuid) -> Result<Option<Draft>> {
    let of_another = |d: &Draft| d.actor_id != Some(publisher);
    let Some(draft) = drafts::find(tx, contribution).await? else {
        // A correction keeps what the answer before it took the place of.
        return Ok(waiting(tx, contribution).await?.map(|parked| parked.draft).filter(of_another));
    };
    if of_another(&draft) { Ok(Some(draft)) } else { Ok(other(tx, contribution).await?.filter(of_another)) }
}

/// Keeps these words for the undo of an answer that has just dropped them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn park(tx: &Tx, draft: &Draft, answer: Uuid) -> Result<()> {
    drafts::put_back(tx, draft).await?;
    let sql = "UPDATE answer_draft SET answer_id = $2 WHERE contribution_id = $1";
    db::run(tx, sql, args![draft.contribution_id, answer]).await.map(drop)
}

/// Gives back what an answer took the place of, once it is undone: a colleague's words, with those that were published beside
/// them, else the published words themselves.
///
/// # Errors
/// When the database refuses.
pub(super) async fn give_back(tx: &Tx, moment: &Moment, undone: Uuid, published: &Writing) -> Result<()> {
    let idea = published.contribution;
    let words = Draft::of(published, moment.now)?;
    if let Some(parked) = waiting(tx, idea).await?.filter(|parked| parked.answer_id == Some(undone)) {
        let sql = "UPDATE answer_draft SET answer_id = NULL WHERE contribution_id = $1";
        db::run(tx, sql, args![idea]).await?;
        let beside = if parked.draft.says_as(&words)? { String::new() } else { json(&words)? };
        return set_other(tx, idea, &beside).await;
    }
    match drafts::keep(tx, moment, published).await? {
        Kept::Theirs(_) => set_other(tx, idea, &json(&words)?).await,
        Kept::Draft | Kept::Nothing => Ok(()),
    }
}

/// Another version of the draft of this idea's answer.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub async fn other(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Option<Draft>> {
    let sql = "SELECT other FROM answer_draft WHERE contribution_id = $1 AND answer_id IS NULL AND other <> ''";
    let kept: Option<String> = db::scalar(c, sql, args![contribution]).await?;
    kept.map(|kept| serde_json::from_str(&kept).map_err(Error::other)).transpose()
}

/// Takes the other version for the draft; what was the draft is the other version then.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub async fn exchange(tx: &Tx, contribution: Uuid) -> Result<()> {
    let (Some(now), Some(then)) = (drafts::find(tx, contribution).await?, other(tx, contribution).await?) else {
        return Ok(());
    };
    drafts::drop(tx, &[contribution]).await?;
    drafts::put_back(tx, &then).await?;
    set_other(tx, contribution, &json(&now)?).await
}

/// What becomes of parked words when somebody begins another draft meanwhile: they stand beside it. Nothing where none are.
pub(super) async fn beneath(tx: &Tx, contribution: Uuid) -> Result<String> {
    match waiting(tx, contribution).await? {
        Some(parked) => json(&parked.draft),
        None => Ok(String::new()),
    }
}

/// Takes the name of whoever is erased out of the other versions.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub(super) async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    for mut draft in others(tx).await?.into_iter().filter(|d| d.actor_id == Some(person)) {
        draft.unname();
        set_other(tx, draft.contribution_id, &json(&draft)?).await?;
    }
    Ok(())
}

/// All the other versions there are: an undo beside a colleague's draft is rare.
///
/// # Errors
/// When the database refuses, or what is stored can't be read.
pub(super) async fn others(c: &impl ConnectionTrait) -> Result<Vec<Draft>> {
    let all: Vec<String> = db::column(c, "SELECT other FROM answer_draft WHERE other <> ''", args![]).await?;
    all.iter().map(|kept| serde_json::from_str(kept).map_err(Error::other)).collect()
}

#[derive(FromQueryResult)]
struct Parked {
    answer_id: Option<Uuid>,
    #[sea_orm(nested)]
    draft: Draft,
}

/// Words that wait for the undo of an answer.
async fn waiting(tx: &Tx, contribution: Uuid) -> Result<Option<Parked>> {
    let sql =
        format!("SELECT answer_id, {COLUMNS} FROM answer_draft WHERE contribution_id = $1 AND answer_id IS NOT NULL");
    db::one(tx, &sql, args![contribution]).await
}

async fn set_other(tx: &Tx, contribution: Uuid, other: &str) -> Result<()> {
    let sql = "UPDATE answer_draft SET other = $2 WHERE contribution_id = $1";
    db::run(tx, sql, args![contribution, other]).await.map(drop)
}

fn json(draft: &Draft) -> Result<String> {
    serde_json::to_string(draft).map_err(Error::other)
}
