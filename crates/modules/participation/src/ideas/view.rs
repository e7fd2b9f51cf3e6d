//! One idea: its text, the official answer, where it stands, its comments, and what one can do with it.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Error, Refusal, Result, form::Form, permission::Right, url};
use parvis_ui::{Page, SafeHtml, redirect};
use uuid::Uuid;

use super::{
    Contribution, Status,
    cards::{self, Button},
    map, near, own, store, taken_back,
    thanks::promise,
};
use crate::{
    answers::{self, Answer, terms::Terms},
    caches::Caches,
    comments::{self, Thread},
    desk::merge,
    entry, follows, moderation,
    projects::Act,
    reactions::{self, Reaction},
    screening,
    seen::{self, Seen, with_param},
    urls,
};

/// A step of "Où en est-on ?".
struct Step {
    words: String,
    when: String,
    done: bool,
}

/// Another idea worth reading.
struct Related {
    heading: String,
    url: String,
    supports: i64,
}

#[derive(Template)]
#[template(path = "ideas/view.html")]
struct View<'a> {
    p: &'a Page,
    seen: &'a Seen,
    c: &'a Contribution,
    badge: (&'static str, &'static str, String),
    area: String,
    answer: Option<&'a Answer>,
    answer_days: i64,
    steps: Vec<Step>,
    support: Button,
    oppose: Option<Button>,
    when: String,
    follows: bool,
    unconfirmed: i64,
    related: Vec<Related>,
    map: SafeHtml,
    thread: Thread,
    united: Vec<Contribution>,
    /// How the team gathered it, in plain words; empty when its author posted it.
    gathered: String,
    /// Supports that the team gathered.
    told: i64,
    /// The reader's own comments that wait, or that the team refused or hid.
    decided: Vec<Contribution>,
    mine: bool,
    /// Whether the team published the reader's own text without its numbers and addresses.
    masked: bool,
    may_change: bool,
    waits: bool,
    moderates: bool,
    clear: bool,
    f: &'a Form,
}

impl View<'_> {
    fn heading(&self) -> String {
        self.c.heading()
    }

    /// What keeps the key of a secret link in an address of this page; nothing for a public project.
    fn key(&self) -> String {
        self.seen.link("")
    }

    fn withdraw_url(&self) -> String {
        self.seen.link(urls::Withdraw { number: self.c.number })
    }

    fn follow_url(&self) -> String {
        self.seen.link(urls::Follow { number: self.c.number })
    }

    fn comment_url(&self) -> String {
        self.seen.link(urls::Comment { number: self.c.number })
    }

    fn report_url(&self) -> String {
        self.seen.link(urls::Report { number: self.c.number })
    }

    fn url(&self) -> String {
        self.seen.link(urls::Idea { number: self.c.number })
    }

    /// The address as others can open it.
    fn address(&self) -> String {
        format!("{}{}", self.p.ctx.app.base_url(&self.p.ctx.settings), self.url())
    }

    /// Opens the reader's mail program with the title and the address in a new mail.
    fn mailto(&self) -> String {
        let (title, address) = (self.heading(), self.address());
        format!("mailto:?subject={}&body={}", url::encode(&title), url::encode(&format!("{title}\n{address}\n")))
    }

    fn is_awaited(&self, c: &Contribution) -> bool {
        moderation::appeals::is_awaited(c)
    }

    /// Whether a comment waits to be read before it is shown.
    fn waits_too(&self, c: &Contribution) -> bool {
        comments::own::waits(c)
    }

    /// Where the reader takes back a comment of theirs.
    fn withdraw_url_of(&self, c: &Contribution) -> String {
        self.seen.link(urls::Withdraw { number: c.number })
    }

    fn answer_html(&self, a: &Answer) -> SafeHtml {
        self.p.markdown(&a.with_bold_start())
    }

    fn terms(&self, a: &Answer) -> Vec<(&'static str, String)> {
        let decision = Status::read_again(&self.p.ctx, &a.decision);
        Terms { decision: &decision, ..Terms::of(a) }.lines(|key| self.p.t(key), |day| self.p.day(&day))
    }
}

#[derive(Template)]
#[template(path = "ideas/gone.html")]
struct Gone<'a> {
    p: &'a Page,
    c: &'a Contribution,
    answer: Option<&'a Answer>,
    erased: bool,
    mine: bool,
    back: String,
}

