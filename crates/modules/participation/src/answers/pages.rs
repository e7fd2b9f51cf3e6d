//! The page an official answer is written on, with its preview.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{Datelike, NaiveDate, TimeDelta};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    form::{Form, is_blank},
    permission::{Actor, Right},
};
use parvis_people::persons::{self, Person};
use parvis_ui::{Page, SafeHtml, html, html_with, redirect};
use uuid::Uuid;

use super::{
    Answer, DECISIONS, Funding, bold_start,
    drafts::{self, Kept},
    parked, preview, reread,
    signers::{self, Signers},
    store::{self, Audience, NewAnswer},
};
use crate::{
    desk::{beside, conflict, contributions, place, query, queue, with_param},
    ideas::{self, Contribution, MAX_TEXT, Status},
    moderation::{self, Action, State, store::By},
    urls,
};

/// Longest line of an answer (decision, cost, name…), in characters.
const MAX_LINE: usize = 160;

#[derive(Template)]
#[template(path = "answers/form.html")]
struct Show<'a> {
    p: &'a Page,
    /// Where in the queue it was opened from.
    place: Form,
    f: &'a Form,
    idea: &'a Contribution,
    comments: &'a [Contribution],
    preview: SafeHtml,
    audience: Audience,
    /// Whether its author asked to be told and has not confirmed the address yet.
    unconfirmed: bool,
    old: bool,
    /// The answer there is, if any.
    answer: String,
    due: String,
    late: bool,
    before: Option<i64>,
    after: Option<i64>,
    area: String,
    draft: String,
    /// Another version of that draft: whose, and its text.
    other: Option<(String, SafeHtml)>,
    saved: String,
    who: Signers,
    /// Colleagues who may read it again.
    readers: Vec<Person>,
    /// Its place among those that wait for an answer, and how many they are; nothing for one that does not.
    place_of: Option<(i64, i64)>,
}

impl Show<'_> {
    fn href(&self, number: &i64) -> String {
        place::keeping(&urls::AnswerForm { number: *number }.to_string(), &self.place)
    }

    fn back(&self) -> String {
        place::keeping(&urls::Handle { number: self.idea.number }.to_string(), &self.place)
    }

    fn preview_url(&self) -> String {
        urls::AnswerPreview { number: self.idea.number }.to_string()
    }

    fn reread_url(&self) -> String {
        place::keeping(&urls::AnswerReread { number: self.idea.number }.to_string(), &self.place)
    }

    fn draft_url(&self) -> String {
        urls::AnswerDraft { number: self.idea.number }.to_string()
    }

    fn button(&self) -> String {
        let n = self.audience.total();
        match (self.old, n) {
            (true, _) => self.p.t1("desk-answer-correct", "n", n),
            (false, 0) => self.p.t("desk-answer-publish"),
            (false, _) => self.p.t1("desk-answer-publish-tell", "n", n),
        }
    }
}

/// The idea of an address, for somebody who may answer it.
pub(super) async fn idea_of(ctx: &Ctx, number: i64) -> Result<Contribution> {
    let idea = ideas::store::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Moderate, Some(idea.project_id))?;
    moderation::possible(State::of(&idea), Action::Answer)?;
    Ok(idea)
}

/// The form, with the answer to correct if there is one. Permission: moderate, in the idea's project.
pub async fn form(ctx: Ctx, Path(number): Path<i64>) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = idea_of(&ctx, number).await?;
    crate::desk::handle::hold(&ctx, number).await?;
    let c = ctx.app.db.read();
    if let Some(draft) = drafts::find(c, idea.id).await? {
        let told = told(&ctx, &draft, "desk-answer-draft").await?;
        return render(&ctx, &idea, draft.form(idea.version)?, Shown { draft: told, ..Shown::default() }).await;
    }
    let f = match store::find(c, idea.id).await? {
        Some(answer) => filled(&answer, idea.version),
        None => first(&ctx, idea.version).await?,
    };
    render(&ctx, &idea, f, Shown::default()).await
}

