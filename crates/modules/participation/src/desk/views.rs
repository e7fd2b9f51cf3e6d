//! Filters of the queue kept under a name, for oneself or for the team.

use axum::response::Response;
use parvis_kernel::{
    Ctx, Error, Result, args,
    context::Moment,
    db::{self, Tx},
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{back_to, decide, place::FILTERS, with_param};
use crate::urls;

/// Longest name, in characters.
const MAX_NAME: usize = 40;
/// Views of one person at most.
const MOST: i64 = 30;

/// Filters under a name.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct View {
    /// Key.
    pub id: Uuid,
    /// Whose.
    pub owner_id: Uuid,
    /// Its name.
    pub name: String,
    /// The query of the queue's address.
    pub query: String,
    /// Whether the whole team sees it.
    pub shared: bool,
}

impl View {
    /// Its address.
    #[must_use]
    pub fn href(&self) -> String {
        format!("{}?{}", urls::Queue {}, self.query)
    }
}

/// One's own and those shared, by name.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<View>> {
    let sql = "SELECT id, owner_id, name, query, shared FROM saved_view WHERE owner_id = $1 OR shared \
               ORDER BY name, id LIMIT 100";
    db::all(c, sql, args![person]).await
}

/// The filters of an address, without its page and without what was just done.
fn filters(address: &str) -> String {
    let back = back_to(address);
    let query = back.split_once('?').map_or("", |(_, q)| q);
    let kept = |pair: &&str| {
        pair.split_once('=').is_some_and(|(name, value)| {
            (["file", "tri"].contains(&name) || FILTERS.contains(&name)) && !value.is_empty()
        })
    };
    query.split('&').filter(kept).collect::<Vec<_>>().join("&")
}

async fn keep(tx: &Tx, moment: &Moment, owner: Uuid, name: &str, query: &str, shared: bool) -> Result<()> {
    let sql = "INSERT INTO saved_view (id, owner_id, name, query, shared, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (owner_id, name) DO UPDATE SET query = excluded.query, shared = excluded.shared";
    db::run(tx, sql, args![moment.id(), owner, name, query, shared, moment.now]).await?;
    Ok(())
}

/// Keeps the filters of the page under a name, or drops a view of one's own. Permission: read.
pub async fn save(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let me = ctx.person()?;
    if let Ok(id) = f.get("retirer").parse::<Uuid>() {
        let gone = ctx.app.db.write(move |tx| {
            let sql = "DELETE FROM saved_view WHERE id = $1 AND owner_id = $2";
            Box::pin(async move { db::run(tx, sql, args![id, me]).await })
        });
        return if gone.await? == 1 {
            Ok(redirect(with_param(&back_to(f.get("retour")), "fait", "vue-retiree")))
        } else {
            Err(Error::NotFound)
        };
    }
    let name: String = f.text("nom-vue").split_whitespace().collect::<Vec<_>>().join(" ");
    let many = db::count(ctx.app.db.read(), "SELECT count(*) FROM saved_view WHERE owner_id = $1", args![me]).await?;
    if is_blank(&name) || name.chars().count() > MAX_NAME {
        f.fail("nom-vue", ctx.app.words.with(ctx.lang, "view-error-name", &[("n", &MAX_NAME)]));
    } else if many >= MOST {
        f.fail("nom-vue", ctx.app.words.with(ctx.lang, "view-error-many", &[("n", &MOST)]));
    }
    if !f.is_valid() {
        return decide::again(&ctx, f).await;
    }
    let (moment, query, shared) = (ctx.moment.clone(), filters(f.get("retour")), f.has("partager"));
    let to = format!("{}?{query}", urls::Queue {});
    ctx.app
        .db
        .write(move |tx| {
            let (moment, name, query) = (moment.clone(), name.clone(), query.clone());
            Box::pin(async move { keep(tx, &moment, me, &name, &query, shared).await })
        })
        .await?;
    Ok(redirect(with_param(&to, "fait", "vue")))
}

/// Forgets a member of the team who leaves.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM saved_view WHERE owner_id = $1", args![person]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_filters_are_kept() {
        let address = "/equipe/contributions?file=a-publier&theme=V%C3%A9lo&etat=&page=3&lot=1.2&x=1";
        assert_eq!(filters(address), "file=a-publier&theme=V%C3%A9lo");
        assert_eq!(filters("https://evil.example/?file=x"), "");
        assert_eq!(filters("/equipe/contributions"), "");
    }
}
