//! The public log of moderation: how many texts were held, refused, hidden or put back each month, and why. No name, no
//! word of a text.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Datelike, Months, NaiveDate, TimeZone, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    context::Moment,
    db::{self, Tx},
    locale,
};
use parvis_people::blocks;
use parvis_statistics::suppress::MINIMUM;
use parvis_tables::Writer;
use parvis_ui::Page;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::store::UNDO;
use crate::{open::PUBLIC, urls};

/// Months shown. Only those that are over: in the running one, whoever reports a text would watch its decision appear.
const MONTHS: u32 = 12;

/// What happened to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// It waited for a person because of a word or a limit.
    Held,
    /// The team refused it.
    Refused,
    /// The team took it offline.
    Hidden,
    /// Three reports took it offline until somebody decides.
    ReportedAway,
    /// The team put it online again, or left it online.
    Shown,
    /// Its author replied.
    Replied,
    /// The team published what it had refused or hidden, after a reply.
    Changed,
}

impl Deed {
    /// All, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Held, Self::Refused, Self::Hidden, Self::ReportedAway, Self::Shown, Self::Replied, Self::Changed];

    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Refused => "refused",
            Self::Hidden => "hidden",
            Self::ReportedAway => "reported_away",
            Self::Shown => "shown",
            Self::Replied => "replied",
            Self::Changed => "changed",
        }
    }

    /// Whether how many says how many persons did something.
    const fn counts_persons(self) -> bool {
        matches!(self, Self::Replied | Self::Changed)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// Notes what happened to a text; `reason` is a code or empty.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &Tx, moment: &Moment, contribution: Uuid, deed: Deed, reason: &str) -> Result<()> {
    let sql = "INSERT INTO moderation_event (id, contribution_id, action, reason, at) VALUES ($1, $2, $3, $4, $5)";
    db::run(tx, sql, args![moment.id(), contribution, deed.code(), reason, moment.now]).await?;
    Ok(())
}

/// Notes that the team hid a text. When it was offline until somebody put it back minutes ago, neither counts.
///
/// # Errors
/// When the database refuses.
pub async fn note_hidden(tx: &Tx, moment: &Moment, contribution: Uuid, reason: &str) -> Result<()> {
    let back = drop_since(tx, contribution, moment.now - UNDO, "'shown', 'changed'").await?;
    // A reported text that was only left online, then hidden, is hidden for good.
    if back && was_offline(tx, contribution).await? {
        return Ok(());
    }
    note(tx, moment, contribution, Deed::Hidden, reason).await
}

/// Notes that the team put a text online again, or left it there. When it hid it minutes ago, neither counts.
///
/// # Errors
/// When the database refuses.
pub async fn note_shown(tx: &Tx, moment: &Moment, contribution: Uuid) -> Result<()> {
    if drop_since(tx, contribution, moment.now - UNDO, "'hidden'").await? {
        return Ok(());
    }
    note(tx, moment, contribution, Deed::Shown, "").await
}

/// Whether the log leaves a text offline.
async fn was_offline(tx: &Tx, contribution: Uuid) -> Result<bool> {
    let sql = "SELECT action FROM moderation_event WHERE contribution_id = $1 \
               AND action IN ('hidden', 'reported_away', 'shown', 'changed') ORDER BY at DESC, id DESC LIMIT 1";
    let last: Option<String> = db::scalar(tx, sql, args![contribution]).await?;
    Ok(last.is_some_and(|code| matches!(Deed::parse(&code), Some(Deed::Hidden | Deed::ReportedAway))))
}

/// What was decided of a text since is undone, and stands in no log.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, contribution: Uuid, since: DateTime<Utc>) -> Result<()> {
    drop_since(tx, contribution, since, "'refused', 'changed'").await?;
    Ok(())
}

