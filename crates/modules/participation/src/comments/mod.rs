//! Comments under an idea, with one level of replies. No account is asked for.

pub mod own;

use std::sync::Arc;

use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    db::{self, Tx},
    form::Form,
    rate::{self, Limit},
    secrets::hash,
    url,
};
use parvis_people::blocks;
use parvis_ui::redirect;
use uuid::Uuid;

use crate::{
    caches::Caches,
    ideas::{
        Contribution, Status,
        cards::Button,
        post, sign,
        store::{self, New},
        view,
    },
    projects::{Act, Phase, phases},
    reactions::Reaction,
    screening,
    seen::{self, Seen, with_param},
    urls,
};

/// Comments from one browser or person.
const BY_HOLDER: Limit = Limit::per_minutes("comment", 40, 60);
/// Comments from one address: a school or a library shares one.
const BY_ADDRESS: Limit = Limit::per_minutes("comment-address", 300, 60);
/// Comments on a page, replies not counted.
const PER_PAGE: i64 = 20;

/// A comment as pages show it.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The comment.
    pub c: Contribution,
    /// Name of the writer's area.
    pub area: String,
    /// The button that supports it.
    pub useful: Option<Button>,
    /// Its replies.
    pub replies: Vec<Comment>,
    /// Whether the form that answers it is open, with an error to correct.
    pub open: bool,
}

impl Comment {
    /// Whether the team wrote it as such.
    #[must_use]
    pub fn is_team(&self) -> bool {
        !self.c.office.is_empty()
    }
}

/// The order of comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Those that most people find useful first, then the oldest.
    #[default]
    Useful,
    /// Newest first.
    Recent,
}

impl Order {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Useful, Self::Recent];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Useful => "utiles",
            Self::Recent => "recents",
        }
    }

    /// From its code; anything else is the default.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|o| o.code() == code).unwrap_or_default()
    }
}

/// The comments of a page.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Comments, in their order; replies oldest first.
    pub comments: Vec<Comment>,
    /// That order.
    pub order: Order,
    /// Where another order is asked for.
    pub sort_action: String,
    /// The key of a secret link, to send along.
    pub key: String,
    /// Why none may be written, if so.
    pub refused: Option<Refusal>,
    /// When it was or will be possible.
    pub when: String,
    /// Whether a comment may have no name.
    pub anonymous: bool,
    /// Whether it is read before it is shown.
    pub prescreening: bool,
    /// Address of the comments before, if any.
    pub before: String,
    /// Address of the comments after, if any, and how many.
    pub after: String,
    /// How many come after.
    pub left: i64,
    /// The comment answered by a form to correct, 0 for the idea itself.
    pub to: i64,
}

