//! Fourth step: name, question and colour.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::{self, Form},
    settings::{Kind, Settings},
};
use parvis_ui::{Page, html, html_with, redirect};

use super::{Step, Wizard, question, store};
use crate::{
    colour::{self, Preview},
    urls,
};

/// Fields and the most characters each takes.
const MOST: [(&str, usize); 3] = [("name", 60), ("tagline", 80), ("question", 140)];

#[derive(Template)]
#[template(path = "setup/look.html")]
struct Show<'a> {
    p: &'a Page,
    w: &'a Wizard,
    f: &'a Form,
    v: Preview,
}

#[derive(Template)]
#[template(path = "setup/preview.html")]
struct Fragment<'a> {
    p: &'a Page,
    v: Preview,
}

/// The name to begin with: the one kept, else a town hall is called as its commune.
fn first_name(s: &Settings) -> String {
    let untouched = s.name == Settings::default().name;
    match s.kind {
        Kind::TownHall if untouched && !s.commune.name.is_empty() => s.commune.name.clone(),
        _ if untouched => String::new(),
        _ => s.name.clone(),
    }
}

/// Step four. Whoever holds the set-up link.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let s = &ctx.settings;
    let question = if s.question.is_empty() { question::proposed(&ctx.app, s) } else { s.question.clone() };
    let f = Form::of(&[
        ("name", first_name(s).as_str()),
        ("tagline", s.tagline.as_str()),
        ("question", question.as_str()),
        ("couleur", s.colour.as_str()),
    ]);
    page(&ctx, StatusCode::OK, &f).await
}

fn tried(ctx: &Ctx, f: &Form) -> Preview {
    let short = |name: &str| f.text(name).chars().take(140).collect::<String>();
    let name = Some(short("name")).filter(|n| !form::is_blank(n)).unwrap_or_else(|| ctx.settings.name.clone());
    colour::preview(ctx, urls::SetUpCss::ROUTE, &colour::picked(f), &name, &short("question"))
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let w = Wizard::at(ctx, Step::Look).await?;
    html_with(status, &Show { p: &w.page, w: &w, f, v: tried(ctx, f) })
}

/// The preview alone, for the script of the page. Whoever holds the set-up link.
pub async fn preview(ctx: Ctx, f: Form) -> Result<Response> {
    html(&Fragment { p: &Page::new(&ctx, ""), v: tried(&ctx, &f) })
}

/// Keeps name, question and colour, or shows the colour. Whoever holds the set-up link.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    let hex = colour::picked(&f);
    f.set("couleur", hex.clone());
    if !colour::is_colour(&hex) {
        f.fail("couleur", ctx.t("settings-colour-wrong"));
    }
    if f.has("essayer") {
        let status = if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return page(&ctx, status, &f).await;
    }
    for (name, most) in MOST {
        if f.get(name).chars().count() > most {
            f.fail(name, ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &most)]));
        }
    }
    for (name, key) in [("name", "settings-name-missing"), ("question", "settings-question-missing")] {
        if form::is_blank(f.get(name)) {
            f.fail(name, ctx.t(key));
        }
    }
    if !f.is_valid() {
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    }
    let line = |name: &str| f.text(name).replace(['\n', '\t'], " ");
    let (name, tagline, question) = (line("name"), line("tagline"), line("question"));
    store::save(&ctx, Step::Look, move |s| {
        s.name.clone_from(&name);
        s.tagline.clone_from(&tagline);
        s.question.clone_from(&question);
        s.colour.clone_from(&hex);
    })
    .await?;
    Ok(redirect(Step::Look.next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::settings::Commune;

    #[test]
    fn the_first_name_is_the_town_s_for_a_town_hall_only() {
        let commune = Commune { name: "Rivemont".into(), ..Commune::default() };
        let mut s = Settings { kind: Kind::TownHall, commune, ..Settings::default() };
        assert_eq!(first_name(&s), "Rivemont");
        s.kind = Kind::Campaign;
        assert_eq!(first_name(&s), "");
        s.name = "Rivemont en commun".into();
        assert_eq!(first_name(&s), "Rivemont en commun");
    }
}
