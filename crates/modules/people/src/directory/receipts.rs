//! Receipts of what was done at somebody's request: an erasure, or the data they were given. They name nobody.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result, activity, args,
    db::{self, Reader, Tx},
    form::Form,
    module::{Forget, PersonalData},
    permission::Right,
};
use parvis_ui::{Page, html};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::urls;

/// Receipts on a page.
const PAGE: usize = 50;

/// What a receipt is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody was erased.
    Erasure(Forget),
    /// Somebody was given their data.
    Export,
}

impl Kind {
    /// The code in the database, of which the words are `receipt-kind-CODE`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Erasure(_) => "erasure",
            Self::Export => "export",
        }
    }
}

/// One kind of thing that went, was given, or stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Counted {
    /// Name of its file.
    pub name: String,
    /// Key of its words.
    pub about: String,
    /// How many.
    pub n: i64,
    /// Key of why they stay; empty when they go.
    pub why: String,
}

/// The same, as it is kept. Receipts from before knew no reason.
#[derive(Serialize, Deserialize)]
struct Kept(String, String, i64, #[serde(default)] String);

impl From<Kept> for Counted {
    fn from(Kept(name, about, n, why): Kept) -> Self {
        Self { name, about, n, why }
    }
}

impl From<Counted> for Kept {
    fn from(Counted { name, about, n, why }: Counted) -> Self {
        Self(name, about, n, why)
    }
}

/// All that is known of a person, read in the transaction that acts on it.
///
/// # Errors
/// When the database refuses.
pub async fn gather(ctx: &Ctx, c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
    let mut all = Vec::new();
    for module in &ctx.app.modules {
        all.extend(module.personal_data(c, person).await?);
    }
    Ok(all)
}

/// Counts what was gathered, and says what of it stays.
#[must_use]
pub fn counted(ctx: &Ctx, kind: Kind, all: &[PersonalData]) -> Vec<Counted> {
    let stays: Vec<(&str, &str)> = match kind {
        Kind::Erasure(how) => ctx.app.modules.iter().flat_map(|m| m.stays(how)).collect(),
        Kind::Export => Vec::new(),
    };
    let why = |name: &str| stays.iter().find(|(n, _)| *n == name).map_or("", |(_, why)| *why);
    all.iter()
        .map(|d| Counted {
            name: d.name.to_owned(),
            about: d.about.to_owned(),
            n: i64::try_from(d.rows.len()).unwrap_or(i64::MAX),
            why: why(d.name).to_owned(),
        })
        .collect()
}

/// The activity of data that were handed over; its detail is the key of the receipt.
pub const EXPORTED: &str = "person.exported";

/// Writes a receipt in the transaction of what it is of, and answers its key.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &Tx, ctx: &Ctx, kind: Kind, counts: &[Counted]) -> Result<Uuid> {
    let id = ctx.moment.id();
    let texts = kind == Kind::Erasure(Forget::EraseTexts);
    let counts = serde_json::to_string(counts).map_err(Error::other)?;
    db::run(
        tx,
        "INSERT INTO erasure_receipt (id, actor_id, at, texts, counts, kind) VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, ctx.person()?, ctx.now(), texts, counts, kind.code()],
    )
    .await?;
    Ok(id)
}

const COLUMNS: &str = "id, kind, actor_id, at, texts, counts";

/// A receipt as it is kept.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Receipt {
    /// Key.
    pub id: Uuid,
    /// `erasure` or `export`.
    pub kind: String,
    /// Who did it.
    pub actor_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the texts were erased too.
    pub texts: bool,
    /// [`Counted`] as JSON.
    pub counts: String,
}

impl Receipt {
    /// The number people say: the end of its key.
    #[must_use]
    pub fn number(&self) -> String {
        self.id.simple().to_string().chars().skip(20).collect::<String>().to_uppercase()
    }

    /// What it counts, without what there was none of.
    ///
    /// # Errors
    /// When what is kept can't be read.
    pub fn counted(&self) -> Result<Vec<Counted>> {
        let all: Vec<Counted> = serde_json::from_str(&self.counts).map_err(Error::other)?;
        Ok(all.into_iter().filter(|c| c.n > 0).collect())
    }
}

/// Receipts, the newest first, older than one of them.
///
/// # Errors
/// When the database refuses.
pub async fn before(c: &impl ConnectionTrait, older: Option<Uuid>, most: i64) -> Result<Vec<Receipt>> {
    let sql = format!("SELECT {COLUMNS} FROM erasure_receipt WHERE id < $1 ORDER BY id DESC LIMIT $2");
    db::all(c, &sql, args![older.unwrap_or(Uuid::max()), most]).await
}

