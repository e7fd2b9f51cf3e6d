//! Entering a person by hand, with where their data come from, and correcting a sheet.

use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Error, Result, args, db, form::Form, mail, permission::Right, words::Lang};
use parvis_ui::{Page, html, html_with, redirect};
use uuid::Uuid;

use super::{
    ASKABLE, SOURCES,
    accords::{self, Provenance},
    done_on_sheet, phone, searched,
    store::{self, Written},
};
use crate::{
    areas::{self, Area},
    erased,
    persons::{self, AGES, Person},
    urls,
};

/// Signs of a name.
const NAME: usize = 80;
/// Signs of a postal address.
const ADDRESS: usize = 200;

#[derive(askama::Template)]
#[template(path = "directory/form.html")]
struct Edit<'a> {
    p: &'a Page,
    f: &'a Form,
    areas: Vec<Area>,
    langs: Vec<(&'static str, &'static str)>,
    action: String,
    back: String,
    /// A new person: where they come from is asked.
    new: bool,
    /// Whether the address may be written.
    with_email: bool,
    /// The sheet that has this address already.
    known: Option<Uuid>,
    /// Whether this address was erased, and its return is to be said.
    erased: bool,
    today: String,
}

impl Edit<'_> {
    fn ages(&self) -> [&'static str; 4] {
        AGES
    }

    fn age_words(&self, code: &str) -> String {
        self.p.t(&format!("age-{}", code.replace('+', "-plus")))
    }

    fn sources(&self) -> [&'static str; 4] {
        SOURCES
    }

    fn askable(&self) -> [&'static str; 3] {
        ASKABLE.map(|(_, _, code)| code)
    }

    fn ask_words(&self, code: &str) -> String {
        self.p.t(&format!("accord-{}", code.replace('.', "-")))
    }
}

/// What stands in the way of an address.
#[derive(Debug, Clone, Copy, Default)]
struct Hindrance {
    known: Option<Uuid>,
    erased: bool,
}

async fn page(ctx: &Ctx, form: &Form, person: Option<&Person>, hindrance: Hindrance) -> Result<Response> {
    let title = if person.is_some() { "person-edit" } else { "person-new" };
    let p = Page::team(ctx, ctx.t(title)).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let searched = searched(ctx);
    let back =
        person.map_or_else(|| urls::Directory {}.to_string(), |s| format!("{}{searched}", urls::Sheet { id: s.id }));
    let db = ctx.app.db.read();
    let view = Edit {
        f: form,
        areas: areas::all(db).await?,
        langs: langs(ctx),
        action: person
            .map_or_else(|| urls::NewPerson {}.to_string(), |s| format!("{}{searched}", urls::EditPerson { id: s.id })),
        back,
        new: person.is_none(),
        with_email: match person {
            Some(s) => !store::owns_address(db, s.id).await?,
            None => true,
        },
        known: hindrance.known,
        erased: hindrance.erased,
        today: ctx.today().to_string(),
        p: &p,
    };
    if form.is_valid() { html(&view) } else { html_with(StatusCode::UNPROCESSABLE_ENTITY, &view) }
}

fn langs(ctx: &Ctx) -> Vec<(&'static str, &'static str)> {
    let all = &ctx.settings.languages;
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter().map(|l| (l.code(), if *l == Lang::Fr { "Français" } else { "English" })).collect()
}

/// Owners and administrators.
pub async fn blank(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    page(&ctx, &Form::of(&[("langue", ctx.settings.lang.code())]), None, Hindrance::default()).await
}

/// Owners and administrators: a person met at a stand, on paper, on the telephone, at their door.
pub async fn add(ctx: Ctx, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let written = written(&ctx, &mut form).await?;
    let source = accords::source(&ctx, &mut form);
    let asked: Vec<(&'static str, &'static str)> =
        ASKABLE.iter().filter(|(_, _, code)| form.is("accord", code)).map(|(p, c, _)| (*p, *c)).collect();
    for (_, channel) in &asked {
        match *channel {
            "email" if form.get("courriel").is_empty() => form.fail("courriel", ctx.t("accord-no-mail")),
            "email" => {}
            _ if form.get("telephone").is_empty() => form.fail("telephone", ctx.t("accord-no-phone")),
            _ => {}
        }
    }
    let from = if asked.is_empty() { None } else { accords::provenance(&ctx, &mut form).await? };
    let hindrance = hindrance(&ctx, &mut form, None).await?;
    let (Some(written), Some(source), true) = (written, source, form.is_valid()) else {
        return page(&ctx, &form, None, hindrance).await;
    };
    let new = New { written, source, asked, from };
    let shared = ctx.clone();
    let added = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, new) = (shared.clone(), new.clone());
            Box::pin(async move { insert(tx, &ctx, &new).await })
        })
        .await?;
    match added {
        Some(id) => Ok(redirect(format!("{}?fait=personne-ajoutee", urls::Sheet { id }))),
        // Somebody else entered the same address at the same time.
        None => {
            let hindrance = self::hindrance(&ctx, &mut form, None).await?;
            page(&ctx, &form, None, hindrance).await
        }
    }
}

#[derive(Debug, Clone)]
struct New {
    written: Written,
    source: &'static str,
    asked: Vec<(&'static str, &'static str)>,
    from: Option<Provenance>,
}

