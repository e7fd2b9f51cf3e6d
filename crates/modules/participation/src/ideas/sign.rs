//! Posting, second screen: close ideas, theme, place, signature. Sending it twice makes one idea.

use std::sync::Arc;

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
    form::Form,
    mail::is_address,
    permission::Actor,
    rate::{self, Limit},
};
use parvis_people::{
    blocks,
    confirm::{Agrees, Confirmation, Confirms, request_confirmation},
    persons,
};
use parvis_ui::{Page, redirect};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Status,
    drafts::{self, Draft},
    list,
    near::{self, Other},
    post,
    store::{self, New, Stored},
};
use crate::{
    caches::Caches,
    follows::{
        self,
        consultation::{self, asked::Wish},
    },
    links,
    projects::{Act, Phase, areas, phases},
    screening,
    seen::{self, Seen},
    urls,
};

/// Ideas from one browser or person.
const BY_HOLDER: Limit = Limit::per_minutes("post", 20, 60);
/// Ideas from one address: a school or a library shares one.
const BY_ADDRESS: Limit = Limit::per_minutes("post-address", 200, 60);
/// Longest first name, in characters.
pub const MAX_NAME: usize = 60;
/// Longest theme word, in characters.
const MAX_TAG: usize = 60;

#[derive(Template)]
#[template(path = "post/sign.html")]
struct Sign<'a> {
    p: &'a Page,
    f: &'a Form,
    draft: &'a Draft,
    seen: &'a Seen,
    action: String,
    edit: String,
    close: Vec<(Other, String)>,
    may_support: bool,
    back: String,
    tags: Vec<String>,
    guessed: bool,
    /// The areas that the project is about, offered first; then the others.
    own_areas: Vec<Choice>,
    areas: Vec<Choice>,
    anonymous: bool,
    prescreening: bool,
}

impl Sign<'_> {
    fn chosen(&self, area: &Uuid) -> bool {
        self.f.is("quartier", &area.to_string())
    }
}

/// The second screen. For the browser that wrote the draft.
///
/// # Errors
/// `NotFound` for another browser's draft.
pub async fn show(ctx: Ctx, caches: Arc<Caches>, Path(id): Path<Uuid>) -> Result<Response> {
    let draft = drafts::find(ctx.app.db.read(), ctx.visitor, id).await?;
    let seen = seen::by_id(&ctx, draft.project_id).await?;
    if draft.contribution_id.is_some() {
        return Ok(redirect(seen.link(urls::Thanks { draft: id })));
    }
    let mut form = Form::new();
    form.set("ou", draft.place.clone());
    form.set("quartier", draft.area_id.map(|a| a.to_string()).unwrap_or_default());
    form.set("q", "prenom");
    if let Actor::Person { name, .. } = &ctx.actor {
        form.set("prenom", name.clone());
    }
    page(&ctx, &caches, &draft, &seen, form, StatusCode::OK).await
}

async fn page(
    ctx: &Ctx,
    caches: &Caches,
    draft: &Draft,
    seen: &Seen,
    mut form: Form,
    status: StatusCode,
) -> Result<Response> {
    let db = ctx.app.db.read();
    let near = near::of(ctx, caches, draft.project_id).await?;
    let guess = near.theme(&draft.body);
    let guessed = !guess.is_empty() && !form.has("t");
    if guessed {
        form.set("t", guess.clone());
    }
    let known = caches.tags.get(ctx.now(), vec![draft.project_id], list::tags(db, &[draft.project_id])).await?;
    let mut tags: Vec<String> = known.iter().map(|t| t.tag.clone()).take(7).collect();
    if !guess.is_empty() && !tags.contains(&guess) {
        tags.insert(0, guess);
    }
    let close = near::online(db, near.close(&draft.body))
        .await?
        .into_iter()
        .map(|o| (seen.link(urls::Idea { number: o.number }), o))
        .map(|(url, o)| (o, url))
        .collect();
    let (own_areas, areas) = places(db, draft.project_id).await?;
    let page = Page::new(ctx, ctx.t("post-title-2")).private().with(&form);
    let phase = seen.phase(ctx);
    let sign = Sign {
        p: &page,
        f: &form,
        draft,
        seen,
        action: seen.link(urls::Sign { draft: draft.id }),
        edit: seen.link(seen::with_param(&urls::Post {}.to_string(), "brouillon", &draft.id.to_string())),
        close,
        may_support: seen.may(ctx, Act::Support).is_ok(),
        back: seen.link(urls::Project { slug: seen.project.slug.clone() }),
        tags,
        guessed,
        own_areas,
        areas,
        anonymous: phase.is_some_and(|p| p.anonymous),
        prescreening: phase.is_some_and(|p| p.prescreening),
    };
    parvis_ui::html_with(status, &sign)
}

