//! Ideas for programs.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Operation, Param, Query},
    api_type,
};
use serde_json::json;

use super::{AreaRef, Author, Frame, Gathered, IDEAS, Point, StatusCode, number, number_schema, word_schema};
use crate::entry;
use crate::ideas::{Status, keyset, list::Filter, store};

api_type! {
    /// An idea that is online.
    Idea {
        /// Public number, the same forever.
        number: i64,
        /// Address of its page.
        url: String,
        /// The part of its project's address.
        project: String,
        /// Title, or its first words.
        title: String,
        /// Text as written; addresses and telephone numbers are masked.
        text: String,
        /// BCP 47 language it was written in.
        lang: String,
        /// Theme, as a word.
        theme: Option<String>,
        /// Area of the town.
        area: Option<AreaRef>,
        /// Street or place, as written.
        place: Option<String>,
        /// Where it stands on the map.
        point: Option<Point>,
        /// Who wrote it.
        author: Author,
        /// Where it stands.
        status: StatusCode,
        /// When it was written.
        created_at: DateTime<Utc>,
        /// When it went online.
        published_at: Option<DateTime<Utc>>,
        /// When it was officially answered.
        answered_at: Option<DateTime<Utc>>,
        /// How it came: `web`, `stand`, `paper`, `phone`, `import`.
        origin: String,
        /// Where and when the team gathered it; null for what its author posted.
        gathered: Option<Gathered>,
        /// Supports that count.
        supports: i64,
        /// Supports that the team gathered, counted apart.
        gathered_supports: i64,
        /// Oppositions that count; null where the project takes none.
        opposes: Option<i64>,
        /// Comments online.
        comments: i64,
    }
}

pub(super) fn says_all() -> Operation {
    let orders = keyset::ORDERS.map(|(code, _)| code);
    let statuses = Status::PUBLIC.map(Status::code);
    Operation::read::<api::Listed<Idea>>("listIdeas", IDEAS, "Ideas online, with the filters of the page.")
        .with([
            Param::query("project", word_schema(), "Only those of a project, by the part of its address."),
            Param::query("theme", word_schema(), "Only those of a theme, as a word."),
            Param::query("area", json!({ "type": "string", "format": "uuid" }), "Only those of an area, by its key."),
            Param::query("status", json!({ "type": "string", "enum": statuses }), "Only those with a status."),
            Param::query("answered", json!({ "type": "boolean" }), "`true`: only those officially answered."),
            Param::query("q", word_schema(), "Words to find."),
            Param::query(
                "sort",
                json!({ "type": "string", "enum": orders, "default": orders[0] }),
                "Newest, most supported or most commented first.",
            ),
        ])
        .with(Param::paging())
}

/// Ideas of all projects anybody finds. Public.
///
/// # Errors
/// `BadRequest`, `NotFound` for a project that is not public, `cursor_unknown`, or when the database refuses.
pub(super) async fn all(ctx: Ctx) -> Result<Response> {
    let query = Query::read(&ctx, &says_all())?;
    let frame = Frame::read(&ctx).await?;
    let order = keyset::order(query.get("sort"));
    let filter = Filter {
        projects: frame.named(query.get("project"))?,
        tags: query.get("theme").map(str::to_owned).into_iter().collect(),
        area: query.key("area"),
        status: query.get("status").and_then(Status::parse),
        answered: query.get("answered") == Some("true"),
        search: query.get("q").unwrap_or_default().to_owned(),
        lang: ctx.settings.lang.code(),
    };
    let after = query.after(order.0)?;
    let page = keyset::page(ctx.app.db.read(), &filter, order, after.as_ref(), query.limit()).await?;
    let ids: Vec<_> = page.data.iter().map(|c| c.id).collect();
    let told = entry::gathered::told(ctx.app.db.read(), &ids, ctx.now()).await?;
    api::json(&page.map(|c| frame.idea(&ctx, c, &told)))
}

pub(super) fn says_one() -> Operation {
    Operation::read::<Idea>("getIdea", IDEAS, "One idea.").with([Param::path(
        "number",
        number_schema(),
        "Its public number.",
    )])
}

/// One idea. Public.
///
/// # Errors
/// `NotFound` for what is no idea, not online, or in a project that is not public.
pub(super) async fn one(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    Query::read(&ctx, &says_one())?;
    let c = store::by_number(ctx.app.db.read(), number(&text)?).await?;
    let frame = Frame::read(&ctx).await?;
    if c.kind != "idea" || !c.visible || frame.project(c.project_id).is_none() {
        return Err(Error::NotFound);
    }
    let told = entry::gathered::told(ctx.app.db.read(), &[c.id], ctx.now()).await?;
    api::json(&frame.idea(&ctx, c, &told))
}