impl Thread {
    /// The orders: code, key of its words, whether it is this one.
    #[must_use]
    pub fn orders(&self) -> [(&'static str, String, bool); 2] {
        Order::ALL.map(|o| (o.code(), format!("comment-sort-{}", o.code()), o == self.order))
    }

    /// The keys of an idea and of all comments shown.
    #[must_use]
    pub fn keys(&self, idea: Uuid) -> Vec<Uuid> {
        let replies = self.comments.iter().flat_map(|c| c.replies.iter().map(|r| r.c.id));
        std::iter::once(idea).chain(self.comments.iter().map(|c| c.c.id)).chain(replies).collect()
    }

    /// The same with the buttons that support each comment.
    #[must_use]
    pub fn with_buttons(mut self, ctx: &Ctx, seen: &Seen, held: &[(Uuid, Reaction)]) -> Self {
        let here = seen::without(&ctx.uri, "fait");
        let here = here.split('#').next().unwrap_or_default().to_owned();
        let button = |c: &Contribution| Button::new(ctx, seen, c, held, format!("{here}#c{}", c.number));
        for comment in &mut self.comments {
            comment.useful = Some(button(&comment.c));
            for reply in &mut comment.replies {
                reply.useful = Some(button(&reply.c));
            }
        }
        self
    }
}

/// Reads the comments of a page: two queries.
///
/// # Errors
/// When the database refuses.
pub async fn thread(
    ctx: &Ctx,
    seen: &Seen,
    idea: &Contribution,
    form: &Form,
    area: &(dyn Fn(Option<Uuid>) -> String + Sync),
) -> Result<Thread> {
    let db = ctx.app.db.read();
    let n = seen::query(ctx).get("commentaires").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    // One more than shown says whether there are others.
    let order = Order::parse(seen::query(ctx).get("ordre"));
    let mut rows = store::comments(db, idea.id, order, PER_PAGE + 1, (n - 1) * PER_PAGE).await?;
    let more = rows.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let keys: Vec<Uuid> = rows.iter().map(|c| c.id).collect();
    let replies = store::replies(db, &keys).await?;
    let to = form.get("reponse_a").parse().unwrap_or(0);
    let one = |c: Contribution| Comment { area: area(c.area_id), useful: None, replies: vec![], open: false, c };
    let comments = rows
        .into_iter()
        .map(|c| Comment {
            replies: replies.iter().filter(|r| r.reply_to == Some(c.id)).cloned().map(one).collect(),
            open: c.number == to && !form.is_valid(),
            ..one(c)
        })
        .collect();
    let mut here = seen.link(urls::Idea { number: idea.number });
    if order != Order::default() {
        here = with_param(&here, "ordre", order.code());
    }
    let at = |n: i64| format!("{}#commentaires", with_param(&here, "commentaires", &n.to_string()));
    let phase = phases::current(&seen.phases, ctx.today());
    let thread = Thread {
        comments,
        order,
        sort_action: format!("{}#commentaires", urls::Idea { number: idea.number }),
        key: if seen.project.visibility == "link" { seen.project.secret.clone() } else { String::new() },
        refused: seen.may(ctx, Act::Comment).err(),
        when: seen.when(ctx, Act::Comment),
        anonymous: phase.is_some_and(|p| p.anonymous),
        prescreening: phase.is_some_and(|p| p.prescreening),
        before: if n > 1 { at(n - 1) } else { String::new() },
        after: if more { at(n + 1) } else { String::new() },
        left: 0,
        to,
    };
    let shown = i64::try_from(thread.keys(idea.id).len()).unwrap_or(0) - 1;
    Ok(Thread { left: if n == 1 { (idea.comments - shown).max(0) } else { 0 }, ..thread })
}

/// A comment, checked.
#[derive(Debug, Clone)]
struct Checked {
    idea: Contribution,
    reply_to: Option<Uuid>,
    body: String,
    name: String,
    office: String,
    author: Option<Uuid>,
    status: Status,
    /// What may make it wait.
    looked: screening::Looked,
}

/// Writes a comment or a reply. Public.
///
/// # Errors
/// `NotFound`, the refusals of [`crate::projects::may`], `too_many`.
pub async fn write(ctx: Ctx, caches: Arc<Caches>, Path(number): Path<i64>, mut form: Form) -> Result<Response> {
    let db = ctx.app.db.read();
    let idea = store::by_number(db, number).await?;
    let seen = seen::by_id(&ctx, idea.project_id).await?;
    if !idea.visible || idea.kind != "idea" {
        return Err(Error::NotFound);
    }
    seen.may(&ctx, Act::Comment)?;
    let phase: Option<&Phase> = seen.phase(&ctx);
    let (anonymous, prescreening) = (phase.is_some_and(|p| p.anonymous), phase.is_none_or(|p| p.prescreening));
    let body = post::check_text(&ctx, &mut form, "commentaire", "comment-missing");
    post::check_trap(&ctx, &mut form, "commentaire");
    let name = sign::check_name(&ctx, &mut form);
    if name.is_empty() && !anonymous {
        form.fail("prenom", ctx.t("name-missing"));
    }
    if !form.is_valid() {
        return view::page(&ctx, &caches, &idea, &seen, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if let Some(refused) = blocks::pages::refused(&ctx, false, &body).await? {
        return Ok(refused);
    }
    let office = sign::office(&ctx, seen.project.id).await?;
    let looked = screening::store::look(&ctx, seen.project.id, &body, &[&name]).await?;
    let checked = Checked {
        looked,
        reply_to: parent(&ctx, &idea, form.get("reponse_a")).await?,
        // Who writes for the team is not read again by the team.
        status: if prescreening && office.is_empty() { Status::Prescreening } else { Status::Proposed },
        author: ctx.actor.person().filter(|_| !name.is_empty()),
        body,
        name,
        office,
        idea,
    };
    let planned = checked.status;
    let inner = ctx.clone();
    let stored = ctx.app.db.write(move |tx| Box::pin(store(tx, inner.clone(), checked.clone()))).await;
    let page = |status: Status| {
        let done = if status.is_public() { "commentaire-publie" } else { "commentaire-recu" };
        url::done_at(&seen.link(urls::Idea { number }), done)
    };
    match stored {
        Ok(status) => Ok(redirect(page(status))),
        // The same words from the same hand under the same idea: a second press of the button.
        Err(e) if db::is_duplicate(&e) => Ok(redirect(page(planned))),
        Err(e) => Err(e),
    }
}

/// The comment that is answered. A reply to a reply stands under the same comment: one level only.
async fn parent(ctx: &Ctx, idea: &Contribution, number: &str) -> Result<Option<Uuid>> {
    let Ok(number) = number.parse::<i64>() else { return Ok(None) };
    let parent = store::by_number(ctx.app.db.read(), number).await?;
    if parent.idea_id != Some(idea.id) || !parent.visible {
        return Err(Error::NotFound);
    }
    Ok(Some(parent.reply_to.unwrap_or(parent.id)))
}

async fn store(tx: &Tx, ctx: Ctx, c: Checked) -> Result<Status> {
    rate::hit(tx, BY_HOLDER, &ctx.holder().to_string(), ctx.now()).await?;
    rate::hit(tx, BY_ADDRESS, &ctx.address, ctx.now()).await?;
    let holder = c.author.unwrap_or(ctx.visitor);
    let same = format!("{holder} {} {:?} {}", c.idea.id, c.reply_to, c.body);
    let whose = screening::Whose { project: c.idea.project_id, holder, address: &ctx.address };
    let why = screening::store::judge(tx, &ctx.moment, &c.looked, whose).await?;
    let status = if why.is_empty() { c.status } else { Status::Prescreening };
    let new = New {
        reply_to: c.reply_to,
        author: c.author,
        author_name: c.name,
        office: c.office,
        lang: ctx.lang.code().to_owned(),
        external_id: Some(format!("comment:{}", hash(&same))),
        ..New::comment(c.idea.project_id, c.idea.id, holder, c.body, status)
    };
    let stored = store::insert(tx, &ctx.moment, &new).await?;
    screening::store::keep(tx, &ctx.moment, stored.id, &c.looked, &why, !c.status.is_public()).await?;
    let number = stored.number.to_string();
    let entry = Entry {
        actor: c.author,
        kind: "comment.posted",
        subject_kind: "contribution",
        subject: Some(stored.id),
        project: Some(c.idea.project_id),
        detail: &number,
    };
    activity::record(tx, &ctx.moment, entry).await?;
    Ok(status)
}