impl Gone<'_> {
    fn is_decided(&self) -> bool {
        moderation::appeals::is_decided(self.c)
    }

    fn is_awaited(&self) -> bool {
        moderation::appeals::is_awaited(self.c)
    }
}

/// One idea. For whoever may see its project; before publication, for whoever wrote it and the team.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, caches: Arc<Caches>, Path(number): Path<i64>) -> Result<Response> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let seen = match seen::by_id(&ctx, c.project_id).await {
        Err(Error::NotFound) => return taken_back::page(&ctx, &c).await,
        seen => seen?,
    };
    if let Some(idea) = c.idea_id {
        let idea = store::find(ctx.app.db.read(), idea).await?;
        let mut to = seen.link(urls::Idea { number: idea.number });
        // What was done with it is said there.
        let done = seen::query(&ctx).get("fait").to_owned();
        if !done.is_empty() {
            to = with_param(&to, "fait", &done);
        }
        return Ok(redirect(format!("{to}#c{number}")));
    }
    // Its text stands on the page of the idea it was united with.
    if let Some(kept) = merge::store::kept_of(ctx.app.db.read(), &c).await? {
        return Ok(redirect(seen.link(format!("{}#n{number}", urls::Idea { number: kept.number }))));
    }
    page(&ctx, &caches, &c, &seen, &Form::new(), StatusCode::OK).await
}

