//! The rules in the database, what is kept to know a repeated text, and why texts wait.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
    permission::Right,
    rate::{self, Limit},
    words::Lang,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{ideas::batch, moderation::log};

use super::{Looked, Rules, Whose, Why, contact, links, similar};

/// How long a text is looked for as repeated.
const A_DAY: TimeDelta = TimeDelta::days(1);
/// The time in which many texts are a burst.
const BURST: TimeDelta = TimeDelta::minutes(10);
/// New hands behind one address publish together this many times what one may: a class, a library, a mobile network.
const HANDS: i64 = 20;
/// Texts compared word by word.
const COMPARED: i64 = 10;

#[derive(FromQueryResult)]
struct Row {
    rules: String,
    version: i64,
}

/// The rules, with their version: 0 while nobody changed them.
///
/// # Errors
/// When the database refuses.
pub async fn rules(c: &impl ConnectionTrait) -> Result<(Rules, i64)> {
    let row: Option<Row> = db::one(c, "SELECT rules, version FROM screening_rule", vec![]).await?;
    row.map_or_else(
        || Ok((Rules::default(), 0)),
        |r| Ok((serde_json::from_str(&r.rules).map_err(Error::other)?, r.version)),
    )
}

/// Keeps other rules.
///
/// # Errors
/// `changed_meanwhile` when they are not those of `version` any more, or when the database refuses.
pub async fn set_rules(tx: &Tx, rules: &Rules, version: i64) -> Result<()> {
    let text = serde_json::to_string(rules).map_err(Error::other)?;
    let changed = if version == 0 {
        let sql = "INSERT INTO screening_rule (id, rules, version) VALUES (1, $1, 1) ON CONFLICT (id) DO NOTHING";
        db::run(tx, sql, args![text]).await?
    } else {
        let sql = "UPDATE screening_rule SET rules = $1, version = version + 1 WHERE id = 1 AND version = $2";
        db::run(tx, sql, args![text, version]).await?
    };
    if changed == 1 { Ok(()) } else { Err(Refusal::CHANGED_MEANWHILE.into()) }
}

/// Looks at a text and what is shown with it (name, place, theme), before the transaction that stores it. What the team
/// writes in its own project does not wait for the team.
///
/// # Errors
/// When the database refuses.
pub async fn look(ctx: &Ctx, project: Uuid, body: &str, shown: &[&str]) -> Result<Looked> {
    if ctx.may(Right::Moderate, Some(project)) {
        return Ok(Looked::default());
    }
    let rules = rules(ctx.app.db.read()).await?.0;
    let listed = listed(&rules, ctx, ctx.lang, body, shown);
    let keys = if rules.repeated { similar::keys(body) } else { Vec::new() };
    let contact = rules.contact && contact::holds(&all(body, shown));
    let body = body.to_owned();
    Ok(Looked { listed, links: links(&body), keys, body, contact, blocked: false, limits: true, rules })
}

/// The same for a text that a member of the team posts for somebody: its words alone.
///
/// # Errors
/// When the database refuses.
pub async fn look_at_words(ctx: &Ctx, lang: Lang, body: &str, shown: &[&str]) -> Result<Looked> {
    let rules = rules(ctx.app.db.read()).await?.0;
    let contact = rules.contact && contact::holds(&all(body, shown));
    Ok(Looked { listed: listed(&rules, ctx, lang, body, shown), contact, ..Looked::default() })
}

fn listed(rules: &Rules, ctx: &Ctx, lang: Lang, body: &str, shown: &[&str]) -> Vec<String> {
    rules.listed(lang, ctx.settings.lang, &all(body, shown))
}

fn all<'a>(body: &'a str, shown: &[&'a str]) -> Vec<&'a str> {
    std::iter::once(body).chain(shown.iter().copied()).collect()
}

/// Why the text must wait; nothing when it need not. In the transaction that stores it, before it is stored.
///
/// # Errors
/// When the database refuses.
pub async fn judge(tx: &Tx, moment: &Moment, looked: &Looked, whose: Whose<'_>) -> Result<Vec<Why>> {
    let mut found = Vec::new();
    if !looked.listed.is_empty() {
        found.push(Why::Word(looked.listed.clone()));
    }
    if looked.blocked {
        found.push(Why::Blocked);
    }
    if looked.contact {
        found.push(Why::Contact);
    }
    if !looked.limits {
        return Ok(found);
    }
    let rules = &looked.rules;
    if rules.links.is_some_and(|most| looked.links > most) {
        found.push(Why::Links(looked.links));
    }
    if let Some(most) = rules.new_texts
        && is_new_and_many(tx, moment, whose, most, rules.new_hours).await?
    {
        found.push(Why::New);
    }
    if let Some(number) = repeats(tx, moment.now, looked).await? {
        found.push(Why::Repeated(number));
    }
    if let Some(most) = rules.burst {
        let sql = "SELECT count(*) FROM (SELECT 1 AS one FROM contribution WHERE created_at > $1 AND project_id = $2 \
                   AND origin = 'web' LIMIT $3) AS recent";
        if db::count(tx, sql, args![moment.now - BURST, whose.project, most]).await? >= most {
            found.push(Why::Burst);
        }
    }
    Ok(found)
}

/// Whether a hand whose first text is recent has published all it may, or those behind its address together.
async fn is_new_and_many(tx: &Tx, moment: &Moment, whose: Whose<'_>, most: i64, hours: i64) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Before {
        first: Option<DateTime<Utc>>,
        n: i64,
    }
    let sql = "SELECT min(created_at) AS first, count(*) AS n FROM contribution WHERE holder = $1";
    let before: Option<Before> = db::one(tx, sql, args![whose.holder]).await?;
    let (first, n) = before.map_or((None, 0), |b| (b.first, b.n));
    if first.is_some_and(|first| first <= moment.now - TimeDelta::hours(hours)) {
        return Ok(false);
    }
    let limit = Limit { name: "new-hand", hits: most.saturating_mul(HANDS), window: TimeDelta::hours(hours) };
    let within = rate::within(tx, limit, whose.address, moment.now).await?;
    Ok(n >= most || !within)
}

