//! The mails that don't leave, among what waits: whoever can do something about it learns it without looking for it.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{Ctx, Result, args, db, permission::Right};
use parvis_people::directory::{Filter, Reach};
use parvis_ui::Page;
use sea_orm::FromQueryResult;

use super::today::Entry;

/// How long a mail that failed is told of: nobody can make it disappear, and older ones are no news.
const NEWS: TimeDelta = TimeDelta::days(7);
/// Where the mail server is set.
const SERVER: &str = "/equipe/reglages/courriel";
/// The mails that failed.
const FAILED: &str = "/equipe/reglages/envois?etat=failed";

#[derive(FromQueryResult)]
struct Found {
    n: i64,
    since: Option<DateTime<Utc>>,
}

/// An entry for the mails that wait for a server, and one for those that failed; for whoever sets the server.
///
/// # Errors
/// When the database refuses.
pub(super) async fn waits(ctx: &Ctx, p: &Page) -> Result<Vec<Entry>> {
    if !ctx.may(Right::Administer, None) {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    let (c, now) = (ctx.app.db.read(), ctx.now());
    let mut add = |found: Option<Found>, code: &str, href: &str| {
        let Some(Found { n, since: Some(since) }) = found.filter(|f| f.n > 0) else { return };
        entries.push(Entry {
            since,
            title: p.t1(&format!("today-wait-{code}"), "n", n),
            detail: p.t(&format!("today-detail-{code}")),
            href: href.to_owned(),
            verb: p.t(&format!("today-verb-{code}")),
            about: p.t(&format!("today-about-{code}")),
            ..Entry::default()
        });
    };
    if !ctx.app.sends_mail(&ctx.settings) {
        let sql = "SELECT count(*) AS n, min(send_after) AS since FROM mail WHERE state = 'waiting'";
        add(db::one(c, sql, args![]).await?, "mail-unset", SERVER);
    }
    let sql = "SELECT count(*) AS n, min(created_at) AS since FROM mail WHERE state = 'failed' AND created_at >= $1";
    add(db::one(c, sql, args![now - NEWS]).await?, "mail-failed", FAILED);
    if ctx.may(Right::Persons, None) {
        let sql = "SELECT count(*) AS n, min(r.at) AS since FROM refused_address r JOIN person p ON p.email_key = r.address \
                   WHERE p.erased_at IS NULL AND p.merged_into IS NULL";
        let filter = Filter { reach: Some(Reach::Refused), ..Filter::default() };
        add(db::one(c, sql, args![]).await?, "address", &filter.address());
    }
    Ok(entries)
}
