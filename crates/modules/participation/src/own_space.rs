//! What a person sees of participation in their own space: ideas with their state, supports, what is followed.

use std::collections::HashSet;

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    db::{self, Tx},
    form::Form,
    permission::Actor,
};
use parvis_people::{consents, sessions};
use parvis_ui::{Page, SafeHtml, redirect};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    comments::{self, own::Own},
    follows::{
        self, Rhythm,
        consultation::{self, Followed},
        digest,
    },
    ideas::{
        Contribution, Status,
        answers::first_sentence,
        store::{COLUMNS, PUBLIC},
        thanks::promised,
        title_of,
    },
    moderation::appeals,
    seen::with_param,
};

/// Lines of each part: older ones are found on the lists.
const MOST: i64 = 100;

/// An own idea with what became of it.
struct Mine {
    c: Contribution,
    answer: String,
    answered_on: Option<DateTime<Utc>>,
}

impl Mine {
    fn awaited(&self) -> bool {
        appeals::is_awaited(&self.c)
    }
}

#[derive(FromQueryResult)]
struct AnswerRow {
    contribution_id: Uuid,
    body: String,
    published_at: DateTime<Utc>,
}

/// An idea supported or followed.
#[derive(FromQueryResult)]
struct Line {
    id: Uuid,
    number: i64,
    kind: String,
    idea_number: Option<i64>,
    title: String,
    body: String,
    status: String,
    supports: i64,
    author_id: Option<Uuid>,
    rhythm: String,
}

impl Line {
    fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }

    fn url(&self) -> String {
        self.idea_number.map_or_else(|| format!("/idees/{}", self.number), |n| format!("/idees/{n}#c{}", self.number))
    }

    fn status(&self, p: &Page) -> String {
        Status::parse(&self.status).unwrap_or(Status::Proposed).words(&p.ctx)
    }

    fn is_comment(&self) -> bool {
        self.kind == "comment"
    }
}

/// An answer that came since the last visit.
#[derive(FromQueryResult)]
struct News {
    number: i64,
    title: String,
    body: String,
    author_id: Option<Uuid>,
}

impl News {
    fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }
}

/// Answers to own and followed ideas since a moment, newest first; the lists below hold the rest.
async fn news(ctx: &Ctx, person: Uuid, since: DateTime<Utc>) -> Result<Vec<News>> {
    let sql = format!(
        "SELECT c.number, c.title, c.body, c.author_id FROM answer a JOIN contribution c ON c.id = a.contribution_id \
         WHERE a.published_at > $2 AND (c.author_id = $1 OR EXISTS (SELECT 1 FROM follow f \
         WHERE f.contribution_id = c.id AND f.person_id = $1 AND f.rhythm <> 'never')) \
         AND ({PUBLIC} OR c.author_id = $1) ORDER BY a.published_at DESC, c.number LIMIT 5"
    );
    db::all(ctx.app.db.read(), &sql, args![person, since]).await
}

#[derive(Template)]
#[template(path = "follows/own_space.html")]
struct Space<'a> {
    p: &'a Page,
    ideas: Vec<Mine>,
    comments: Vec<Own>,
    supports: Vec<Line>,
    follows: Vec<Line>,
    projects: Vec<Followed>,
    person: Uuid,
    /// When the person was here before, if answers came since.
    before: Option<DateTime<Utc>>,
    news: Vec<News>,
    /// When the next summary leaves, in words; empty when the person chose none.
    next: String,
    /// Why no mail leaves whatever is chosen, in words; empty while the accord stands.
    suspended: String,
}

impl Space<'_> {
    fn is_new(&self, m: &Mine) -> bool {
        m.answered_on.is_some_and(|at| self.before.is_some_and(|before| at > before))
    }

    fn mine(&self, line: &Line) -> bool {
        line.author_id == Some(self.person)
    }

    fn own(&self, news: &News) -> bool {
        news.author_id == Some(self.person)
    }

    fn promise(&self, m: &Mine) -> Option<String> {
        let (day, late) = promised(&self.p.ctx, &m.c)?;
        let date = self.p.day(&day);
        Some(match late {
            ..1 => self.p.t1("space-promise", "date", date),
            _ => self.p.t2("space-promise-late", "date", date, "n", late),
        })
    }

    /// Whether a line that is set to be written about is not, for want of an accord.
    fn is_suspended(&self, rhythm: &str) -> bool {
        !self.suspended.is_empty() && rhythm != Rhythm::Never.code()
    }

    fn rhythms(&self) -> [&'static str; 4] {
        Rhythm::ALL.map(Rhythm::code)
    }
}