/// The receipts of the data of a person that the team handed over, the oldest first. A receipt names nobody: the journal, as
/// long as it is kept, says whose it is.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Receipt>> {
    let sql = "SELECT detail FROM activity WHERE subject_id = $1 AND kind = $2";
    let keys: Vec<String> = db::column(c, sql, args![person, EXPORTED]).await?;
    let keys: Vec<sea_orm::Value> = keys.iter().filter_map(|key| key.parse::<Uuid>().ok()).map(Into::into).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let these = db::placeholders(1, keys.len());
    db::all(c, &format!("SELECT {COLUMNS} FROM erasure_receipt WHERE id IN ({these}) ORDER BY id"), keys).await
}

/// Where the receipt of a line of the journal is, if it is one of those that leave one.
#[must_use]
pub fn receipt_of(line: &activity::Line) -> Option<String> {
    let leaves = matches!(line.kind.as_str(), EXPORTED | "person.erased_on_request");
    let id = line.detail.parse().ok().filter(|_| leaves)?;
    Some(urls::Receipt { id }.to_string())
}

struct Line {
    href: String,
    title: String,
    told: String,
}

#[derive(askama::Template)]
#[template(path = "directory/receipts.html")]
struct List<'a> {
    p: &'a Page,
    lines: Vec<Line>,
    next: String,
}

/// Owners and administrators: what was done at somebody's request. Right: persons.
///
/// # Errors
/// When the database refuses.
pub async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let asked = Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes());
    let mut rows =
        before(ctx.app.db.read(), asked.get("avant").parse().ok(), i64::try_from(PAGE + 1).unwrap_or(51)).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|r| format!("{}?avant={}", urls::Receipts {}, r.id));
    let p = Page::team(&ctx, ctx.t("receipts-title")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let actors: Vec<Uuid> = rows.iter().map(|r| r.actor_id).collect();
    let names = ctx.app.identity.names(&ctx.app.db, &actors).await?;
    let lines = rows
        .iter()
        .map(|r| Line {
            href: urls::Receipt { id: r.id }.to_string(),
            title: p.t1(&format!("receipt-kind-{}", r.kind), "number", r.number()),
            told: told(&p, r, names.get(&r.actor_id)),
        })
        .collect();
    html(&List { lines, next: next.unwrap_or_default(), p: &p })
}

/// When, and by whom.
fn told(p: &Page, r: &Receipt, who: Option<&String>) -> String {
    let who = who.filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| p.t("sheet-somebody"));
    let when = p.t2("space-at", "date", p.date(&r.at), "time", p.time(&r.at));
    p.t2(&format!("receipt-when-{}", r.kind), "when", when, "who", who)
}

#[derive(askama::Template)]
#[template(path = "directory/receipt.html")]
struct Show<'a> {
    p: &'a Page,
    told: String,
    /// What was done with the texts; empty for data that were given.
    texts: &'static str,
    title: String,
    /// Key of the heading above what went or was given.
    gone_title: &'static str,
    /// What went or was given, and how many.
    gone: Vec<(String, i64)>,
    /// What stays, how many, and why.
    stays: Vec<(String, i64, String)>,
    /// Key of what is known of whom it is about.
    kept: &'static str,
}

/// Owners and administrators: what an erasure did, or what was given. It names nobody.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let sql = format!("SELECT {COLUMNS} FROM erasure_receipt WHERE id = $1");
    let row: Option<Receipt> = db::one(ctx.app.db.read(), &sql, args![id]).await?;
    let row = row.ok_or(Error::NotFound)?;
    let p = Page::team(&ctx, ctx.t("receipt-title"))
        .await?
        .crumb(ctx.t("directory-title"), urls::Directory {})
        .crumb(ctx.t("receipts-title"), urls::Receipts {});
    let names = ctx.app.identity.names(&ctx.app.db, &[row.actor_id]).await?;
    let (stays, gone): (Vec<_>, Vec<_>) = row.counted()?.into_iter().partition(|c| !c.why.is_empty());
    let erasure = row.kind == "erasure";
    // The person reads « vos idées » in their own space; whoever reads this is somebody else.
    let of_them = |about: &str| {
        let key = format!("{about}.team");
        p.t(if ctx.app.words.has(ctx.lang, &key) { &key } else { about })
    };
    let view = Show {
        told: told(&p, &row, names.get(&row.actor_id)),
        texts: match (erasure, row.texts) {
            (false, _) => "",
            (true, true) => "receipt-texts-erased",
            (true, false) => "receipt-texts-kept",
        },
        title: p.t1(&format!("receipt-kind-{}", row.kind), "number", row.number()),
        gone_title: if erasure { "receipt-gone" } else { "receipt-given" },
        gone: gone.into_iter().map(|c| (of_them(&c.about), c.n)).collect(),
        stays: stays.into_iter().map(|c| (of_them(&c.about), c.n, p.t(&c.why))).collect(),
        kept: if erasure { "receipt-kept" } else { "receipt-kept-export" },
        p: &p,
    };
    html(&view)
}
