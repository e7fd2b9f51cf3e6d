//! A person's own space: what they gave, what they agreed to, where they are signed in, and the way out.

mod consents;
mod data;
mod erase;

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    form::{self, Form},
    permission::{Access, Actor},
    routes::Routes,
    words::Lang,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use crate::{
    areas,
    persons::{self, AGES, Person, Profile},
    sessions::{self, Session},
    urls,
};

pub use consents::{Accord, Past};
pub(crate) use consents::{source as source_words, title as title_words};
pub(crate) use data::{answer_with, hit_download};
pub use data::{archive, past_events, personal_data};
pub(crate) use erase::forget_person;
pub use erase::{LAST_OWNER, erase_person};

/// Letters of a first name.
const NAME: usize = 60;

/// The pages and forms of a person's own space.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::Space::ROUTE, Access::SignedIn, show)
        .post(urls::Profile::ROUTE, Access::SignedIn, save)
        .post(urls::Consents::ROUTE, Access::SignedIn, consents::change)
        .post(urls::Devices::ROUTE, Access::SignedIn, end_sessions)
        .post(urls::Download::ROUTE, Access::SignedIn, data::download)
        .get(urls::Erase::ROUTE, Access::SignedIn, erase::ask)
        .post(urls::Erase::ROUTE, Access::SignedIn, erase::erase)
}

/// A part of the page that another module made.
struct Part {
    html: String,
}

#[derive(askama::Template)]
#[template(path = "space/space.html")]
struct Space<'a> {
    p: &'a Page,
    f: &'a Form,
    person: &'a Person,
    area: String,
    areas: Vec<areas::Area>,
    parts: Vec<Part>,
    accords: Vec<Accord>,
    past: Vec<Past>,
    sessions: Vec<Session>,
    here: Uuid,
    ages: [&'static str; 4],
    langs: Vec<(&'static str, &'static str)>,
    contents: Vec<(&'static str, &'static str)>,
}

impl Space<'_> {
    fn email(&self) -> &str {
        self.person.email.as_deref().unwrap_or_default()
    }

    fn greeting(&self) -> String {
        if self.person.name.is_empty() {
            self.p.t("space-title-plain")
        } else {
            self.p.t1("space-title", "name", &self.person.name)
        }
    }

    fn name_or_mail(&self) -> &str {
        if self.person.name.is_empty() { self.email() } else { &self.person.name }
    }

    fn age_words(&self, code: &str) -> String {
        self.p.t(&format!("age-{}", code.replace('+', "-plus")))
    }

    fn device(&self, session: &Session) -> String {
        if session.device.is_empty() { self.p.t("device-unknown") } else { session.device.clone() }
    }

    fn others(&self) -> bool {
        self.sessions.iter().any(|s| s.id != self.here)
    }

    fn at(&self, at: &DateTime<Utc>) -> String {
        self.p.t2("space-at", "date", self.p.date(at), "time", self.p.time(at))
    }
}

/// The person themselves.
async fn show(ctx: Ctx) -> Result<Response> {
    let person = me(&ctx).await?;
    let form = Form::of(&[
        ("nom", &person.name),
        ("quartier", &person.area_id.map(|a| a.to_string()).unwrap_or_default()),
        ("age", person.age.as_deref().unwrap_or_default()),
        ("langue", &person.lang),
    ]);
    page(&ctx, &person, &form).await
}

async fn me(ctx: &Ctx) -> Result<Person> {
    persons::find(ctx.app.db.read(), ctx.person()?).await?.ok_or(Error::NotFound)
}

