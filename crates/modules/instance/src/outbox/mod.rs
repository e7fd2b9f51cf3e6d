//! The outbox: what waits, what left, what failed; read and sent again by hand.

pub mod store;

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    locale,
    mail::{
        self, Mail, Outage,
        refused::{self, Refused},
        stale,
    },
    permission::Right,
};
use parvis_people::persons;
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use crate::{
    query,
    settings::{Section, Step, frame, read_verdict},
    urls,
};

/// Mails on a page.
const PAGE: usize = 50;
/// Addresses that refuse letters, at most.
const REFUSED: i64 = 200;

/// States that the list can be limited to, as the database names them.
pub const STATES: [&str; 5] = ["waiting", "sending", "failed", "sent", "cancelled"];

/// The state of an address, if it is one of ours.
#[must_use]
pub(crate) fn asked_state(text: &str) -> Option<&'static str> {
    STATES.into_iter().find(|s| *s == text)
}

/// Key of the words of a state: a mail that waits without a server says so.
#[must_use]
fn state_key(state: &str, has_server: bool) -> String {
    match state {
        "waiting" if !has_server => "outbox-state-held".to_owned(),
        known if STATES.contains(&known) => format!("outbox-state-{known}"),
        _ => "outbox-state-failed".to_owned(),
    }
}

/// When a letter that waits leaves, by the quiet hours kept now.
fn leaves(ctx: &Ctx, kind: &str, after: DateTime<Utc>) -> DateTime<Utc> {
    ctx.settings.quiet.leaves(kind, after, ctx.now(), ctx.settings.tz())
}

/// The hour that a letter waits for; none when it waits for a server, or for its turn alone.
fn leaves_at(ctx: &Ctx, state: &str, kind: &str, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = leaves(ctx, kind, after);
    (state == "waiting" && has_server(ctx) && at > ctx.now()).then_some(at)
}

/// The words of a state: a letter that waits for an hour says which.
pub(crate) fn state_words(ctx: &Ctx, state: &str, kind: &str, after: DateTime<Utc>) -> String {
    if let Some(at) = leaves_at(ctx, state, kind, after) {
        let time = locale::time(ctx.lang, at, ctx.settings.tz());
        return ctx.app.words.with(ctx.lang, "outbox-state-until", &[("time", &time)]);
    }
    ctx.t(&state_key(state, has_server(ctx)))
}

/// Look of the badge of a state.
#[must_use]
fn state_look(state: &str) -> &'static str {
    match state {
        "sent" => "badge-ok",
        "failed" => "badge-bad",
        "sending" => "badge-warn",
        _ => "badge-brand",
    }
}

struct Line {
    mail: store::Row,
    state: String,
    look: &'static str,
    href: String,
}

struct Filter {
    label: String,
    href: String,
    n: i64,
    current: bool,
}

#[derive(Template)]
#[template(path = "settings/outbox.html")]
struct List<'a> {
    p: &'a Page,
    recent: &'a [Step],
    lines: Vec<Line>,
    filters: Vec<Filter>,
    has_server: bool,
    away: Option<Away>,
    /// Letters that wait for the next hour, with when they leave again.
    full: Option<(i64, DateTime<Utc>)>,
    next: String,
    /// Where the list leaves as a file, as it is narrowed.
    export: String,
    /// Addresses that get no letters any more, with the sheet of whose they are.
    refused: Vec<(Refused, String)>,
}

/// A mail server that is away, as the page says it.
struct Away {
    outage: Outage,
    /// Key of the remedy.
    remedy: String,
    waiting: i64,
}

