//! Who leaves: what is forgotten of a person, of a text that is erased, of an address, and what stays.

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    module::{Forget, LeftAddress},
};
use parvis_people::persons::email_key;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::Left;
use crate::{
    answers,
    desk::{
        handling,
        lots::{self, plain},
        merge, morning, notes, views, visits,
    },
    entry,
    follows::consultation,
    ideas::{Contribution, store},
    import, moderation, reactions, screening,
};

/// What stays of a person once [`forget`] has passed, by the names of [`super::data`], and why. Texts stay with [`Forget::KeepTexts`].
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
    lots::memory::erase(tx, id).await?;
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
    lots::memory::erase(tx, id).await?;
    // Where it was gathered may say by whom.
    db::run(tx, "UPDATE entry SET place = '' WHERE kind = 'idea' AND contribution_id = $1", args![id]).await?;
    screening::store::erase(tx, id).await?;
    // What a report says of a text may quote it.
    db::run(tx, "UPDATE report SET note = '' WHERE contribution_id = $1", args![id]).await?;
    Ok(())
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
