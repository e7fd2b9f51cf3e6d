//! The directory in the database.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    args,
    db::{self, Dialect, Tx, beginning},
    deeds::FEW,
    mail::refused,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Did, Filter, Reach, words};

/// People on a page.
pub const PAGE: i64 = 30;
/// Beyond, a search says "more than".
pub const COUNTED: i64 = 1000;
/// A sheet opened again by the same member of the team within this is one opening.
const SAME_OPENING: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

/// A line of the directory.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    /// Key.
    pub id: Uuid,
    /// Name, may be empty.
    pub name: String,
    /// Address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Area of the town.
    pub area_id: Option<Uuid>,
    /// Role on the team.
    pub role: Option<String>,
    /// Known since.
    pub created_at: DateTime<Utc>,
    /// Last came.
    pub seen_at: Option<DateTime<Utc>>,
    /// 1 when they wait for an accord, see [`Reach::Waiting`].
    pub waits: i64,
}

/// An accord of `p` that stands, on a channel or on any.
const STANDS: &str = "SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.state = 'given' AND NOT EXISTS \
                      (SELECT 1 FROM consent d WHERE d.person_id = c.person_id AND d.purpose = c.purpose \
                      AND d.channel = c.channel AND (d.at > c.at OR (d.at = c.at AND d.id > c.id)))";

/// An accord `c` that was taken back, and not given again since.
const LEFT: &str = "c.state IN ('withdrawn', 'objected') AND c.source <> 'import_undone' AND NOT EXISTS \
                    (SELECT 1 FROM consent d WHERE d.person_id = c.person_id AND d.purpose = c.purpose \
                    AND d.channel = c.channel AND (d.at > c.at OR (d.at = c.at AND d.id > c.id)))";

/// `p` was brought by the team, never came, and no accord was ever written down, nor taken back: nobody may write to them. The words
/// of the partial index of migration 0161.
const WAITS: &str = "NOT p.in_ledger AND p.origin <> 'web' AND p.role IS NULL AND p.seen_at IS NULL";

/// What few people have among their words: a search begins with them.
#[derive(Debug, Clone)]
pub struct Lead {
    dialect: Dialect,
    /// The beginning of the word.
    word: String,
}

/// What a filter asks of a person `p` beside what they did, with its parameters; those of the word that leads are the first two.
pub(crate) fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let mut all = "p.erased_at IS NULL AND p.merged_into IS NULL".to_owned();
    // The word that leads stands first, where `source` has it.
    let mut args: Vec<Value> =
        filter.lead.as_ref().map_or_else(Vec::new, |lead| beginning(&lead.word).map(Value::from).to_vec());
    let mut like = |pattern: String| {
        args.push(pattern.into());
        format!("p.folded LIKE ${} ESCAPE '\\'", args.len())
    };
    for needle in words::needles(&filter.query) {
        all.push_str(&format!(" AND {}", like(needle.pattern)));
        // Asked of the few that hold it anywhere.
        let starts: Vec<String> = needle.starts.into_iter().map(&mut like).collect();
        if !starts.is_empty() {
            all.push_str(&format!(" AND ({})", starts.join(" OR ")));
        }
    }
    if let Some(area) = filter.area {
        args.push(area.into());
        all.push_str(&format!(" AND p.area_id = ${}", args.len()));
    }
    if let Some(since) = filter.since.filter(|_| filter.reach != Some(Reach::Left)) {
        args.push(since.into());
        all.push_str(&format!(" AND p.created_at >= ${}", args.len()));
    }
    match (filter.reach, filter.reach.and_then(Reach::channel)) {
        (_, Some(channel)) => {
            args.push(channel.into());
            all.push_str(&format!(" AND EXISTS ({STANDS} AND c.channel = ${})", args.len()));
        }
        (Some(Reach::Left), None) => {
            let since = filter.since.map_or_else(String::new, |since| {
                args.push(since.into());
                format!(" AND c.at >= ${}", args.len())
            });
            all.push_str(&format!(" AND p.id IN (SELECT c.person_id FROM consent c WHERE {LEFT}{since})"));
        }
        (Some(Reach::Refused), None) => all.push_str(&format!(" AND {}", refused::OF_PERSON)),
        (Some(Reach::Waiting), None) => all.push_str(&format!(" AND {WAITS}")),
        (Some(_), None) => all.push_str(&format!(" AND NOT EXISTS ({STANDS})")),
        (None, None) => {}
    }
    match filter.role {
        // SQLite has an index of the roles, and reads all who have none where it is asked for what is not NULL.
        Some("equipe") => all.push_str(" AND p.role IN ('owner', 'administrator', 'moderator', 'analyst')"),
        Some("aucun") => all.push_str(" AND p.role IS NULL"),
        Some(role) => {
            args.push(role.into());
            all.push_str(&format!(" AND p.role = ${}", args.len()));
        }
        None => {}
    }
    if let Some(origin) = filter.origin {
        args.push(origin.into());
        all.push_str(&format!(" AND p.origin = ${}", args.len()));
    }
    (all, args)
}