/// The newest mails. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let asked = query::of(&ctx);
    let state = asked_state(asked.get("etat"));
    let before = asked.get("avant").parse::<Uuid>().ok();
    let frame = frame(&ctx, Section::Outbox).await?;
    let mut rows = store::list(ctx.app.db.read(), state, before, PAGE + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let has_server = has_server(&ctx);
    let next = match rows.last() {
        Some(last) if more => page_href(state, Some(last.id)),
        _ => String::new(),
    };
    let counts = store::counts(ctx.app.db.read()).await?;
    let mut filters = vec![Filter {
        label: ctx.t("outbox-all"),
        href: page_href(None, None),
        n: counts.iter().map(|c| c.n).sum(),
        current: state.is_none(),
    }];
    filters.extend(STATES.into_iter().filter_map(|s| {
        let n = counts.iter().find(|c| c.state == s).map_or(0, |c| c.n);
        (n > 0 || state == Some(s)).then(|| Filter {
            label: ctx.t(&format!("outbox-filter-{s}")),
            href: page_href(Some(s), None),
            n,
            current: state == Some(s),
        })
    }));
    let lines = rows
        .into_iter()
        .map(|mail| Line {
            state: state_words(&ctx, &mail.state, &mail.kind, mail.send_after),
            look: state_look(&mail.state),
            href: urls::OutboxMail { id: mail.id }.to_string(),
            mail,
        })
        .collect();
    let outage = mail::outage(ctx.app.db.read()).await?.filter(|_| has_server);
    let waits = counts.iter().find(|c| c.state == "waiting").map_or(0, |c| c.n);
    let resumes = mail::pace::resumes(ctx.app.db.read(), &ctx.settings, ctx.now()).await?;
    let full = resumes.filter(|_| has_server && waits > 0).map(|at| (waits, at));
    let away = outage.map(|outage| Away {
        remedy: format!("{}.next", read_verdict(&outage.said).0.key()),
        waiting: counts.iter().find(|c| c.state == "waiting").map_or(0, |c| c.n),
        outage,
    });
    let export =
        format!("{}?{}liste=envois", urls::Exports {}, state.map_or_else(String::new, |s| format!("etat={s}&")));
    let refused = refused::latest(ctx.app.db.read(), REFUSED).await?;
    let refused = refused.into_iter().map(|r| (sheet(&ctx, &r), r)).map(|(href, r)| (r, href)).collect();
    html(&List { p: &frame.page, recent: &frame.recent, lines, filters, has_server, away, full, next, export, refused })
}

/// Where one may write to an address again, for whoever may.
fn sheet(ctx: &Ctx, refused: &Refused) -> String {
    match refused.person_id {
        Some(id) if ctx.may(Right::Persons, None) => parvis_people::urls::Sheet { id }.to_string(),
        _ => String::new(),
    }
}

fn page_href(state: Option<&str>, before: Option<Uuid>) -> String {
    let parts: Vec<String> =
        state.map(|s| format!("etat={s}")).into_iter().chain(before.map(|id| format!("avant={id}"))).collect();
    let sign = if parts.is_empty() { "" } else { "?" };
    format!("{}{sign}{}", urls::Outbox {}, parts.join("&"))
}

#[derive(Template)]
#[template(path = "settings/outbox_mail.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    mail: Mail,
    state: String,
    look: &'static str,
    /// When it leaves, while it waits for an hour: without a server nobody knows.
    leaves: Option<DateTime<Utc>>,
    reading: Reading,
    again: bool,
    /// Keys of what the server said and of the remedy; empty when it said nothing.
    said: String,
    remedy: String,
    code: String,
    /// Its link ended before it could leave.
    dead: bool,
    /// What it told was no more.
    over: bool,
    /// The address gets no letters any more, and where that is undone.
    refused: Option<(Refused, String)>,
}

/// Kinds of mails that open somebody's space for whoever reads them.
pub(crate) const SIGN_IN: [&str; 3] = ["code", "confirmation", "invitation"];

/// What whoever asks may see of a mail's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All of it.
    Open,
    /// All of it, on a press that the journal notes.
    Noted,
    /// Nothing: it is to an owner.
    Owners,
    /// Nothing: it signs in, and leaves by the mail server.
    Leaves,
}

/// A mail that signs in is read by an owner, or by an administrator where no server carries it: the outbox is then
/// its only way. Nobody but an owner reads a mail to an owner.
const fn reading(owner: bool, to_owner: bool, signs_in: bool, has_server: bool) -> Reading {
    match (owner, to_owner, signs_in) {
        (false, true, _) => Reading::Owners,
        (false, false, true) if has_server => Reading::Leaves,
        (_, _, true) => Reading::Noted,
        _ => Reading::Open,
    }
}

async fn reading_of(ctx: &Ctx, mail: &Mail) -> Result<Reading> {
    let person = persons::by_email(ctx.app.db.read(), &mail.recipient).await?;
    let to_owner = person.is_some_and(|p| p.role.as_deref() == Some("owner"));
    let signs_in = SIGN_IN.contains(&mail.kind.as_str());
    Ok(reading(ctx.may(Right::Own, None), to_owner, signs_in, has_server(ctx)))
}