#[derive(FromQueryResult)]
struct Close {
    number: i64,
    body: String,
}

/// The number of a text of the last day that says the same.
async fn repeats(tx: &Tx, now: DateTime<Utc>, looked: &Looked) -> Result<Option<i64>> {
    if looked.keys.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT c.number, c.body FROM contribution c WHERE c.id IN (SELECT k.contribution_id FROM text_key k \
         WHERE k.at > $1 AND k.hash IN ({})) ORDER BY c.number DESC LIMIT {COMPARED}",
        db::placeholders(2, looked.keys.len())
    );
    let mut args = args![now - A_DAY];
    args.extend(looked.keys.iter().map(|k| sea_orm::Value::from(*k)));
    let close: Vec<Close> = db::all(tx, &sql, args).await?;
    Ok(close.into_iter().find(|c| similar::same(&c.body, &looked.body)).map(|c| c.number))
}

/// Keeps why a stored text waits, and what it is found by when it is repeated. What waits `anyway` (its phase has all texts
/// read first) is no case of the public log.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, id: Uuid, looked: &Looked, why: &[Why], anyway: bool) -> Result<()> {
    if let Some(first) = why.first().filter(|_| !anyway) {
        log::note(tx, moment, id, log::Deed::Held, first.code()).await?;
    }
    keep_reasons(tx, &[(id, why)]).await?;
    if looked.keys.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..looked.keys.len()).map(|n| format!("($1, ${}, $2)", n + 3)).collect();
    let sql =
        format!("INSERT INTO text_key (contribution_id, hash, at) VALUES {} ON CONFLICT DO NOTHING", rows.join(", "));
    let mut args = args![id, moment.now];
    args.extend(looked.keys.iter().map(|k| sea_orm::Value::from(*k)));
    db::run(tx, &sql, args).await?;
    Ok(())
}

/// Keeps why stored texts wait, each of them once.
///
/// # Errors
/// When the database refuses.
pub async fn keep_reasons(tx: &Tx, held: &[(Uuid, &[Why])]) -> Result<()> {
    let (mut contacts, mut others) = (Vec::new(), Vec::new());
    for (id, why) in held {
        for reason in *why {
            if *reason == Why::Contact {
                contacts.push(*id);
            } else {
                others.push(args![*id, reason.code(), reason.detail()]);
            }
        }
    }
    contact::keep(tx, contacts).await?;
    let known = "ON CONFLICT (contribution_id, why) DO UPDATE SET detail = excluded.detail";
    batch::insert_rows_or(tx, "screening (contribution_id, why, detail)", others, known).await
}

/// Its author wrote other words while it waits: the listed words are those of now, and so are numbers and addresses.
///
/// # Errors
/// When the database refuses.
pub async fn words_again(tx: &Tx, moment: &Moment, id: Uuid, looked: &Looked) -> Result<()> {
    db::run(tx, "DELETE FROM screening WHERE contribution_id = $1 AND why = 'word'", args![id]).await?;
    contact::gone(tx, id).await?;
    let words = Looked { keys: Vec::new(), ..looked.clone() };
    let mut why = if looked.listed.is_empty() { Vec::new() } else { vec![Why::Word(looked.listed.clone())] };
    why.extend(looked.contact.then_some(Why::Contact));
    if why.is_empty() { Ok(()) } else { keep(tx, moment, id, &words, &why, true).await }
}

/// Why a text waits, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Kept {
    /// The text.
    pub contribution_id: Uuid,
    /// The code of the reason.
    pub why: String,
    /// Words, a number, or nothing.
    pub detail: String,
}

/// Why these texts wait.
///
/// # Errors
/// When the database refuses.
pub async fn reasons(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Kept>>> {
    let mut found: HashMap<Uuid, Vec<Kept>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let these = db::placeholders(1, ids.len());
    let sql = format!(
        "SELECT contribution_id, why, detail FROM screening WHERE contribution_id IN ({these}) \
         UNION ALL SELECT contribution_id, '{}', '' FROM contact_text WHERE masked_at IS NULL \
         AND contribution_id IN ({these}) ORDER BY 2 DESC",
        contact::CODE
    );
    let rows: Vec<Kept> = db::all(c, &sql, ids.iter().map(|id| sea_orm::Value::from(*id)).collect()).await?;
    for row in rows {
        found.entry(row.contribution_id).or_default().push(row);
    }
    Ok(found)
}

/// What a repeated text is found by goes after two days.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    db::run(tx, "DELETE FROM text_key WHERE at < $1", args![now - A_DAY * 2]).await?;
    Ok(())
}

/// The words of a text are erased: so is what was said of them.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM screening WHERE contribution_id = $1", args![id]).await?;
    db::run(tx, "DELETE FROM text_key WHERE contribution_id = $1", args![id]).await?;
    contact::forget(tx, id).await
}