async fn page(ctx: &Ctx, person: &Person, form: &Form) -> Result<Response> {
    let p = Page::new(ctx, ctx.t("space-page")).private();
    let mut parts = Vec::new();
    for module in &ctx.app.modules {
        let html = module.own_space(ctx, person.id).await?;
        if !html.is_empty() {
            parts.push(Part { html });
        }
    }
    let areas = areas::all(ctx.app.db.read()).await?;
    let ledger = crate::consents::of_person(ctx.app.db.read(), person.id).await?;
    let here = match &ctx.actor {
        Actor::Person { session, .. } => *session,
        Actor::Visitor => Uuid::nil(),
    };
    let contents = contents(&parts, !ledger.is_empty());
    let view = Space {
        f: form,
        person,
        area: areas.iter().find(|a| Some(a.id) == person.area_id).map(|a| a.name.clone()).unwrap_or_default(),
        areas,
        parts,
        accords: consents::accords(&p, &ledger, crate::consents::expiry::lasts(ctx.app.db.read()).await?),
        past: consents::history(&p, &ledger),
        sessions: sessions::of_person(&ctx.app.db, person.id, ctx.now()).await?,
        here,
        ages: AGES,
        langs: languages(ctx),
        contents,
        p: &p,
    };
    let status = if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &view)
}

/// The languages of mails, when there is a choice.
fn languages(ctx: &Ctx) -> Vec<(&'static str, &'static str)> {
    let all: Vec<_> = ctx
        .settings
        .languages
        .iter()
        .map(|l| (l.code(), if *l == Lang::Fr { "Français" } else { "English" }))
        .collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// The contents of the page: sections of other modules are named only when they are there.
fn contents(parts: &[Part], consents: bool) -> Vec<(&'static str, &'static str)> {
    let theirs = [
        ("idees", "space-toc-ideas"),
        ("commentaires", "space-toc-comments"),
        ("soutiens", "space-toc-supports"),
        ("suivre", "space-toc-follows"),
        ("attend", "space-toc-staff"),
    ];
    let mut all: Vec<_> = theirs
        .into_iter()
        .filter(|(id, _)| parts.iter().any(|part| part.html.contains(&format!("id=\"{id}\""))))
        .collect();
    all.push(("moi", "space-toc-me"));
    if consents {
        all.push(("accords", "space-toc-consents"));
    }
    all.extend([("donnees", "space-toc-data"), ("appareils", "space-toc-devices")]);
    all
}

/// The person themselves: name, area, age group, language of mails. All of it may stay empty.
async fn save(ctx: Ctx, mut form: Form) -> Result<Response> {
    let person = me(&ctx).await?;
    let name = form.text("nom");
    let name =
        if form::is_blank(&name) { String::new() } else { name.split_whitespace().collect::<Vec<_>>().join(" ") };
    if name.chars().count() > NAME {
        form.fail("nom", ctx.t("space-name-long"));
    }
    let known = areas::all(ctx.app.db.read()).await?;
    let area = form.get("quartier").parse::<Uuid>().ok();
    if !form.get("quartier").is_empty() && !known.iter().any(|a| Some(a.id) == area) {
        form.fail("quartier", ctx.t("space-area-unknown"));
    }
    let age = AGES.into_iter().find(|a| form.is("age", a)).map(str::to_owned);
    if age.is_none() && !form.get("age").is_empty() {
        form.fail("age", ctx.t("space-age-unknown"));
    }
    if !form.is_valid() {
        return page(&ctx, &person, &form).await;
    }
    let lang = Lang::parse(form.get("langue")).unwrap_or_else(|| person.lang());
    let profile = Profile { name, area, age, lang };
    ctx.app
        .db
        .write(move |tx| {
            let profile = profile.clone();
            Box::pin(async move { persons::set_profile(tx, person.id, &profile).await })
        })
        .await?;
    Ok(redirect(format!("{}?fait=profil#fait", urls::Space {})))
}

/// The person themselves: one session, or all but this one.
async fn end_sessions(ctx: Ctx, form: Form) -> Result<Response> {
    let Actor::Person { id, session, .. } = ctx.actor else { return Err(parvis_kernel::Refusal::NOT_SIGNED_IN.into()) };
    let one = form.get("appareil").parse::<Uuid>().ok();
    let others = form.has("autres");
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                match one {
                    _ if others => sessions::revoke_others(tx, id, session).await,
                    Some(one) => sessions::revoke(tx, id, one).await,
                    None => Ok(0),
                }
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait=appareil#appareils", urls::Space {})))
}