/// The part of the own space, as HTML. For the person it belongs to.
///
/// # Errors
/// When the database refuses.
pub async fn html(ctx: &Ctx, person: Uuid) -> Result<String> {
    let page = Page::new(ctx, "");
    let before = match &ctx.actor {
        Actor::Person { session, .. } => sessions::before(&ctx.app.db, *session).await?,
        Actor::Visitor => None,
    };
    let followed = followed(ctx, person).await?;
    let projects = consultation::of_person(ctx.app.db.read(), person).await?;
    let suspended = if followed.is_empty() && projects.is_empty() { "" } else { suspended(ctx, person).await? };
    let next = followed
        .iter()
        .map(|l| &l.rhythm)
        .chain(projects.iter().map(|f| &f.rhythm))
        .filter_map(|rhythm| digest::next(Rhythm::parse(rhythm)?, ctx.now(), ctx.settings.tz()))
        .min()
        .filter(|_| suspended.is_empty())
        .map_or_else(String::new, |at| {
            let day = page.weekday(&page.local(&at));
            page.t2("space-next-letter", "date", day, "time", page.time(&at))
        });
    let space = Space {
        news: if let Some(since) = before { news(ctx, person, since).await? } else { Vec::new() },
        before,
        next,
        suspended: if suspended.is_empty() { String::new() } else { ctx.t(suspended) },
        ideas: ideas(ctx, person).await?,
        comments: comments::own::of_person(ctx.app.db.read(), person, MOST).await?,
        supports: supports(ctx, person).await?,
        follows: followed,
        projects,
        p: &page,
        person,
    };
    Ok(SafeHtml::from_template(&space).map_err(parvis_kernel::Error::other)?.as_str().to_owned())
}

/// The key of the words that say why nothing followed is mailed; empty while the accord stands.
async fn suspended(ctx: &Ctx, person: Uuid) -> Result<&'static str> {
    let db = ctx.app.db.read();
    if consents::permits(db, ctx.now(), person, follows::PURPOSE, "email").await?.is_some() {
        return Ok("");
    }
    let ledger = consents::of_person(db, person).await?;
    let last = ledger.iter().find(|c| c.purpose == follows::PURPOSE && c.channel == "email");
    let taken_back = last.is_some_and(|c| c.state == "withdrawn" || c.state == "objected");
    Ok(if taken_back { "space-suspended-withdrawn" } else { "space-suspended-none" })
}

/// Own ideas: the newest answer first, then the newest idea.
async fn ideas(ctx: &Ctx, person: Uuid) -> Result<Vec<Mine>> {
    let db = ctx.app.db.read();
    let sql = format!(
        "SELECT {COLUMNS} FROM contribution c WHERE c.author_id = $1 AND c.kind = 'idea' \
         ORDER BY coalesce(c.answered_at, c.created_at) DESC, c.id DESC LIMIT $2"
    );
    let ideas: Vec<Contribution> = db::all(db, &sql, args![person, MOST]).await?;
    let sql = "SELECT a.contribution_id, a.body, a.published_at FROM answer a JOIN contribution c ON c.id = a.contribution_id \
               WHERE c.author_id = $1";
    let answers: Vec<AnswerRow> = db::all(db, sql, args![person]).await?;
    let of = |id: Uuid| answers.iter().find(|a| a.contribution_id == id);
    Ok(ideas
        .into_iter()
        .map(|c| Mine {
            answer: of(c.id).map_or_else(String::new, |a| first_sentence(&a.body)),
            answered_on: of(c.id).map(|a| a.published_at),
            c,
        })
        .collect())
}

const LINE: &str = "SELECT c.id, c.number, c.kind, i.number AS idea_number, c.title, c.body, c.status, \
     c.supports + c.brought AS supports, c.author_id";