/// The people who ever agreed to be reached on a channel.
fn agreed(channel: &str) -> String {
    format!("SELECT DISTINCT c.person_id FROM consent c WHERE c.channel = '{channel}' AND c.state = 'given'")
}

/// SQL: where people `p` come from, and what joins what they did to them, or agreed to. Where few did, or where order does not
/// matter, the search begins with them; else each of the order of the directory is asked, and the page is soon full.
pub(crate) fn source(filter: &Filter, first: bool) -> (String, String) {
    if let Some(lead) = &filter.lead {
        let begins = lead.dialect.begins("x.word", 1);
        let from = format!("(SELECT DISTINCT x.person_id FROM person_word x WHERE {begins}) w CROSS JOIN person p");
        let did = filter.did.map_or_else(String::new, |did| format!("{} AND ", did.deed.by("p.id")));
        return (from, format!("p.id = w.person_id AND {did}"));
    }
    match filter.did {
        // Who is named first leads on SQLite; PostgreSQL judges by its statistics.
        Some(Did { deed, rare }) if rare || first => {
            (format!("({}) w CROSS JOIN person p", deed.people()), format!("p.id = w.{} AND ", deed.person))
        }
        Some(Did { deed, .. }) => ("person p".to_owned(), format!("{} AND ", deed.by("p.id"))),
        None => match filter.reach.and_then(Reach::channel).filter(|_| filter.few) {
            Some(channel) => {
                (format!("({}) w CROSS JOIN person p", agreed(channel)), "p.id = w.person_id AND ".to_owned())
            }
            None => ("person p".to_owned(), String::new()),
        },
    }
}

/// The same, led by the index of those who wait where it is asked for: without statistics SQLite prefers that of roles.
fn led(c: &impl ConnectionTrait, filter: &Filter, first: bool) -> (String, String) {
    let (from, did) = source(filter, first);
    let sqlite = Dialect::of(c.get_database_backend()) == Dialect::Sqlite;
    if sqlite && filter.reach == Some(Reach::Waiting) && from == "person p" {
        return ("person p INDEXED BY person_waiting".to_owned(), did);
    }
    (from, did)
}

/// Looks whether few people did what a filter asks for, agreed to it, or are called so, so that the search begins where it is
/// shortest.
///
/// # Errors
/// When the database refuses.
pub async fn weigh(c: &impl ConnectionTrait, filter: &mut Filter) -> Result<()> {
    if let Some(did) = &mut filter.did {
        did.rare = did.deed.is_rare(c).await?;
    }
    if let Some(channel) = filter.reach.and_then(Reach::channel) {
        let sql = format!("SELECT count(*) FROM ({} LIMIT {}) AS found", agreed(channel), FEW + 1);
        filter.few = db::count(c, &sql, vec![]).await? <= FEW;
    }
    filter.lead = lead(c, &filter.query).await?;
    Ok(())
}

/// What is sought that the fewest people have; nothing where many do, and as long as not all people have their words.
async fn lead(c: &impl ConnectionTrait, query: &str) -> Result<Option<Lead>> {
    let words: Vec<String> = words::needles(query).into_iter().filter_map(|needle| needle.word).collect();
    let lacks = format!("SELECT count(*) FROM (SELECT 1 FROM person WHERE {} LIMIT 1) AS found", words::LACKS);
    if words.is_empty() || db::count(c, &lacks, vec![]).await? > 0 {
        return Ok(None);
    }
    let dialect = Dialect::of(c.get_database_backend());
    let begins = dialect.begins("word", 1);
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM person_word WHERE {begins} LIMIT {}) AS found", FEW + 1);
    let mut rarest: Option<(i64, String)> = None;
    for word in words {
        let n = db::count(c, &sql, beginning(&word).map(Value::from).to_vec()).await?;
        if n <= FEW && rarest.as_ref().is_none_or(|(least, _)| n < *least) {
            rarest = Some((n, word));
        }
    }
    Ok(rarest.map(|(_, word)| Lead { dialect, word }))
}

/// What a filter finds.
#[derive(Debug)]
pub struct Found {
    /// A page of people, by name.
    pub rows: Vec<Listed>,
    /// Whether there are more.
    pub more: bool,
    /// How many there are, counted up to one more than [`COUNTED`].
    pub count: i64,
}