/// An area that may be chosen: key and name.
type Choice = (Uuid, String);

/// The areas that a project is about, then the others of the town, each in the team's order.
async fn places(c: &impl ConnectionTrait, project: Uuid) -> Result<(Vec<Choice>, Vec<Choice>)> {
    let own: Vec<Choice> = areas::of(c, project).await?.into_iter().map(|a| (a.id, a.name)).collect();
    let all = parvis_people::areas::all(c).await?.into_iter().map(|a| (a.id, a.name));
    Ok((own.clone(), all.filter(|a| !own.contains(a)).collect()))
}

/// How an idea is signed.
#[derive(Debug, Clone, Default)]
struct Signature {
    name: String,
    email: String,
}

/// Reads the signature, with an error beside each field that can't stand.
fn signature(ctx: &Ctx, form: &mut Form, anonymous: bool) -> Signature {
    let email = form.text("courriel");
    if anonymous && form.is("q", "personne") {
        if !email.is_empty() && ctx.actor.person().is_none() {
            form.fail("courriel", ctx.t("email-of-nobody"));
        }
        return Signature::default();
    }
    let name = check_name(ctx, form);
    if name.is_empty() && !anonymous {
        form.fail("prenom", ctx.t("name-missing"));
    }
    if !email.is_empty() && !is_address(&email) {
        form.fail("courriel", ctx.t("email-wrong"));
    }
    // A person signed in is written to at the address already confirmed.
    let email = if ctx.actor.person().is_some() { String::new() } else { email };
    Signature { name, email }
}

/// Why something typed as a first name is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAName {
    /// A mail address: typed in the wrong field, it would be published.
    Address,
    /// So many characters, more than [`MAX_NAME`].
    Long(usize),
}

/// A first name as it is shown: one line, without what can't be seen; empty for none.
///
/// # Errors
/// Why it is no name: nothing is cut or dropped in silence.
pub fn read_name(text: &str) -> std::result::Result<String, NotAName> {
    let one = post::line(text);
    match one.chars().count() {
        _ if one.contains('@') => Err(NotAName::Address),
        n if n > MAX_NAME => Err(NotAName::Long(n)),
        _ => Ok(one),
    }
}

/// Reads the first name typed under "prenom". One that would be lost or cut is an error beside its field.
pub fn check_name(ctx: &Ctx, form: &mut Form) -> String {
    match read_name(form.get("prenom")) {
        Ok(name) => return name,
        Err(NotAName::Address) => form.fail("prenom", ctx.t("name-is-address")),
        Err(NotAName::Long(length)) => form.fail("prenom", post::too_long(ctx, "name-too-long", length, MAX_NAME)),
    }
    String::new()
}

/// All that makes the idea, checked.
#[derive(Debug, Clone)]
struct Checked {
    draft: Draft,
    seen: Seen,
    tag: String,
    place: String,
    area: Option<Uuid>,
    signed: Signature,
    /// Whether news of the consultation are asked for.
    news: bool,
    /// Whether a person signed in signs with a name.
    author: Option<Uuid>,
    /// What may make it wait.
    looked: screening::Looked,
}

