//! One person's sheet: what they gave, how they may be reached and by which entry of the ledger, what they did, notes.

use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, TimeZone, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    form::Form,
    mail::refused::{self, Refused},
    module::PastEvent,
    permission::Right,
};
use parvis_ui::{Page, SafeHtml, html_with};
use uuid::Uuid;

use super::{
    ASKABLE, SOURCES,
    accords::reachable,
    duplicates, merge,
    notes::{self, Note},
    pages::{self, Side},
    pairs, phone, store,
};
use crate::{
    blocks::{self, Whom},
    consents::{self, Consent, expiry},
    persons::{self, Person},
    space, urls,
};

/// Events of the timeline read from each module, and those shown at first.
const EVENTS: usize = 60;
const SHOWN: usize = 12;

/// An accord as it stands, with the entry behind it.
struct Can {
    id: Uuid,
    title: String,
    given: bool,
    expired: bool,
    state: String,
    summary: String,
    source: String,
    wording: String,
    /// Which version of the words, in words; empty where it is not known.
    version: String,
    /// Until when it stands, or stood; empty for a refusal.
    until: String,
    proof: String,
    noted: String,
}

struct Line {
    note: Note,
    author: String,
    mine: bool,
}

#[derive(askama::Template)]
#[template(path = "directory/sheet.html")]
struct Sheet<'a> {
    p: &'a Page,
    f: &'a Form,
    side: Side,
    person: &'a Person,
    name: String,
    /// Name and value of what they gave.
    facts: Vec<(String, String)>,
    area: String,
    cans: Vec<Can>,
    /// What they were never asked, in words.
    never: Vec<String>,
    /// Codes of accords that may be written down.
    askable: Vec<&'static str>,
    past: Vec<PastEvent>,
    older: Vec<PastEvent>,
    notes: Vec<Line>,
    openers: String,
    today: String,
    /// Sheets that may be the same person: key, name, what they have in common.
    maybe: Vec<(Uuid, String, String)>,
    /// What the server of their address said, if it refuses letters.
    refused: Option<Refused>,
    /// Whether they wait for an accord: nobody may write to them.
    waits: bool,
    /// Whether they are blocked, and the form that decides it; nothing for a member of the team.
    blocked: SafeHtml,
    /// Merges that may still be taken back: key, name.
    undoable: Vec<(Uuid, String)>,
}

impl Sheet<'_> {
    fn sources(&self) -> [&'static str; 4] {
        SOURCES
    }

    fn ask_words(&self, code: &str) -> String {
        self.p.t(&format!("accord-{}", code.replace('.', "-")))
    }

    fn at(&self, at: &DateTime<Utc>) -> String {
        when(self.p, at)
    }

    fn sentence(&self, e: &PastEvent) -> String {
        let what = self.p.text(&e.what);
        self.p.t1(e.key, "what", what)
    }

    fn erase_open(&self) -> bool {
        ["textes", "demande"].iter().any(|n| !self.f.error(n).is_empty())
    }

    /// Why somebody is erased.
    fn erase_words(&self) -> String {
        self.p.t(if self.waits { "rights-no-accord" } else { "rights-asked" })
    }

    /// Whether this sheet is of whoever looks.
    fn is_me(&self) -> bool {
        self.p.ctx.actor.person() == Some(self.person.id)
    }

    /// Whether the form of accords is to correct.
    fn accord_open(&self) -> bool {
        ["accord", "date", "texte", "preuve", "origine"].iter().any(|n| !self.f.error(n).is_empty())
    }
}

/// A date, with its hour; a day written without one is kept at midnight, which is no hour to tell.
fn when(p: &Page, at: &DateTime<Utc>) -> String {
    if at.with_timezone(&p.ctx.settings.tz()).time() == NaiveTime::MIN {
        return p.date(at);
    }
    p.t2("space-at", "date", p.date(at), "time", p.time(at))
}

/// Owners and administrators. The opening is journaled.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    store::opened(&ctx, id).await?;
    page(&ctx, &person, &Form::new()).await
}