async fn supports(ctx: &Ctx, person: Uuid) -> Result<Vec<Line>> {
    let sql = format!(
        "{LINE}, 'never' AS rhythm FROM reaction r JOIN contribution c ON c.id = r.contribution_id \
         LEFT JOIN contribution i ON i.id = c.idea_id \
         WHERE r.holder = $1 AND r.kind = 'support' AND ({PUBLIC} OR c.author_id = $1) AND c.merged_into IS NULL ORDER BY r.created_at DESC LIMIT $2"
    );
    db::all(ctx.app.db.read(), &sql, args![person, MOST]).await
}

async fn followed(ctx: &Ctx, person: Uuid) -> Result<Vec<Line>> {
    let sql = format!(
        "{LINE}, f.rhythm FROM follow f JOIN contribution c ON c.id = f.contribution_id \
         LEFT JOIN contribution i ON i.id = c.idea_id \
         WHERE f.person_id = $1 AND ({PUBLIC} OR c.author_id = $1) AND c.merged_into IS NULL ORDER BY f.created_at DESC LIMIT $2"
    );
    db::all(ctx.app.db.read(), &sql, args![person, MOST]).await
}

/// Whether a choice asks for mails about something that was followed without any; `sql` gives what is followed so.
async fn is_asked_anew(tx: &Tx, sql: &str, person: Uuid, chosen: &[(Uuid, Rhythm)]) -> Result<bool> {
    if chosen.iter().all(|(_, rhythm)| *rhythm == Rhythm::Never) {
        return Ok(false);
    }
    let silent: HashSet<Uuid> = db::column(tx, sql, args![person, Rhythm::Never.code()]).await?.into_iter().collect();
    Ok(chosen.iter().any(|(of, rhythm)| *rhythm != Rhythm::Never && silent.contains(of)))
}

/// What the form of "Ce que je veux suivre" says.
#[derive(Debug, Clone)]
struct Choices {
    ideas: Vec<(Uuid, Rhythm)>,
    projects: Vec<(Uuid, Rhythm)>,
    /// Whether the box that gives the accord again is ticked.
    agrees: bool,
}

impl Choices {
    fn read(form: &Form) -> Self {
        let chosen = |of: &str| -> Vec<(Uuid, Rhythm)> {
            let one =
                |(name, value): &(String, String)| Some((name.strip_prefix(of)?.parse().ok()?, Rhythm::parse(value)?));
            form.pairs().iter().filter_map(one).collect()
        };
        Self { ideas: chosen("s-"), projects: chosen("p-"), agrees: form.is("accord", "1") }
    }

    /// Sets each rhythm. An accord is given by the box, or by asking for mails where there were none: another rhythm of
    /// what is followed already says nothing about an accord that was withdrawn.
    async fn set(&self, tx: &Tx, ctx: &Ctx, person: Uuid) -> Result<()> {
        let ideas = "SELECT contribution_id FROM follow WHERE person_id = $1 AND rhythm = $2";
        let of_ideas = self.agrees || is_asked_anew(tx, ideas, person, &self.ideas).await?;
        let projects = "SELECT project_id FROM project_follow WHERE person_id = $1 AND rhythm = $2";
        let of_projects =
            (self.agrees && !self.projects.is_empty()) || is_asked_anew(tx, projects, person, &self.projects).await?;
        for (idea, rhythm) in &self.ideas {
            follows::set(tx, *idea, person, *rhythm).await?;
        }
        for (project, rhythm) in &self.projects {
            consultation::set(tx, ctx.now(), *project, person, *rhythm).await?;
        }
        let wording = match (of_ideas, of_projects) {
            (true, true) => format!("{} {}", ctx.t("consent-follow"), ctx.t("consent-project")),
            (true, false) => ctx.t("consent-follow"),
            (false, true) => ctx.t("consent-project"),
            (false, false) => return Ok(()),
        };
        follows::consent(tx, &ctx.moment, person, &wording, "own_space").await
    }
}

/// Saves how often each followed thing is written about. Anybody signed in, for themselves.
///
/// # Errors
/// When the database refuses.
pub async fn save(ctx: Ctx, form: Form) -> Result<Response> {
    let person = ctx.person()?;
    let inner = (ctx.clone(), Choices::read(&form));
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, choices) = inner.clone();
            Box::pin(async move { choices.set(tx, &ctx, person).await })
        })
        .await?;
    Ok(redirect(with_param(&format!("{}#suivre", parvis_people::urls::Space {}), "fait", "suivi-enregistre")))
}