/// A line of the log, to put back.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize, serde::Deserialize)]
pub struct Noted {
    /// Key.
    pub id: Uuid,
    /// Code of what happened.
    pub action: String,
    /// Code of why, or empty.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the log says of a text since then.
///
/// # Errors
/// When the database refuses.
pub async fn since(tx: &Tx, contribution: Uuid, since: DateTime<Utc>) -> Result<Vec<Noted>> {
    let sql = "SELECT id, action, reason, at FROM moderation_event WHERE contribution_id = $1 AND at >= $2";
    db::all(tx, sql, args![contribution, since]).await
}

/// The log says these lines of a text since then, and no other: a decision that changed some of them is undone.
///
/// # Errors
/// When the database refuses.
pub async fn rewrite(tx: &Tx, contribution: Uuid, since: DateTime<Utc>, lines: &[Noted]) -> Result<()> {
    let gone = "DELETE FROM moderation_event WHERE contribution_id = $1 AND at >= $2";
    db::run(tx, gone, args![contribution, since]).await?;
    for line in lines {
        let sql = "INSERT INTO moderation_event (id, contribution_id, action, reason, at) VALUES ($1, $2, $3, $4, $5)";
        db::run(tx, sql, args![line.id, contribution, line.action.clone(), line.reason.clone(), line.at]).await?;
    }
    Ok(())
}

/// Says whether something was dropped.
async fn drop_since(tx: &Tx, contribution: Uuid, since: DateTime<Utc>, deeds: &'static str) -> Result<bool> {
    let sql = format!("DELETE FROM moderation_event WHERE contribution_id = $1 AND at >= $2 AND action IN ({deeds})");
    Ok(db::run(tx, &sql, args![contribution, since]).await? > 0)
}

#[derive(FromQueryResult)]
struct Row {
    action: String,
    reason: String,
    n: i64,
}

/// A month of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// How many texts, by what happened and why.
    pub texts: BTreeMap<(Deed, String), i64>,
    /// How many persons were blocked.
    pub blocked: i64,
}

impl Month {
    /// How many texts this happened to, whatever the reason.
    #[must_use]
    pub fn of(&self, deed: Deed) -> i64 {
        self.texts.iter().filter(|((d, _), _)| *d == deed).map(|(_, n)| n).sum()
    }

    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.blocked == 0
    }
}

/// The last months that are over and that something happened in, newest first. Texts of projects that are public now.
///
/// # Errors
/// When the database refuses.
pub async fn months(c: &impl ConnectionTrait, today: NaiveDate, tz: chrono_tz::Tz) -> Result<Vec<Month>> {
    let this = today.with_day(1).unwrap_or(today);
    let mut found = Vec::new();
    for back in 1..=MONTHS {
        let (Some(first), Some(next)) = (
            this.checked_sub_months(Months::new(back)),
            this.checked_sub_months(Months::new(back)).and_then(next_month),
        ) else {
            break;
        };
        let (Some(from), Some(to)) = (instant(first, tz), instant(next, tz)) else { continue };
        let sql = format!(
            "SELECT e.action, e.reason, count(*) AS n FROM moderation_event e \
             JOIN contribution c ON c.id = e.contribution_id JOIN project p ON p.id = c.project_id \
             WHERE e.at >= $1 AND e.at < $2 AND {PUBLIC} GROUP BY e.action, e.reason"
        );
        let rows: Vec<Row> = db::all(c, &sql, args![from, to]).await?;
        let texts = rows.into_iter().filter_map(|r| Some(((Deed::parse(&r.action)?, r.reason), r.n))).collect();
        let month = Month { first, texts, blocked: blocks::store::decided_between(c, (from, to), UNDO).await? };
        if !month.is_empty() {
            found.push(month);
        }
    }
    Ok(found)
}

fn next_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))
}

fn instant(day: NaiveDate, tz: chrono_tz::Tz) -> Option<DateTime<Utc>> {
    Some(tz.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?.with_timezone(&Utc))
}