/// Publishes the draft. For the browser that wrote it.
///
/// # Errors
/// `NotFound`, the refusals of [`crate::projects::may`], `too_many`.
pub async fn publish(ctx: Ctx, caches: Arc<Caches>, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    let draft = drafts::find(ctx.app.db.read(), ctx.visitor, id).await?;
    let seen = seen::by_id(&ctx, draft.project_id).await?;
    let thanks = seen.link(urls::Thanks { draft: id });
    if draft.contribution_id.is_some() {
        return Ok(redirect(thanks));
    }
    if seen.may(&ctx, Act::Post).is_err() {
        // Closed meanwhile: the first screen says so, and shows the text.
        return Ok(redirect(seen.link(seen::with_param(&urls::Post {}.to_string(), "brouillon", &id.to_string()))));
    }
    let anonymous = seen.may(&ctx, Act::PostAnonymously).is_ok();
    let signed = signature(&ctx, &mut form, anonymous);
    let place = post::check_place(&ctx, &mut form, "ou");
    post::check_trap(&ctx, &mut form, "prenom");
    let news = form.is("nouvelles", "1");
    if news && ctx.actor.person().is_none() && form.text("courriel").is_empty() {
        form.fail("courriel", ctx.t("post-news-needs-mail"));
    }
    if !form.is_valid() {
        return page(&ctx, &caches, &draft, &seen, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by_name = !(anonymous && form.is("q", "personne"));
    if let Some(refused) = blocks::pages::refused(&ctx, !by_name, &draft.body).await? {
        return Ok(refused);
    }
    let tag =
        if form.is("t", "-") { String::new() } else { post::place(form.get("t")).chars().take(MAX_TAG).collect() };
    let shown = [signed.name.as_str(), place.as_str(), tag.as_str()];
    let mut looked = screening::store::look(&ctx, draft.project_id, &draft.body, &shown).await?;
    looked.blocked = blocks::store::is_address_blocked(&ctx, &signed.email).await?;
    let checked = Checked {
        looked,
        tag,
        place,
        area: post::area(&ctx, form.get("quartier")).await?,
        author: ctx.actor.person().filter(|_| by_name),
        signed,
        news,
        draft,
        seen,
    };
    let inner = ctx.clone();
    match ctx.app.db.write(move |tx| Box::pin(store(tx, inner.clone(), checked.clone()))).await {
        Ok(()) => Ok(redirect(thanks)),
        // The same draft, sent twice at once: the other one made the idea.
        Err(Error::Refused(r)) if r == Refusal::CHANGED_MEANWHILE => Ok(redirect(thanks)),
        Err(e) => Err(e),
    }
}

async fn store(tx: &Tx, ctx: Ctx, c: Checked) -> Result<()> {
    // Two at once: SQLite has one writer, PostgreSQL makes the second wait at `becomes` and then refuses it.
    if drafts::find(tx, ctx.visitor, c.draft.id).await?.contribution_id.is_some() {
        return Ok(());
    }
    rate::hit(tx, BY_HOLDER, &ctx.holder().to_string(), ctx.now()).await?;
    rate::hit(tx, BY_ADDRESS, &ctx.address, ctx.now()).await?;
    let prescreening = phases::current(&c.seen.phases, ctx.today()).is_none_or(|p: &Phase| p.prescreening);
    // An anonymous idea of a person signed in stays with the browser: nothing ties it to the person.
    let holder = c.author.unwrap_or(ctx.visitor);
    let whose = screening::Whose { project: c.seen.project.id, holder, address: &ctx.address };
    let why = screening::store::judge(tx, &ctx.moment, &c.looked, whose).await?;
    let status = if prescreening || !why.is_empty() { Status::Prescreening } else { Status::Proposed };
    let new = New {
        author: c.author,
        author_name: c.signed.name.clone(),
        pending_email: Some(c.signed.email.clone()).filter(|e| !e.is_empty()),
        lang: ctx.lang.code().to_owned(),
        tag: c.tag.clone(),
        area: c.area,
        place: c.place.clone(),
        ..New::idea(c.seen.project.id, holder, c.draft.body.clone(), status)
    };
    let stored = store::insert(tx, &ctx.moment, &new).await?;
    screening::store::keep(tx, &ctx.moment, stored.id, &c.looked, &why, prescreening).await?;
    if !drafts::becomes(tx, c.draft.id, stored.id).await? {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    if let Some(link) = &c.draft.link {
        links::store::came_by(tx, stored.id, link).await?;
    }
    let entry = Entry {
        actor: c.author,
        kind: "idea.posted",
        subject_kind: "contribution",
        subject: Some(stored.id),
        project: Some(c.seen.project.id),
        detail: &stored.number.to_string(),
    };
    activity::record(tx, &ctx.moment, entry).await?;
    if let Some(person) = ctx.actor.person().filter(|_| c.news) {
        let wording = ctx.t("consent-project");
        consultation::begin(tx, &ctx.moment, c.seen.project.id, person, &wording, "idea_form").await?;
    }
    let wording = ctx.t("consent-answers");
    if let Some(author) = c.author {
        follows::begin(tx, &ctx.moment, stored.id, author, &wording, "idea_form").await?;
    } else if !c.signed.email.is_empty() {
        let keep = "UPDATE contribution SET pending_consent = $2 WHERE id = $1";
        db::run(tx, keep, args![stored.id, wording]).await?;
        confirm(tx, &ctx, &c, &stored, status == Status::Prescreening).await?;
    }
    Ok(())
}

/// Asks for the address to be confirmed, in the transaction of the idea.
async fn confirm(tx: &Tx, ctx: &Ctx, c: &Checked, stored: &Stored, waits: bool) -> Result<()> {
    let (id, number) = (stored.id, stored.number);
    let words = &ctx.app.words;
    let mut facts = vec![(ctx.t("confirm-fact-idea"), words.with(ctx.lang, "idea-number", &[("n", &number)]))];
    if !c.tag.is_empty() {
        facts.push((ctx.t("confirm-fact-theme"), c.tag.clone()));
    }
    if !c.place.is_empty() {
        facts.push((ctx.t("confirm-fact-place"), c.place.clone()));
    }
    if !c.signed.name.is_empty() {
        facts.push((ctx.t("confirm-fact-name"), c.signed.name.clone()));
    }
    facts.extend(crate::reactions::confirm::fact(tx, ctx).await?);
    let (back, mut wording) = (c.seen.link(urls::Idea { number }), ctx.t("consent-answers"));
    if c.news {
        // Two things are agreed to by one click: both are read.
        let more = ctx.t("consent-project");
        let wish = Wish {
            request: id,
            project: c.seen.project.id,
            email: &c.signed.email,
            wording: &more,
            source: "idea_form",
        };
        consultation::asked::keep(tx, ctx, wish).await?;
        wording = format!("{wording} {more}");
    }
    let asked = Confirmation {
        lang: ctx.lang,
        visitor: ctx.visitor,
        email: &c.signed.email,
        name: &c.signed.name,
        what: Confirms::Idea { waits },
        subject: Some(id),
        quote: &c.draft.body,
        facts: &facts,
        agrees: Some(Agrees { key: id, words: &wording }),
        return_to: &back,
    };
    request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &asked).await?;
    Ok(())
}

/// The office shown beside a member of the team who writes as such; empty for everybody else.
///
/// # Errors
/// When the database refuses.
pub async fn office(ctx: &Ctx, project: Uuid) -> Result<String> {
    if !ctx.may(parvis_kernel::permission::Right::Moderate, Some(project)) {
        return Ok(String::new());
    }
    let person = persons::find(ctx.app.db.read(), ctx.person()?).await?;
    Ok(person.map(|p| p.office).filter(|o| !o.is_empty()).unwrap_or_else(|| {
        ctx.t(if ctx.settings.kind == parvis_kernel::settings::Kind::TownHall { "office-town" } else { "office-team" })
    }))
}