/// A page of people, by name, and how many there are. Keys first, of which an index in the order of the directory knows enough: one
/// reading of it gives the page and the count.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, filter: &Filter) -> Result<Found> {
    let (conditions, mut args) = conditions(filter);
    let (from, did) = led(c, filter, false);
    let before = (filter.page.max(1) - 1) * PAGE;
    // What many did is asked of each in that order: a page is soon full, and to count it is another reading, see `source`.
    let together = before <= COUNTED && (filter.lead.is_some() || filter.did.is_none_or(|did| did.rare));
    let (skipped, most) = if together { (0, (before + PAGE).max(COUNTED) + 1) } else { (before, PAGE + 1) };
    args.extend(args![most, skipped]);
    let sql = format!(
        "SELECT p.id FROM {from} WHERE {did}{conditions} ORDER BY p.folded, p.id LIMIT ${} OFFSET ${}",
        args.len() - 1,
        args.len()
    );
    let keys: Vec<Uuid> = db::column(c, &sql, args).await?;
    let n = i64::try_from(keys.len()).unwrap_or(i64::MAX);
    let count = if together { n.min(COUNTED + 1) } else { count(c, filter).await? };
    let size = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    let page: Vec<Uuid> = keys.into_iter().skip(size(before - skipped)).take(size(PAGE)).collect();
    Ok(Found { rows: listed(c, &page).await?, more: n > before - skipped + PAGE, count })
}

/// The lines of these people, by name.
async fn listed(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Listed>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT p.id, p.name, p.email, p.phone, p.area_id, p.role, p.created_at, p.seen_at, \
         CAST(CASE WHEN {WAITS} THEN 1 ELSE 0 END AS BIGINT) AS waits FROM person p WHERE p.id IN ({}) \
         ORDER BY p.folded, p.id",
        db::placeholders(1, people.len())
    );
    db::all(c, &sql, people.iter().map(|id| Value::from(*id)).collect()).await
}

/// How many people a filter finds, counted up to one more than [`COUNTED`].
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait, filter: &Filter) -> Result<i64> {
    let (conditions, args) = conditions(filter);
    let (from, did) = led(c, filter, true);
    let sql =
        format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {did}{conditions} LIMIT {}) AS found", COUNTED + 1);
    db::count(c, &sql, args).await
}

/// Whether a person waits for an accord.
///
/// # Errors
/// When the database refuses.
pub async fn waits(c: &impl ConnectionTrait, person: Uuid) -> Result<bool> {
    Ok(db::count(c, &format!("SELECT count(*) FROM person p WHERE p.id = $1 AND {WAITS}"), args![person]).await? > 0)
}

/// How many people are known.
///
/// # Errors
/// When the database refuses.
pub async fn known(c: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT count(*) FROM person WHERE erased_at IS NULL AND merged_into IS NULL";
    db::count(c, sql, vec![]).await
}

/// The channels on which each of these people may be reached.
///
/// # Errors
/// When the database refuses.
pub async fn channels(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
        purpose: String,
        channel: String,
        state: String,
    }
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT person_id, purpose, channel, state FROM consent WHERE person_id IN ({}) ORDER BY at DESC, id DESC",
        db::placeholders(1, people.len())
    );
    let rows: Vec<Row> = db::all(c, &sql, people.iter().map(|id| Value::from(*id)).collect()).await?;
    let mut seen = std::collections::HashSet::new();
    let mut all: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        let newest = seen.insert((row.person_id, row.purpose, row.channel.clone()));
        let channels = all.entry(row.person_id).or_default();
        if newest && row.state == "given" && !channels.contains(&row.channel) {
            channels.push(row.channel);
        }
    }
    all.values_mut().for_each(|channels| channels.sort());
    Ok(all)
}

/// Notes in the journal that somebody of the team looked, with a code or a number and never a name.
///
/// # Errors
/// When the database refuses.
pub async fn journal(tx: &Tx, ctx: &Ctx, kind: &'static str, person: Option<Uuid>, detail: &str) -> Result<()> {
    let entry =
        Entry { actor: ctx.actor.person(), kind, subject_kind: "person", subject: person, project: None, detail };
    activity::record(tx, &ctx.moment, entry).await
}

/// Notes that a sheet was opened, once for each visit.
///
/// # Errors
/// When the database refuses.
pub async fn opened(ctx: &Ctx, person: Uuid) -> Result<()> {
    looked(ctx, "person.viewed", Some(person), String::new()).await
}

/// Notes a search with how many it found; turning its pages is the same search.
///
/// # Errors
/// When the database refuses.
pub async fn searched(ctx: &Ctx, found: i64) -> Result<()> {
    looked(ctx, "person.searched", None, found.to_string()).await
}