/// A line of a month: what happened, why, how many.
struct Line {
    what: String,
    why: String,
    n: String,
}

struct Shown {
    title: String,
    id: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "moderation/log.html")]
struct Show<'a> {
    p: &'a Page,
    months: Vec<Shown>,
    csv: String,
    /// The first day of the next month, while the first month of the site still runs.
    first: Option<NaiveDate>,
}

fn why(ctx: &Ctx, deed: Deed, reason: &str) -> String {
    match (deed, reason) {
        (_, "") => String::new(),
        (Deed::Held, reason) => ctx.t(&format!("log-held-{reason}")),
        (_, reason) => ctx.t(&format!("log-reason-{reason}")),
    }
}

fn lines(ctx: &Ctx, month: &Month, number: impl Fn(i64) -> String) -> Vec<Line> {
    // Persons are counted as everywhere in the house: a small number is not told.
    let persons = |n: i64| if n < MINIMUM.cast_signed() { ctx.t("log-few") } else { number(n) };
    let mut lines: Vec<Line> = month
        .texts
        .iter()
        .map(|((deed, reason), n)| Line {
            what: ctx.t(&format!("log-{}", deed.code())),
            why: why(ctx, *deed, reason),
            n: if deed.counts_persons() { persons(*n) } else { number(*n) },
        })
        .collect();
    if month.blocked > 0 {
        lines.push(Line { what: ctx.t("log-blocked"), why: String::new(), n: persons(month.blocked) });
    }
    lines
}

/// The log. Public.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let months = months(ctx.app.db.read(), ctx.today(), ctx.settings.tz()).await?;
    let p = Page::new(&ctx, ctx.t("log-title")).described(ctx.t("log-intro")).crumb(ctx.t("home-crumb"), urls::Home {});
    let shown = months
        .iter()
        .map(|m| Shown {
            title: locale::month(ctx.lang, m.first),
            id: m.first.format("m%Y-%m").to_string(),
            lines: lines(&ctx, m, |n| locale::integer(ctx.lang, n)),
        })
        .collect();
    let p = p.crumb(ctx.t("log-title"), "");
    let first = first_month(ctx.app.db.read(), ctx.today(), ctx.settings.tz()).await?;
    parvis_ui::html(&Show { p: &p, months: shown, csv: urls::ModerationCsv {}.to_string(), first })
}

/// When the first month of the site is over, while it still runs: no project is older than this month. Decisions are not
/// asked for: whether one was made this month is not told.
async fn first_month(c: &impl ConnectionTrait, today: NaiveDate, tz: chrono_tz::Tz) -> Result<Option<NaiveDate>> {
    let this = today.with_day(1).unwrap_or(today);
    let Some(from) = instant(this, tz) else { return Ok(None) };
    let older = db::count(c, "SELECT count(*) FROM project WHERE created_at < $1", args![from]).await?;
    Ok(next_month(this).filter(|_| older == 0))
}

/// The same as a file. Public.
///
/// # Errors
/// When the database refuses.
pub async fn csv(ctx: Ctx) -> Result<Response> {
    // Semicolons and the UTF-8 mark: what spreadsheets set to French open with a double click.
    let mut writer = Writer::new(Vec::new(), ';', true).map_err(Error::other)?;
    writer.row(["log-month", "log-what", "log-why", "log-n"].map(|key| ctx.t(key))).map_err(Error::other)?;
    for month in months(ctx.app.db.read(), ctx.today(), ctx.settings.tz()).await? {
        let first = month.first.format("%Y-%m").to_string();
        for line in lines(&ctx, &month, |n| n.to_string()) {
            writer.row([first.clone(), line.what, line.why, line.n]).map_err(Error::other)?;
        }
    }
    let name = format!("attachment; filename=\"{}-{}.csv\"", ctx.t("log-file"), ctx.today());
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, writer.finish().map_err(Error::other)?).into_response())
}