/// Whose draft it is, and when it was kept, in the words of a key; those of nobody end in `-nobody`.
pub(crate) async fn told(ctx: &Ctx, draft: &drafts::Draft, key: &str) -> Result<String> {
    let p = Page::new(ctx, "");
    let writer = match draft.actor_id {
        Some(id) => persons::find(ctx.app.db.read(), id).await?.map(|p| p.name).filter(|n| !n.is_empty()),
        None => None,
    };
    let when = p.ago(&draft.saved_at);
    Ok(match writer {
        Some(name) => p.t2(key, "name", name, "when", when),
        None => p.t1(&format!("{key}-nobody"), "when", when),
    })
}

/// Throws the draft away, or takes its other version. Permission: moderate, in the idea's project.
pub async fn start_again(ctx: Ctx, Path(number): Path<i64>, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = idea_of(&ctx, number).await?;
    let exchange = f.is("faire", "autre");
    let done = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            if exchange { parked::exchange(tx, idea.id).await } else { drafts::drop(tx, &[idea.id]).await }
        })
    });
    done.await?;
    Ok(redirect(urls::AnswerForm { number }))
}

/// What a page with the form says beside it.
#[derive(Default)]
pub(super) struct Shown {
    pub status: StatusCode,
    /// Whose draft was opened.
    pub draft: String,
    /// That what is written was kept.
    pub saved: String,
}

fn filled(answer: &Answer, version: i64) -> Form {
    let mut f = Form::of(&[("version", &version.to_string())]);
    for (name, value) in drafts::of_answer(answer) {
        f.set(name, value);
    }
    f
}

pub(crate) async fn first(ctx: &Ctx, version: i64) -> Result<Form> {
    let (mut name, mut office) = (String::new(), ctx.settings.answer_office.clone());
    if let Actor::Person { id, name: shown, .. } = &ctx.actor {
        name.clone_from(shown);
        if let Some(person) = persons::find(ctx.app.db.read(), *id).await?.filter(|p| !p.office.is_empty()) {
            office = person.office;
        }
    }
    let version = version.to_string();
    Ok(Form::of(&[("version", &version), ("signataire", &name), ("fonction", &office)]))
}

pub(super) async fn render(ctx: &Ctx, idea: &Contribution, f: Form, shown: Shown) -> Result<Response> {
    let c = ctx.app.db.read();
    let title = ctx.app.words.with(ctx.lang, "desk-answer-title", &[("title", &idea.heading())]);
    let p = Page::team(ctx, title).await?;
    let comments = preview::recalled(ctx, idea).await?;
    let place = query(ctx);
    let all = crate::projects::store::all(c).await?;
    let list = contributions::list_of(ctx, &place, &all);
    // Only ideas that wait for it are answered: what stands beside in other lists has no such page.
    let filter = queue::Filter { kind: Some("idea"), ..list.filter };
    let list = beside::List { filter, tab: Some(queue::Tab::Answer), ..list };
    let (before, after) = beside::neighbours(c, &list, idea).await?;
    let place_of = match queue::Wait::of(idea) {
        queue::Wait::Answer => Some(beside::position(c, &list, queue::Tab::Answer, idea).await?),
        _ => None,
    };
    let due = p.local(&(idea.created_at + TimeDelta::days(ctx.settings.answer_days)));
    let areas = parvis_people::areas::all(c).await?;
    let answer = store::find(c, idea.id).await?;
    let show = Show {
        preview: preview::checked(&p, idea, &f, &comments)?,
        audience: store::audience(c, idea, ctx.now()).await?,
        unconfirmed: store::waits_for_address(c, idea).await?,
        old: answer.is_some(),
        answer: answer.map(|a| a.id.to_string()).unwrap_or_default(),
        late: ctx.today() > due,
        due: if idea.origin == "import" { String::new() } else { p.day(&due) },
        area: crate::desk::line::area_name(&p, &areas, idea.area_id),
        p: &p,
        place,
        f: &f,
        comments: &comments,
        idea,
        before,
        after,
        other: other(ctx, idea).await?,
        draft: shown.draft,
        saved: shown.saved,
        who: signers::shown(&f, signers::team(ctx).await?),
        readers: reread::readers(ctx, idea).await?,
        place_of,
    };
    html_with(shown.status, &show)
}

