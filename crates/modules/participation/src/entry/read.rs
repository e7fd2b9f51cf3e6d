//! The form of an entry: what was typed, checked, with an error beside each field that can't stand.

use chrono::{Datelike, NaiveDate};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
    mail::is_address,
    permission::Right,
};
use uuid::Uuid;

use super::{
    Channel, MAX_PLACE, MAX_SHEET, sheet_of,
    store::{New, What},
};
use crate::{
    ideas::{Contribution, Status, post, sign, store as ideas},
    projects::{self, Act, Phase, Project, phases},
    seen::{self, Seen},
};

/// The projects that may be entered in: online, and those of this member of the team.
///
/// # Errors
/// When the database refuses.
pub async fn projects(ctx: &Ctx) -> Result<Vec<Project>> {
    let all = projects::store::all(ctx.app.db.read()).await?;
    let mine = |p: &Project| p.state == "published" && ctx.may(Right::Moderate, Some(p.id));
    Ok(all.into_iter().filter(mine).collect())
}

/// The project a form names, with its timeline.
///
/// # Errors
/// When the database refuses.
pub async fn project(ctx: &Ctx, f: &Form) -> Result<Option<Seen>> {
    let Ok(id) = f.get("projet").parse::<Uuid>() else { return Ok(None) };
    let Some(project) = projects(ctx).await?.into_iter().find(|p| p.id == id) else { return Ok(None) };
    Ok(Some(seen::by_id(ctx, project.id).await?))
}

/// The day a form names, if it is one on which something can have been gathered.
fn day(ctx: &Ctx, f: &mut Form) -> Option<NaiveDate> {
    let day = f.text("le").parse::<NaiveDate>().ok().filter(|d| d.year() >= 2000);
    match day {
        None => f.fail("le", ctx.t("entry-error-date")),
        Some(day) if day > ctx.today() => f.fail("le", ctx.t("entry-error-future")),
        Some(_) => return day,
    }
    None
}

/// One line of a form, with an error beside its field when it is too long.
fn line(ctx: &Ctx, f: &mut Form, field: &'static str, max: usize) -> String {
    let text = f.text(field);
    let text = if is_blank(&text) { String::new() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    if text.chars().count() > max {
        let n = i64::try_from(max).unwrap_or(i64::MAX);
        f.fail(field, ctx.app.words.with(ctx.lang, "entry-error-long", &[("n", &n)]));
    }
    text
}

/// The idea that a form supports: online, in this project.
async fn supported(ctx: &Ctx, f: &mut Form, seen: &Seen) -> Result<Option<Contribution>> {
    let number = f.text("soutenir").trim_start_matches(['#', 'n', '°', ' ']).parse::<i64>().unwrap_or(0);
    let idea = match ideas::by_number(ctx.app.db.read(), number).await {
        Ok(idea) => Some(idea),
        Err(parvis_kernel::Error::NotFound) => None,
        Err(e) => return Err(e),
    };
    let idea = idea.filter(|i| i.kind == "idea" && i.visible && i.project_id == seen.project.id);
    if idea.is_none() {
        // Offered beside a text, and gone meanwhile: said there.
        let field = if f.is("quoi", "soutien") { "soutenir" } else { "idee" };
        f.fail(field, ctx.t("entry-error-idea"));
    }
    Ok(idea)
}

/// The address of whoever gave the sheet; empty for none.
async fn address(ctx: &Ctx, f: &mut Form) -> Result<String> {
    let email = f.text("courriel");
    if !email.is_empty() && !is_address(&email) {
        f.fail("courriel", ctx.t("email-wrong"));
    } else if !email.is_empty() && parvis_people::erased::is(ctx.app.db.read(), &ctx.app.secrets, &email).await? {
        // Nobody who asked to be erased is written to because somebody typed their address.
        f.fail("courriel", ctx.t("entry-error-erased"));
    }
    Ok(email)
}

/// Whether the form enters a support rather than an idea.
#[must_use]
pub fn is_support(f: &Form) -> bool {
    f.is("quoi", "soutien") || f.has("soutenir")
}

/// Reads a form; `None` when something in it can't stand.
///
/// # Errors
/// When the database refuses.
pub async fn read(ctx: &Ctx, f: &mut Form, pile: bool) -> Result<Option<New>> {
    let support = is_support(f);
    let body = if support { String::new() } else { post::check_text(ctx, f, "idee", "entry-error-text") };
    let seen = project(ctx, f).await?;
    if seen.is_none() {
        f.fail("projet", ctx.t("entry-error-project"));
    }
    let channel = Channel::parse(f.get("canal"));
    if channel.is_none() {
        f.fail("canal", ctx.t("entry-error-channel"));
    }
    let on = day(ctx, f);
    let about = if support { String::new() } else { post::check_place(ctx, f, "lieu") };
    let place = line(ctx, f, "ou", MAX_PLACE);
    let sheet = sheet_of(&line(ctx, f, "feuille", MAX_SHEET));
    if pile && sheet.is_empty() {
        f.fail("feuille", ctx.t("entry-error-sheet"));
    }
    let name = sign::check_name(ctx, f);
    let email = address(ctx, f).await?;
    let accord = if support { "entry-accord-support" } else { "entry-accord-idea" };
    if !f.is("accord", "1") {
        f.fail("accord", ctx.t("entry-error-accord"));
    }
    let mut what = None;
    if let (Some(seen), Some(on)) = (&seen, on) {
        check_phase(ctx, f, seen, on, (support, name.is_empty()));
        what = if support {
            let idea = supported(ctx, f, seen).await?;
            idea.map(|i| What::Support { idea: i.id, number: i.number, quote: i.heading() })
        } else {
            let status =
                if phase(seen, on).is_none_or(|p| p.prescreening) { Status::Prescreening } else { Status::Proposed };
            let area = post::area(ctx, f.get("quartier")).await?;
            Some(What::Idea { body, area, place: about, status })
        };
    }
    let (Some(seen), Some(channel), Some(on), Some(what), true) = (seen, channel, on, what, f.is_valid()) else {
        return Ok(None);
    };
    Ok(Some(New {
        request: f.get("envoi").parse().unwrap_or_else(|_| ctx.moment.id()),
        project: seen.project.id,
        channel,
        place,
        on,
        proposed: !sheet.is_empty() && sheet == sheet_of(f.get("propose")),
        sheet,
        name: if support { String::new() } else { name },
        email,
        accord: ctx.t(accord),
        secret: (seen.project.visibility == "link").then(|| seen.project.secret.clone()),
        what,
    }))
}

fn phase(seen: &Seen, on: NaiveDate) -> Option<&Phase> {
    phases::current(&seen.phases, on)
}

/// What was gathered counts by the rules of the day it was gathered, not of the day somebody types it.
fn check_phase(ctx: &Ctx, f: &mut Form, seen: &Seen, on: NaiveDate, (support, nameless): (bool, bool)) {
    let act = if support { Act::Support } else { Act::Post };
    if let Err(refusal) = projects::may(&seen.project, &seen.phases, on, act) {
        let day = parvis_kernel::locale::day(ctx.lang, on, ctx.today());
        let why = ctx.t(&format!("refusal-{}", refusal.code()));
        let words = ctx.app.words.with(ctx.lang, "entry-error-phase", &[("day", &day), ("why", &why)]);
        f.fail("le", words);
    } else if !support && nameless && !phase(seen, on).is_some_and(|p| p.anonymous) {
        f.fail("prenom", ctx.t("name-missing"));
    }
}
