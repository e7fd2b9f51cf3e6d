//! The set-up: five steps, each of which can be passed.

mod account;
mod commune;
mod first;
mod look;
mod question;
pub mod store;

use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use parvis_kernel::{
    Ctx, Result, locale,
    permission::Access,
    routes::Routes,
    settings::{Kind, Settings},
};
use parvis_ui::{Page, html};

use crate::{colour, settings::languages::own_name, urls};

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Language.
    Language,
    /// Campaign or town hall.
    Kind,
    /// The commune.
    Commune,
    /// Name and colour.
    Look,
    /// The first person.
    Account,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Language, Self::Kind, Self::Commune, Self::Look, Self::Account];

    /// Stable code, kept in the database while the set-up lasts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Kind => "kind",
            Self::Commune => "commune",
            Self::Look => "look",
            Self::Account => "account",
        }
    }

    /// Its address.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Language => urls::SetUp::ROUTE,
            Self::Kind => urls::SetUpKind::ROUTE,
            Self::Commune => urls::SetUpCommune::ROUTE,
            Self::Look => urls::SetUpLook::ROUTE,
            Self::Account => urls::SetUpAccount::ROUTE,
        }
    }

    /// Where passing it leads.
    #[must_use]
    pub const fn next(self) -> &'static str {
        match self {
            Self::Language => urls::SetUpKind::ROUTE,
            Self::Kind => urls::SetUpCommune::ROUTE,
            Self::Commune => urls::SetUpLook::ROUTE,
            Self::Look => urls::SetUpAccount::ROUTE,
            Self::Account => urls::SetUpLater::ROUTE,
        }
    }

    /// Its place, from 1.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Language => 1,
            Self::Kind => 2,
            Self::Commune => 3,
            Self::Look => 4,
            Self::Account => 5,
        }
    }
}

/// The routes of the set-up.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::SetUp::ROUTE, Access::SetUp, first::language)
        .post(urls::SetUp::ROUTE, Access::SetUp, first::keep_language)
        .get(urls::SetUpKind::ROUTE, Access::SetUp, first::kind)
        .post(urls::SetUpKind::ROUTE, Access::SetUp, first::keep_kind)
        .get(urls::SetUpCommune::ROUTE, Access::SetUp, commune::show)
        .post(urls::SetUpCommune::ROUTE, Access::SetUp, commune::keep)
        .get(urls::SetUpLook::ROUTE, Access::SetUp, look::show)
        .post(urls::SetUpLook::ROUTE, Access::SetUp, look::keep)
        .post(urls::SetUpPreview::ROUTE, Access::SetUp, look::preview)
        .get(urls::SetUpCss::ROUTE, Access::SetUp, colour::css)
        .get(urls::SetUpAccount::ROUTE, Access::SetUp, account::show)
        .post(urls::SetUpAccount::ROUTE, Access::SetUp, account::keep)
        .get(urls::SetUpLater::ROUTE, Access::SetUp, later)
}

/// A line of the list of steps.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: &'static str,
    /// Whether it was answered.
    pub done: bool,
    /// Whether it is the one shown.
    pub here: bool,
    /// What was answered, or what happens without an answer.
    pub words: String,
}

/// The frame of a step.
#[derive(Debug)]
pub struct Wizard {
    /// The page.
    pub page: Page,
    /// The step shown.
    pub step: Step,
    /// All steps.
    pub lines: Vec<Line>,
}

impl Wizard {
    /// The frame of a step, with what was answered so far.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn at(ctx: &Ctx, step: Step) -> Result<Self> {
        let done = store::done(ctx.app.db.read()).await?;
        let label = ctx.t(&format!("setup-step-{}", step.code()));
        let words = &ctx.app.words;
        let title = words.with(ctx.lang, "setup-title-of", &[("n", &step.number()), ("step", &label)]);
        let lines = Step::ALL.into_iter().map(|s| line(ctx, s, step, &done)).collect();
        Ok(Self { page: Page::new(ctx, title).private(), step, lines })
    }

    /// The place of the step, from 1.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.step.number()
    }

    /// Where passing the step leads.
    #[must_use]
    pub const fn next(&self) -> &'static str {
        self.step.next()
    }
}

fn line(ctx: &Ctx, s: Step, here: Step, done: &BTreeSet<String>) -> Line {
    let answered = done.contains(s.code());
    let words = if s == here {
        ctx.t("setup-here")
    } else if answered {
        answer(ctx, &ctx.settings, s)
    } else {
        ctx.t(&format!("setup-else-{}", s.code()))
    };
    Line { label: ctx.t(&format!("setup-step-{}", s.code())), href: s.href(), done: answered, here: s == here, words }
}

/// What was answered at a step, in few words.
fn answer(ctx: &Ctx, s: &Settings, step: Step) -> String {
    match step {
        Step::Language => own_name(s.lang).to_owned(),
        Step::Kind if s.kind == Kind::TownHall => ctx.t("setup-town-hall"),
        Step::Kind => ctx.t("setup-campaign"),
        Step::Commune if s.commune.population > 0 => {
            let n = locale::integer(ctx.lang, s.commune.population);
            ctx.app.words.with(ctx.lang, "setup-commune-of", &[("name", &s.commune.name), ("n", &n)])
        }
        Step::Commune => s.commune.name.clone(),
        Step::Look => s.name.clone(),
        Step::Account => String::new(),
    }
}

#[derive(Template)]
#[template(path = "setup/later.html")]
struct Later<'a> {
    p: &'a Page,
    w: &'a Wizard,
}

/// Everything was passed: what that means, and how to come back. The set-up stays open. Whoever holds its link.
async fn later(ctx: Ctx) -> Result<Response> {
    let mut w = Wizard::at(&ctx, Step::Account).await?;
    w.page.title = ctx.t("setup-later-title");
    html(&Later { p: &w.page, w: &w })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_every_step_walks_the_whole_way() {
        let mut at = Step::ALL[0].href();
        for step in Step::ALL {
            assert_eq!(at, step.href());
            at = step.next();
        }
        assert_eq!(at, urls::SetUpLater::ROUTE);
        assert_eq!(Step::ALL.map(Step::number), [1, 2, 3, 4, 5]);
    }
}