/// Whose the other version of the draft is, and its text.
async fn other(ctx: &Ctx, idea: &Contribution) -> Result<Option<(String, SafeHtml)>> {
    let Some(draft) = parked::other(ctx.app.db.read(), idea.id).await? else { return Ok(None) };
    let text = draft.form(idea.version)?.text("texte");
    Ok(Some((told(ctx, &draft, "desk-answer-other").await?, Page::new(ctx, "").markdown(&bold_start(&text)))))
}

/// The day of the next step that a form gives.
///
/// # Errors
/// When what is typed is no day between 2000 and 2100.
pub(super) fn next_day(f: &Form) -> std::result::Result<Option<NaiveDate>, ()> {
    let typed = f.text("quand");
    if is_blank(&typed) {
        return Ok(None);
    }
    let day: NaiveDate = typed.parse().map_err(|_| ())?;
    if (2000..=2100).contains(&day.year()) { Ok(Some(day)) } else { Err(()) }
}

/// The field that agrees to a day that is past, with that day as its value: changed, it is asked about again.
pub(crate) const PAST: &str = "quand-passe";

/// The day of the next step, where it is past.
pub(crate) fn past(ctx: &Ctx, f: &Form) -> Option<NaiveDate> {
    next_day(f).ok().flatten().filter(|day| *day < ctx.today())
}

pub(super) fn chosen(f: &Form) -> Option<Status> {
    Status::parse(f.get("statut")).filter(|s| DECISIONS.contains(s))
}

fn status_of(f: &Form) -> Status {
    chosen(f).unwrap_or(Status::Answered)
}

/// The preview: a fragment for the script, the whole page without it. Permission: moderate, in the idea's project.
pub async fn preview(ctx: Ctx, Path(number): Path<i64>, headers: HeaderMap, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = idea_of(&ctx, number).await?;
    signers::settle(&ctx, &mut f).await?;
    let saved = keep(&ctx, idea.id, &f).await?;
    if headers.contains_key("x-parvis-fragment") {
        let p = Page::new(&ctx, "");
        let comments = preview::recalled(&ctx, &idea).await?;
        return html(&Fragment { html: preview::checked(&p, &idea, &f, &comments)?, saved });
    }
    render(&ctx, &idea, f, Shown { saved, ..Shown::default() }).await
}

/// Keeps the draft, and says so. One that is longer than an answer may be is kept too: it will be shortened.
async fn keep(ctx: &Ctx, idea: Uuid, f: &Form) -> Result<String> {
    let (moment, writing) = (ctx.moment.clone(), writing(ctx, idea, f));
    let kept = ctx.app.db.write(move |tx| {
        let (moment, writing) = (moment.clone(), writing.clone());
        Box::pin(async move { drafts::keep(tx, &moment, &writing).await })
    });
    say_kept(ctx, kept.await?).await
}

/// What is written in a form, by whom, and after whose draft.
pub(super) fn writing(ctx: &Ctx, idea: Uuid, f: &Form) -> drafts::Writing {
    drafts::Writing {
        contribution: idea,
        answer: f.get("avant").parse().ok(),
        actor: ctx.actor.person(),
        after: f.get("reprend").parse().ok(),
        fields: drafts::fields(f),
    }
}

/// What became of what is written, in words; none where nothing is.
pub(super) async fn say_kept(ctx: &Ctx, kept: Kept) -> Result<String> {
    let p = Page::new(ctx, "");
    Ok(match kept {
        Kept::Draft => p.t1("desk-answer-saved", "time", p.time(&ctx.now())),
        Kept::Nothing => String::new(),
        Kept::Theirs(colleague) => {
            let name = persons::find(ctx.app.db.read(), colleague).await?.map(|p| p.name).unwrap_or_default();
            p.t1("desk-answer-theirs", "name", name)
        }
    })
}

/// A piece of a page, for the script.
#[derive(Template)]
#[template(
    source = "{{ html }}{% if !saved.is_empty() %}<p class=\"xs muted\">{{ saved }}</p>{% endif %}",
    ext = "html"
)]
pub(crate) struct Fragment {
    pub html: SafeHtml,
    /// That what is written was kept, where it is.
    pub saved: String,
}