/// Notes a look, once in ten minutes.
async fn looked(ctx: &Ctx, kind: &'static str, person: Option<Uuid>, detail: String) -> Result<()> {
    let before = "SELECT count(*) FROM activity WHERE kind = $1 AND at > $2 AND actor_id = $3 AND detail = $4 \
                  AND coalesce(subject_id, $5) = $5";
    let subject = person.unwrap_or_default();
    let args = args![kind, ctx.now() - SAME_OPENING, ctx.actor.person(), detail.clone(), subject];
    if db::count(ctx.app.db.read(), before, args).await? > 0 {
        return Ok(());
    }
    let ctx = ctx.clone();
    ctx.app
        .clone()
        .db
        .write(move |tx| {
            let (ctx, detail) = (ctx.clone(), detail.clone());
            Box::pin(async move { journal(tx, &ctx, kind, person, &detail).await })
        })
        .await
}

/// When a sheet was opened, oldest first: its person may ask.
///
/// # Errors
/// When the database refuses.
pub async fn openings(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<DateTime<Utc>>> {
    let sql = "SELECT at FROM activity WHERE subject_id = $1 AND kind = 'person.viewed' ORDER BY at";
    db::column(c, sql, args![person]).await
}

/// Who opened a sheet since, and how many times.
#[derive(Debug, FromQueryResult)]
pub struct Opener {
    /// Member of the team.
    pub actor_id: Uuid,
    /// Times.
    pub n: i64,
}

/// Who opened a sheet since then, most often first.
///
/// # Errors
/// When the database refuses.
pub async fn openers(c: &impl ConnectionTrait, person: Uuid, since: DateTime<Utc>) -> Result<Vec<Opener>> {
    let sql = "SELECT actor_id, count(*) AS n FROM activity WHERE subject_id = $1 AND kind = 'person.viewed' AND at >= $2 \
               AND actor_id IS NOT NULL GROUP BY actor_id ORDER BY n DESC, actor_id";
    db::all(c, sql, args![person, since]).await
}

/// A sheet as the team writes it.
#[derive(Debug, Clone)]
pub struct Written {
    /// Name.
    pub name: String,
    /// Address, empty for none.
    pub email: String,
    /// Telephone in E.164.
    pub phone: Option<String>,
    /// Postal address.
    pub address: String,
    /// Area of the town.
    pub area: Option<Uuid>,
    /// Age group.
    pub age: Option<String>,
    /// Language of mails.
    pub lang: String,
}

/// Adds a person. Says no when the address is somebody's.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, ctx: &Ctx, new: &Written, origin: &str) -> Result<Option<Uuid>> {
    let id = ctx.moment.id();
    let email = Some(new.email.clone()).filter(|e| !e.is_empty());
    let added = db::run(
        tx,
        "INSERT INTO person (id, name, email, email_key, phone, address, area_id, age, lang, origin, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (email_key) DO NOTHING",
        args![
            id,
            new.name.clone(),
            email.clone(),
            email.as_deref().map(crate::persons::email_key),
            new.phone.clone(),
            new.address.clone(),
            new.area,
            new.age.clone(),
            new.lang.clone(),
            origin,
            ctx.now()
        ],
    )
    .await?;
    words::refresh(tx, id).await?;
    Ok((added == 1).then_some(id))
}

/// Corrects a sheet. The address changes only where `with_email` says so.
///
/// # Errors
/// When the database refuses, a duplicate among its reasons.
pub async fn correct(tx: &Tx, person: Uuid, new: &Written, with_email: bool) -> Result<()> {
    db::run(
        tx,
        "UPDATE person SET name = $2, phone = $3, address = $4, area_id = $5, age = $6, lang = $7 WHERE id = $1",
        args![
            person,
            new.name.clone(),
            new.phone.clone(),
            new.address.clone(),
            new.area,
            new.age.clone(),
            new.lang.clone()
        ],
    )
    .await?;
    if with_email {
        let email = Some(new.email.clone()).filter(|e| !e.is_empty());
        let key = email.as_deref().map(crate::persons::email_key);
        let before = "SELECT email_key FROM person WHERE id = $1 AND email_key IS NOT NULL";
        let before: Option<String> = db::scalar(tx, before, args![person]).await?;
        if let Some(before) = before.filter(|b| key.as_ref() != Some(b)) {
            refused::leave(tx, person, &before).await?;
        }
        db::run(tx, "UPDATE person SET email = $2, email_key = $3 WHERE id = $1", args![person, email, key]).await?;
    }
    words::refresh(tx, person).await
}

/// Whether a person proved their address by coming themselves, or has a role: the team does not change it then.
///
/// # Errors
/// When the database refuses.
pub async fn owns_address(c: &impl ConnectionTrait, person: Uuid) -> Result<bool> {
    let sql = "SELECT count(*) FROM person WHERE id = $1 AND (seen_at IS NOT NULL OR role IS NOT NULL)";
    Ok(db::count(c, sql, args![person]).await? > 0)
}
