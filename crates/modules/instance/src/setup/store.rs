//! The set-up in the database: steps answered, and its end.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Refusal, Result,
    activity::{self, Entry},
    app::App,
    context::Moment,
    db::Tx,
    settings::{self, Settings},
};
use parvis_people::{
    passes::{self, NewPass, Purpose},
    persons::Person,
    sessions,
    sign_in::{create_owner, letters},
};
use sea_orm::ConnectionTrait;

use super::{Step, question};

/// The name under which the steps answered stand, while the set-up lasts.
const STEPS: &str = "setup_steps";

/// The steps answered so far.
///
/// # Errors
/// When the database refuses.
pub async fn done(c: &impl ConnectionTrait) -> Result<BTreeSet<String>> {
    let text = settings::value(c, STEPS).await?;
    Ok(text.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect())
}

/// Keeps the answer of a step.
///
/// # Errors
/// `link_invalid` when the set-up has ended meanwhile, or when the database refuses.
pub async fn save<F>(ctx: &Ctx, step: Step, edit: F) -> Result<()>
where
    F: Fn(&mut Settings) + Clone + Send + Sync + 'static,
{
    ctx.app
        .db
        .write(move |tx| {
            let edit = edit.clone();
            Box::pin(async move {
                let mut open = false;
                settings::change(tx, |s| {
                    open = !s.is_set_up();
                    edit(s);
                })
                .await?;
                if !open {
                    return Err(Refusal::LINK_INVALID.into());
                }
                let mut steps = done(tx).await?;
                steps.insert(step.code().to_owned());
                settings::put(tx, STEPS, steps.into_iter().collect::<Vec<_>>().join(" ")).await
            })
        })
        .await?;
    ctx.app.store.forget().await;
    Ok(())
}

/// The first person.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Browser and system in two words.
    pub device: String,
}

/// Ends the set-up, once: the owner, what each module makes for a new instance, a session, a mail to sign in again.
/// Gives the token of the session.
///
/// # Errors
/// `link_invalid` when the set-up has ended already, or when the database refuses.
pub async fn finish(ctx: &Ctx, owner: Owner) -> Result<String> {
    let shared = ctx.clone();
    let token = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, owner) = (shared.clone(), owner.clone());
            Box::pin(async move {
                let (settings, person) = open(tx, &ctx.app, &ctx.moment, &owner.email, &owner.name).await?;
                mail_link(tx, &ctx, &settings, &person, &owner).await?;
                sessions::open(tx, &ctx.moment, person.id, &owner.device).await
            })
        })
        .await?;
    ctx.app.store.forget().await;
    Ok(token)
}

/// Opens the instance with its first owner, once, from the page or from a terminal: what was passed stays as proposed, and
/// each module makes what a new instance has.
///
/// # Errors
/// `link_invalid` when the set-up has ended already, or when the database refuses.
pub async fn open(tx: &Tx, app: &App, moment: &Moment, email: &str, name: &str) -> Result<(Settings, Person)> {
    let settings = close(tx, app, moment.now).await?;
    let person = create_owner(tx, moment, email, name, settings.lang).await?;
    for module in &app.modules {
        module.on_set_up(tx, moment, &settings).await?;
    }
    let entry = Entry {
        actor: Some(person.id),
        kind: "instance.set_up",
        subject_kind: "instance",
        subject: None,
        project: None,
        detail: "",
    };
    activity::record(tx, moment, entry).await?;
    Ok((settings, person))
}

/// Marks the set-up as done, with a question to ask where none was given.
async fn close(tx: &Tx, app: &App, now: DateTime<Utc>) -> Result<Settings> {
    let mut first = false;
    let settings = settings::change(tx, |s| {
        first = !s.is_set_up();
        if first {
            s.set_up_at = Some(now);
            if s.question.is_empty() {
                s.question = question::proposed(app, s);
            }
        }
    })
    .await?;
    if !first {
        return Err(Refusal::LINK_INVALID.into());
    }
    settings::remove(tx, STEPS).await?;
    Ok(settings)
}

async fn mail_link(tx: &Tx, ctx: &Ctx, settings: &Settings, person: &Person, owner: &Owner) -> Result<()> {
    let new = NewPass { name: person.name.clone(), ..NewPass::new(Purpose::SignIn, &owner.email, "/equipe") };
    let secret = passes::create(tx, &ctx.moment, &new).await?;
    let letter = letters::Context { app: &ctx.app, settings, lang: settings.lang, moment: &ctx.moment };
    letters::queue_code(tx, &letter, &new, &secret, &owner.device).await
}