pub(crate) fn read(ctx: &Ctx, number: i64, f: &mut Form) -> Option<NewAnswer> {
    let words = |key: &str, n: usize| ctx.app.words.with(ctx.lang, key, &[("n", &n)]);
    let body = f.text("texte");
    if is_blank(&body) {
        f.fail("texte", ctx.t("desk-answer-error-text"));
    } else if body.chars().count() > MAX_TEXT {
        f.fail("texte", words("desk-answer-error-long", MAX_TEXT));
    }
    if !DECISIONS.iter().any(|s| f.is("statut", s.code())) {
        f.fail("statut", ctx.t("desk-answer-error-decision"));
    }
    if is_blank(&f.text("signataire")) {
        f.fail("signataire", ctx.t("desk-answer-error-signer"));
    }
    if next_day(f).is_err() {
        f.fail("quand", ctx.t("desk-answer-error-day"));
    }
    if let Some(day) = past(ctx, f).filter(|day| !f.is(PAST, &day.to_string())) {
        let day = Page::new(ctx, "").day(&day);
        f.fail("quand", ctx.app.words.with(ctx.lang, "desk-answer-error-past", &[("day", &day)]));
    }
    for field in ["decision", "cout", "suite", "signataire", "fonction"] {
        if f.text(field).chars().count() > MAX_LINE {
            f.fail(field, words("desk-answer-error-long", MAX_LINE));
        }
    }
    let version = f.get("version").parse().ok();
    if !f.is_valid() {
        return None;
    }
    let status = status_of(f);
    let line = |name: &str| f.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let decision = line("decision");
    Some(NewAnswer {
        number,
        version: version.unwrap_or(0),
        status,
        decision: if is_blank(&decision) { status.words(ctx) } else { decision },
        body,
        cost: line("cout"),
        next: line("suite"),
        next_on: next_day(f).ok().flatten(),
        funding: Funding::parse(f.get("financement")),
        signer: line("signataire"),
        office: line("fonction"),
    })
}

/// Publishes the answer and tells those who follow. Permission: moderate, in the idea's project.
pub async fn publish(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = idea_of(&ctx, number).await?;
    signers::settle(&ctx, &mut f).await?;
    let Some(answer) = read(&ctx, number, &mut f) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return render(&ctx, &idea, f, Shown { status, ..Shown::default() }).await;
    };
    let asked = conflict::Asked {
        item: &idea,
        version: answer.version,
        possible: moderation::possible(State::of(&idea), Action::Answer).is_ok(),
        form: &f,
    };
    // The same form sent twice is published once, whoever holds the idea.
    if !store::is_published(ctx.app.db.read(), &idea, &answer, ctx.person()?).await?
        && let Some(told) = conflict::check(&ctx, asked).await?
    {
        return Ok(told);
    }
    match write(&ctx, answer.clone()).await {
        // The same form sent twice at once: the second finds its own words published.
        Err(Error::Refused(Refusal::CHANGED_MEANWHILE)) => write(&ctx, answer).await?,
        outcome => outcome?,
    }
    let to = place::keeping(&urls::Handle { number }.to_string(), &query(&ctx));
    Ok(redirect(with_param(&to, "fait", "reponse")))
}

async fn write(ctx: &Ctx, answer: NewAnswer) -> Result<()> {
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, answer) = (ctx2.clone(), answer.clone());
            Box::pin(async move { store::publish(tx, By::of(&ctx), &answer).await.map(|_| ()) })
        })
        .await
}

/// Takes the answer back and opens it again to be changed. Permission: moderate, in the idea's project.
pub async fn undo(ctx: Ctx, Path(number): Path<i64>, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = ideas::store::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Moderate, Some(idea.project_id))?;
    let Ok(id) = f.get("reponse").parse() else { return Err(Error::BadRequest("no answer")) };
    let to = urls::AnswerForm { number }.to_string();
    // Undone already, by a second press of the button or by somebody else.
    if store::find(ctx.app.db.read(), idea.id).await?.is_none_or(|a| a.id != id) {
        return Ok(redirect(to));
    }
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = ctx2.clone();
            Box::pin(async move { store::undo(tx, By::of(&ctx), number, id).await })
        })
        .await?;
    Ok(redirect(with_param(&to, "fait", "reponse-annulee")))
}
