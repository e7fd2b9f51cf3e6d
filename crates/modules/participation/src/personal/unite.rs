//! A browser becomes a person's: what it held is theirs from now on.

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    module::Union,
};
use parvis_people::{blocks, persons::email_key};
use sea_orm::FromQueryResult;

use super::Left;
use crate::{
    entry,
    follows::{self, consultation},
    reactions,
};

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

/// What a browser held becomes a person's: supports, counted once, the texts left with this very address, and comments
/// signed with their first name alone.
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
    super::unsigned::unite(tx, union).await?;
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