fn has_server(ctx: &Ctx) -> bool {
    ctx.app.transport.is_some() || !ctx.settings.smtp.host.is_empty()
}

/// One mail, its text version only: HTML of a mail is not shown as a page of ours. Right: administer.
///
/// # Errors
/// `NotFound`; the refusal of the permission.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mail = mail::find(&ctx.app.db, id).await?.ok_or(Error::NotFound)?;
    let reading = reading_of(&ctx, &mail).await?;
    page(&ctx, mail, reading).await
}

/// The text of a mail that signs in, with a line in the journal. Right: administer.
///
/// # Errors
/// `NotFound`; the refusal of the permission.
pub async fn read(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mail = mail::find(&ctx.app.db, id).await?.ok_or(Error::NotFound)?;
    let mut reading = reading_of(&ctx, &mail).await?;
    if reading == Reading::Noted {
        let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
        ctx.app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { activity::record(tx, &moment, entry(actor, "mail.read", id)).await })
            })
            .await?;
        reading = Reading::Open;
    }
    page(&ctx, mail, reading).await
}

fn entry(actor: Option<Uuid>, kind: &'static str, mail: Uuid) -> Entry<'static> {
    Entry { actor, kind, subject_kind: "mail", subject: Some(mail), project: None, detail: "" }
}

async fn page(ctx: &Ctx, mail: Mail, reading: Reading) -> Result<Response> {
    let frame = frame(ctx, Section::Outbox).await?;
    let dead = mail.state == "failed" && mail.last_error == stale::DEAD;
    let over = mail.state == "cancelled" && mail.last_error == stale::OVER;
    let said = (!mail.last_error.is_empty() && !dead && !over).then(|| read_verdict(&mail.last_error));
    let asked = refused::ASKED.contains(&mail.kind.as_str());
    let refused = match mail.state.as_str() {
        "failed" | "cancelled" if !asked => refused::find(ctx.app.db.read(), &mail.recipient).await?,
        _ => None,
    };
    let code = said.and_then(|(_, code)| code).map(|c| c.to_string()).unwrap_or_default();
    let said = said.map(|(verdict, _)| verdict.key()).unwrap_or_default();
    html(&Show {
        p: &frame.page,
        recent: &frame.recent,
        state: state_words(ctx, &mail.state, &mail.kind, mail.send_after),
        look: state_look(&mail.state),
        leaves: leaves_at(ctx, &mail.state, &mail.kind, mail.send_after),
        reading,
        // It would be stopped at once.
        again: refused.is_none() && !dead && matches!(mail.state.as_str(), "failed" | "sending"),
        refused: refused.map(|r| (sheet(ctx, &r), r)).map(|(href, r)| (r, href)),
        dead,
        over,
        remedy: format!("{said}.next"),
        said,
        code,
        mail,
    })
}

/// Puts a failed or uncertain mail back in the queue. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn again(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    let done = ctx
        .app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let done = mail::send_again(tx, id, moment.now).await? > 0;
                if done {
                    activity::record(tx, &moment, entry(actor, "mail.resent", id)).await?;
                }
                Ok(done)
            })
        })
        .await?;
    let said = if done { "?fait=outbox-again" } else { "" };
    Ok(redirect(format!("{}{said}", urls::OutboxMail { id })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_a_mail() {
        assert_eq!(reading(true, true, true, true), Reading::Noted);
        assert_eq!(reading(true, false, false, true), Reading::Open);
        assert_eq!(reading(false, true, false, false), Reading::Owners);
        assert_eq!(reading(false, false, true, true), Reading::Leaves);
        assert_eq!(reading(false, false, true, false), Reading::Noted);
        assert_eq!(reading(false, false, false, true), Reading::Open);
    }

    #[test]
    fn states_come_from_a_list() {
        assert_eq!(asked_state("failed"), Some("failed"));
        assert_eq!(asked_state("failed' OR 1=1"), None);
        assert_eq!(state_key("waiting", false), "outbox-state-held");
        assert_eq!(state_key("waiting", true), "outbox-state-waiting");
        assert_eq!(page_href(None, None), "/equipe/reglages/envois");
        assert_eq!(
            page_href(Some("sent"), Some(Uuid::nil())),
            format!("/equipe/reglages/envois?etat=sent&avant={}", Uuid::nil())
        );
    }
}