async fn insert(tx: &db::Tx, ctx: &Ctx, new: &New) -> Result<Option<Uuid>> {
    let Some(id) = store::add(tx, ctx, &new.written, new.source).await? else { return Ok(None) };
    store::journal(tx, ctx, "person.added", Some(id), new.source).await?;
    if let Some(from) = &new.from {
        for (purpose, channel) in &new.asked {
            accords::write_down(tx, ctx, id, purpose, channel, from).await?;
        }
    }
    Ok(Some(id))
}

/// Owners and administrators.
pub async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    store::opened(&ctx, id).await?;
    let form = Form::of(&[
        ("nom", &person.name),
        ("courriel", person.email.as_deref().unwrap_or_default()),
        ("telephone", &person.phone.as_deref().map(phone::shown).unwrap_or_default()),
        ("adresse", &person.address),
        ("quartier", &person.area_id.map(|a| a.to_string()).unwrap_or_default()),
        ("age", person.age.as_deref().unwrap_or_default()),
        ("langue", &person.lang),
    ]);
    page(&ctx, &form, Some(&person), Hindrance::default()).await
}

/// Owners and administrators. The address of somebody who came themselves stays theirs: it opens their space.
pub async fn save(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if store::owns_address(ctx.app.db.read(), id).await? {
        form.set("courriel", person.email.clone().unwrap_or_default());
    }
    let written = written(&ctx, &mut form).await?;
    let hindrance = hindrance(&ctx, &mut form, Some(id)).await?;
    let (Some(written), true) = (written, form.is_valid()) else {
        return page(&ctx, &form, Some(&person), hindrance).await;
    };
    let shared = ctx.clone();
    let saved = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, written) = (shared.clone(), written.clone());
            Box::pin(async move {
                // Read again here: they may have come meanwhile.
                let with_email = !store::owns_address(tx, id).await?;
                store::correct(tx, id, &written, with_email).await?;
                store::journal(tx, &ctx, "person.edited", Some(id), "").await
            })
        })
        .await;
    match saved {
        Err(e) if db::is_duplicate(&e) => {
            let hindrance = self::hindrance(&ctx, &mut form, Some(id)).await?;
            page(&ctx, &form, Some(&person), hindrance).await
        }
        saved => saved.map(|()| redirect(done_on_sheet(&ctx, id, "personne-modifiee", ""))),
    }
}

/// Reads the fields of a sheet, with their errors beside them.
async fn written(ctx: &Ctx, form: &mut Form) -> Result<Option<Written>> {
    let line = |form: &Form, field: &str| form.text(field).split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, address, email) = (line(form, "nom"), line(form, "adresse"), form.text("courriel"));
    if name.chars().count() > NAME {
        form.fail("nom", ctx.t("person-name-long"));
    }
    if address.chars().count() > ADDRESS {
        form.fail("adresse", ctx.t("person-address-long"));
    }
    if !email.is_empty() && !mail::is_address(&email) {
        form.fail("courriel", ctx.t("team-mail-wrong"));
    }
    let phone = phone::parse(form.get("telephone"));
    if phone.is_none() && !form.get("telephone").is_empty() {
        form.fail("telephone", ctx.t("person-phone-wrong"));
    }
    if name.is_empty() && email.is_empty() && form.get("telephone").is_empty() {
        form.fail("nom", ctx.t("person-empty"));
    }
    let area = form.get("quartier").parse::<Uuid>().ok();
    let known = "SELECT count(*) FROM area WHERE id = $1";
    let unknown = match area {
        Some(id) => db::count(ctx.app.db.read(), known, args![id]).await? == 0,
        None => !form.get("quartier").is_empty(),
    };
    if unknown {
        form.fail("quartier", ctx.t("space-area-unknown"));
    }
    let age = AGES.into_iter().find(|a| form.is("age", a)).map(str::to_owned);
    if age.is_none() && !form.get("age").is_empty() {
        form.fail("age", ctx.t("space-age-unknown"));
    }
    let lang = Lang::parse(form.get("langue")).unwrap_or(ctx.settings.lang).code().to_owned();
    Ok(form.is_valid().then_some(Written { name, email, phone, address, area, age, lang }))
}

/// Whether the address is somebody's already, or that of somebody who asked to be forgotten.
async fn hindrance(ctx: &Ctx, form: &mut Form, own: Option<Uuid>) -> Result<Hindrance> {
    let (email, db) = (form.get("courriel").to_owned(), ctx.app.db.read());
    if email.is_empty() {
        return Ok(Hindrance::default());
    }
    let known = persons::by_email(db, &email).await?.map(|p| p.id).filter(|id| Some(*id) != own);
    if known.is_some() {
        form.fail("courriel", ctx.t("person-known"));
        return Ok(Hindrance { known, erased: false });
    }
    let before = match own {
        Some(id) => persons::find(db, id).await?.and_then(|p| p.email),
        None => None,
    };
    let same = before.is_some_and(|e| persons::email_key(&e) == persons::email_key(&email));
    let gone = !same && erased::is(db, &ctx.app.secrets, &email).await?;
    if gone && !form.has("revient") {
        form.fail("courriel", ctx.t("person-erased"));
    }
    Ok(Hindrance { known: None, erased: gone })
}