/// The page again with a form to correct.
///
/// # Errors
/// As [`show`].
pub async fn with_error(ctx: &Ctx, c: &Contribution, seen: &Seen, form: Form) -> Result<Response> {
    page(ctx, &Caches::default(), c, seen, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The page of an idea, or of what is left of it.
///
/// # Errors
/// As [`show`].
pub async fn page(
    ctx: &Ctx,
    caches: &Caches,
    c: &Contribution,
    seen: &Seen,
    form: &Form,
    status: StatusCode,
) -> Result<Response> {
    let mine = own::is_mine(ctx, c);
    let team = ctx.may(Right::Read, Some(c.project_id));
    if is_gone(c, mine || team)? {
        return gone(ctx, c, seen, mine).await;
    }
    let db = ctx.app.db.read();
    let answer = answers::store::find(db, c.id).await?;
    let shapes = map::shapes(ctx, caches).await?;
    let names: HashMap<String, String> = shapes.iter().map(|s| (s.id.clone(), s.name.clone())).collect();
    let area = |id: Option<Uuid>| id.and_then(|id| names.get(&id.to_string())).cloned().unwrap_or_default();
    let thread = comments::thread(ctx, seen, c, form, &area).await?;
    let held = reactions::held(db, ctx.holder(), &thread.keys(c.id)).await?;
    let thread = thread.with_buttons(ctx, seen, &held);
    let here = seen.link(urls::Idea { number: c.number });
    let page = frame(ctx, seen, c).with(form);
    let told = entry::gathered::told(db, &[c.id], ctx.now()).await?.remove(&c.id).unwrap_or_default();
    let view = View {
        badge: cards::badge(ctx, c.status()),
        area: area(c.area_id),
        answer_days: answer
            .as_ref()
            .map_or(0, |a| (page.local(&a.published_at) - page.local(&c.created_at)).num_days()),
        steps: steps(&page, c, answer.as_ref(), &store::history(db, c.id).await?),
        support: Button::new(ctx, seen, c, &held, here.clone()),
        oppose: seen.may(ctx, Act::Oppose).is_ok().then(|| oppose(seen, c, &held, here)),
        when: seen.when(ctx, Act::Support),
        follows: follows::is_following(ctx, c.id).await?,
        unconfirmed: reactions::unconfirmed_of(ctx).await?,
        related: related(ctx, caches, c, seen).await?,
        map: if c.lon.is_some() { map::one(c, &shapes, &ctx.t("map-title-one")) } else { SafeHtml::default() },
        thread,
        gathered: gathered(&page, &told),
        told: told.supports,
        united: merge::store::united_with(db, c.id).await?,
        decided: moderation::appeals::own_comments(ctx, c.id).await?,
        masked: mine && screening::contact::masked_at(db, c.id).await?.is_some(),
        mine,
        may_change: own::may_change(c),
        waits: !c.visible,
        moderates: team,
        clear: seen::query(ctx).get("fait").starts_with("sout"),
        answer: answer.as_ref(),
        p: &page,
        seen,
        c,
        f: form,
    };
    parvis_ui::html_with(status, &view)
}

/// Whether only what is left of an idea is shown. `theirs`: to whoever wrote it, or the team.
///
/// # Errors
/// `NotFound` for what this reader may not know of.
fn is_gone(c: &Contribution, theirs: bool) -> Result<bool> {
    let left = c.withdrawn || c.hidden;
    let known = c.visible || theirs || (left && c.published_at.is_some());
    if known { Ok(left && !c.visible) } else { Err(Error::NotFound) }
}

fn frame(ctx: &Ctx, seen: &Seen, c: &Contribution) -> Page {
    let number = ctx.app.words.with(ctx.lang, "idea-number", &[("n", &c.number)]);
    let mut page = Page::new(ctx, c.heading())
        .described(c.excerpt())
        .crumb(ctx.t("home-crumb"), urls::Home {})
        .crumb_in(
            seen.title_lang(),
            seen.project.title.clone(),
            seen.link(urls::Project { slug: seen.project.slug.clone() }),
        )
        .crumb(number, "");
    page.private = !seen.project.is_public() || !c.visible;
    page.image = urls::IdeaCard { number: c.number }.to_string();
    page
}

fn oppose(seen: &Seen, c: &Contribution, held: &[(Uuid, Reaction)], back: String) -> Button {
    Button {
        action: seen.link(urls::Oppose { number: c.number }),
        number: c.number,
        count: c.opposes,
        pressed: held.contains(&(c.id, Reaction::Oppose)),
        refused: None::<Refusal>,
        back,
    }
}

/// How the team gathered an idea, and on which day.
fn gathered(page: &Page, told: &entry::Told) -> String {
    let how = told.words(&page.ctx.app.words, page.ctx.lang);
    let day = told.idea.as_ref().map_or_else(String::new, |(_, _, day)| page.day(day));
    if how.is_empty() { how } else { page.t2("entry-told-day", "how", how, "day", day) }
}

/// What happened, then what comes next if it is known.
fn steps(page: &Page, c: &Contribution, answer: Option<&Answer>, history: &[store::StatusChange]) -> Vec<Step> {
    let step = |words: String, at: &DateTime<Utc>| Step { words, when: page.date(at), done: true };
    let mut steps = vec![step(page.t("step-posted"), &c.created_at)];
    for change in history.iter().filter(|h| h.status != Status::Prescreening.code()) {
        if let Some(status) = Status::parse(&change.status) {
            let words = if status == Status::Proposed { page.t("step-online") } else { status.words(&page.ctx) };
            steps.push(step(words, &change.at));
        }
    }
    if let Some(a) = answer {
        steps.push(step(page.t("step-answered"), &a.published_at));
        if let Some(when) = Terms::of(a).step(|day| page.day(&day)) {
            steps.push(Step { words: page.t("step-next"), when, done: false });
        }
    } else if let Some(when) = promise(page, c) {
        steps.push(Step { words: page.t("step-answer-due"), when, done: false });
    }
    steps
}

async fn related(ctx: &Ctx, caches: &Caches, c: &Contribution, seen: &Seen) -> Result<Vec<Related>> {
    let near = near::of(ctx, caches, c.project_id).await?;
    let text = format!("{}\n{}", c.title, c.body);
    let found = near::online(ctx.app.db.read(), near.related(c.number, &text)).await?;
    let one = |o: near::Other| Related {
        url: seen.link(urls::Idea { number: o.number }),
        heading: o.heading(),
        supports: o.supports,
    };
    Ok(found.into_iter().map(one).collect())
}

/// An idea that was taken back or hidden: the page says so, without its words. The answer stays, unless reports alone hide
/// the idea: it may repeat its title, and nobody has read that again yet.
async fn gone(ctx: &Ctx, c: &Contribution, seen: &Seen, mine: bool) -> Result<Response> {
    let awaited = c.hidden && c.reports > 0;
    let answer = if awaited { None } else { answers::store::find(ctx.app.db.read(), c.id).await? };
    let number = ctx.app.words.with(ctx.lang, "idea-number", &[("n", &c.number)]);
    let page = Page::new(ctx, number).private();
    let gone = Gone {
        p: &page,
        c,
        answer: answer.as_ref(),
        erased: c.body.is_empty(),
        mine,
        back: seen.link(urls::Project { slug: seen.project.slug.clone() }),
    };
    parvis_ui::html_with(StatusCode::GONE, &gone)
}
