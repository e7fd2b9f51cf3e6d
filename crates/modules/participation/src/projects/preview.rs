//! A project as somebody else reads it: a person passing by, a member, a moderator of it. Drafts too. The page is made for
//! nobody who exists: nothing that is held shows, no form of it can be sent, and nothing is granted.

use std::sync::Arc;

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    context::Request,
    permission::{Actor, Right, Role},
    settings::Settings,
    words::Lang,
};
use parvis_ui::Page;
use uuid::Uuid;

use super::{Project, pages, store};
use crate::{caches::Caches, seen, urls};

/// As whom a project is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anybody who passes by.
    Citizen,
    /// Somebody signed in, without a role.
    Member,
    /// A moderator of this project.
    Moderator,
}

impl Reader {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Citizen, Self::Member, Self::Moderator];

    /// The part of the address, and the end of the keys of words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Citizen => "public",
            Self::Member => "membre",
            Self::Moderator => "moderation",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    fn role(self, project: Uuid) -> Option<Role> {
        (self == Self::Moderator).then(|| Role::Moderator(vec![project]))
    }

    /// Whether this reader sees the project once it is online.
    #[must_use]
    pub fn sees(self, project: &Project) -> bool {
        self == Self::Moderator || project.visibility != "team"
    }
}

/// The bar above a preview.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Language of its words: that of whoever looks.
    pub lang: &'static str,
    /// As whom.
    pub title: String,
    /// What a preview is, and of what.
    pub note: String,
    /// Other previews: words and address.
    pub others: Vec<(String, String)>,
    /// The way back.
    pub back: String,
    /// Its words.
    pub back_words: String,
}

/// The facts of a request of somebody who does not exist. Its form token opens nothing.
fn as_reader(ctx: &Ctx, reader: Reader, project: &Project, lang: Lang) -> Ctx {
    let nobody = ctx.moment.id();
    let actor = match reader {
        Reader::Citizen => Actor::Visitor,
        _ => Actor::Person {
            id: nobody,
            name: ctx.t(&format!("preview-name-{}", reader.code())),
            session: ctx.moment.id(),
            role: reader.role(project.id),
        },
    };
    Ctx(Arc::new(Request {
        app: ctx.app.clone(),
        // One language: the bar changes it.
        settings: Arc::new(Settings { languages: vec![lang], ..Settings::clone(&ctx.settings) }),
        actor,
        visitor: nobody,
        lang,
        moment: ctx.moment.clone(),
        id: ctx.id.clone(),
        uri: urls::Project { slug: project.slug.clone() }.to_string(),
        address: ctx.address.clone(),
        shortcuts: false,
    }))
}

fn address(project: &Project, reader: Reader, lang: Lang) -> String {
    let to = urls::DeskProjectPreview { slug: project.slug.clone(), reader: reader.code().to_owned() }.to_string();
    seen::with_param(&to, "langue", lang.code())
}

fn bar(ctx: &Ctx, reader: Reader, project: &Project, lang: Lang) -> Bar {
    let readers = Reader::ALL.into_iter().filter(|r| *r != reader);
    let others = readers.map(|r| (ctx.t(&format!("preview-as-{}", r.code())), address(project, r, lang)));
    let inert = ctx.t("preview-inert");
    let langs = ctx.settings.languages.iter().filter(|l| **l != lang);
    let langs = langs.map(|l| (super::texts::own_name(*l).to_owned(), address(project, reader, *l)));
    Bar {
        lang: ctx.lang.code(),
        title: ctx.t(&format!("preview-bar-{}", reader.code())),
        note: if project.state == "draft" { format!("{} {inert}", ctx.t("preview-draft")) } else { inert },
        others: others.chain(langs).collect(),
        back: urls::DeskProject { slug: project.slug.clone() }.to_string(),
        back_words: ctx.t("preview-back"),
    }
}

#[derive(Template)]
#[template(path = "projects/hidden.html")]
struct Hidden<'a> {
    p: &'a Page,
    bar: Bar,
}

/// A project as this reader sees it. Permission: read, in the project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, caches: Arc<Caches>, Path((slug, reader)): Path<(String, String)>) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let reader = Reader::parse(&reader).ok_or(Error::NotFound)?;
    let mut project = store::by_slug(ctx.app.db.read(), &slug).await?;
    ctx.require(Right::Read, Some(project.id))?;
    let asked = Lang::parse(seen::query(&ctx).get("langue")).filter(|l| ctx.settings.languages.contains(l));
    let lang = asked.unwrap_or(ctx.lang);
    let bar = bar(&ctx, reader, &project, lang);
    let theirs = as_reader(&ctx, reader, &project, lang);
    if !reader.sees(&project) {
        let page = Page::new(&theirs, theirs.t("preview-hidden")).private();
        return parvis_ui::html(&Hidden { p: &page, bar });
    }
    if project.state == "draft" {
        // As on the day it goes online.
        project.state = "published".into();
    }
    let seen = seen::localised(&theirs, project).await?;
    pages::render(&theirs, &caches, seen, Some(bar)).await
}