/// The page, with a form of it to correct.
///
/// # Errors
/// When the database refuses.
pub async fn page(ctx: &Ctx, person: &Person, form: &Form) -> Result<Response> {
    let db = ctx.app.db.read();
    let name = called(ctx, person);
    let p = Page::team(ctx, name.clone()).await?;
    let filter = pages::filter(ctx).await?;
    let (side, found) = pages::side(&p, &filter, Some(person.id)).await?;
    if filter.is_search() {
        store::searched(ctx, found).await?;
    }
    let area = match person.area_id {
        Some(id) => side.areas.iter().find(|a| a.id == id).map(|a| p.text(&a.name)).unwrap_or_default(),
        None => String::new(),
    };
    let ledger = consents::of_person(db, person.id).await?;
    let (standing, lasts) = (consents::standing(&ledger), expiry::lasts(db).await?);
    let (notes, openers) = (notes::of_person(db, person.id).await?, store::openers(db, person.id, month(ctx)).await?);
    let mut staff: Vec<Uuid> = ledger.iter().filter_map(|c| c.actor_id).collect();
    staff.extend(notes.iter().map(|n| n.actor_id));
    staff.extend(openers.iter().map(|o| o.actor_id));
    let names = ctx.app.identity.names(&ctx.app.db, &staff).await?;
    let who = |id: Uuid| names.get(&id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| p.t("sheet-somebody"));
    let openers: Vec<String> = openers.iter().map(|o| p.t2("sheet-opener", "who", who(o.actor_id), "n", o.n)).collect();
    let mut facts = facts(&p, person);
    for shadow in merge::shadows(db, person.id).await? {
        facts.extend(shadow.email.map(|email| (p.t("pair-other-mail"), email)));
    }
    let mut past = past(ctx, person.id).await?;
    let older = past.split_off(past.len().min(SHOWN));
    let refused = match &person.email {
        Some(email) => refused::find(db, email).await?,
        None => None,
    };
    let view = Sheet {
        refused,
        waits: store::waits(db, person.id).await?,
        blocked: blocked(&p, form, person).await?,
        facts,
        maybe: maybe(&p, person.id).await?,
        undoable: undoable(&p, person.id).await?,
        area,
        never: never(&p, &standing),
        cans: standing.into_iter().map(|c| can(&p, c, lasts, &who)).collect(),
        askable: ASKABLE.iter().filter(|(_, ch, _)| reachable(ch, person)).map(|(_, _, code)| *code).collect(),
        past,
        older,
        notes: notes
            .into_iter()
            .map(|n| Line { author: who(n.actor_id), mine: ctx.actor.person() == Some(n.actor_id), note: n })
            .collect(),
        openers: openers.join(", "),
        today: ctx.today().to_string(),
        name,
        side,
        person,
        f: form,
        p: &p,
    };
    html_with(if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// The part about a block; nobody of the team is blocked.
async fn blocked(p: &Page, form: &Form, person: &Person) -> Result<SafeHtml> {
    if person.role.is_some() {
        return Ok(SafeHtml::default());
    }
    let whom = Whom { person: Some(person.id), email: person.email.clone(), browser: None };
    let action = format!("{}{}", urls::BlockPerson { id: person.id }, pages::searched(&p.ctx));
    blocks::pages::section(&p.ctx, p, form, &whom, action).await
}

/// Sheets that may be of the same person, each with its name and what speaks for it.
async fn maybe(p: &Page, person: Uuid) -> Result<Vec<(Uuid, String, String)>> {
    let waiting = pairs::waiting(p.ctx.app.db.read(), Some(person)).await?;
    let beside = |pair: &pairs::Pair| {
        let (id, name, email) = pair.beside(person);
        (id, shown_name(p, name, email), duplicates::evidence(&p.ctx, pair))
    };
    Ok(waiting.iter().map(beside).collect())
}

/// Sheets united with this one minutes ago, each with its name.
async fn undoable(p: &Page, person: Uuid) -> Result<Vec<(Uuid, String)>> {
    let merges = merge::of_person(p.ctx.app.db.read(), person).await?;
    let fresh = merges.iter().filter(|m| m.may_undo(p.ctx.now()));
    Ok(fresh.map(|m| (m.id, shown_name(p, &m.name, m.email.as_deref()))).collect())
}

/// Name, else address, else telephone.
pub fn called(ctx: &Ctx, person: &Person) -> String {
    if !person.name.is_empty() {
        return person.name.clone();
    }
    let number = || person.phone.as_deref().map(phone::shown);
    person.email.clone().or_else(number).unwrap_or_else(|| ctx.t("sheet-nameless"))
}

/// The first instant of the month in town.
fn month(ctx: &Ctx) -> DateTime<Utc> {
    let first = ctx.today().with_day(1).and_then(|d| d.and_hms_opt(0, 0, 0));
    first
        .and_then(|d| ctx.settings.tz().from_local_datetime(&d).earliest())
        .map_or(ctx.now(), |t| t.with_timezone(&Utc))
}

fn shown_name(p: &Page, name: &str, email: Option<&str>) -> String {
    if name.is_empty() { email.map_or_else(|| p.t("sheet-nameless"), str::to_owned) } else { name.to_owned() }
}

/// What a person gave: name and value.
pub fn facts(p: &Page, person: &Person) -> Vec<(String, String)> {
    let mut all = vec![
        (p.t("sheet-mail"), person.email.clone().unwrap_or_default()),
        (p.t("sheet-phone"), person.phone.as_deref().map(phone::shown).unwrap_or_default()),
        (p.t("sheet-address"), person.address.clone()),
    ];
    if let Some(age) = &person.age {
        all.push((p.t("sheet-age"), p.t(&format!("age-{}", age.replace('+', "-plus")))));
    }
    if let Some(role) = &person.role {
        all.push((p.t("sheet-role"), p.t(&format!("role-{role}"))));
    }
    all.push((p.t("sheet-origin"), p.t(&format!("origin-{}", person.origin))));
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// What the team may ask and never did, in words.
fn never(p: &Page, standing: &[&Consent]) -> Vec<String> {
    let asked = |purpose: &str, channel: &str| standing.iter().any(|c| c.purpose == purpose && c.channel == channel);
    let open = ASKABLE.iter().filter(|(purpose, channel, _)| !asked(purpose, channel));
    open.map(|(_, _, code)| p.t(&format!("accord-{}", code.replace('.', "-")))).collect()
}

fn can(p: &Page, c: &Consent, lasts: TimeDelta, who: &impl Fn(Uuid) -> String) -> Can {
    let source = match c.source.as_str() {
        s if SOURCES.contains(&s) => p.t(&format!("origin-{s}")),
        _ => space::source_words(p, c),
    };
    let noted = match (c.actor_id, &c.noted_at) {
        (Some(actor), Some(at)) => p.t2("accord-noted", "who", who(actor), "when", when(p, at)),
        // Nobody asked for that: the team took its own file back.
        (Some(actor), None) if c.source == "import_undone" => who(actor),
        (Some(actor), None) => p.t1("accord-noted-now", "who", who(actor)),
        _ => String::new(),
    };
    let until = match c.state.as_str() {
        "given" => p.t1("accord-until-unless", "date", p.date(&c.until(lasts))),
        "expired" => p.date(&c.at),
        _ => String::new(),
    };
    Can {
        id: c.id,
        title: space::title_words(p, c),
        given: c.state == "given",
        expired: c.state == "expired",
        version: c.wording_version.map(|n| p.t1("accord-version", "n", n)).unwrap_or_default(),
        until,
        state: p.t(&format!("consent-state-{}", c.state)),
        summary: p.t1("accord-entry", "when", when(p, &c.at)),
        source,
        wording: p.text(&c.wording),
        proof: c.proof.clone(),
        noted,
    }
}

/// What the person did or received, newest first, from every module.
async fn past(ctx: &Ctx, person: Uuid) -> Result<Vec<PastEvent>> {
    let most = i64::try_from(EVENTS).unwrap_or(0);
    let mut all = Vec::new();
    for module in &ctx.app.modules {
        all.extend(module.past_events(&ctx.app.db, person, most).await?);
    }
    all.sort_by_key(|e| std::cmp::Reverse(e.at));
    all.truncate(EVENTS);
    Ok(all)
}
