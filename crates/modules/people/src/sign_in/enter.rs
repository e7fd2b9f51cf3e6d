//! What happens when a link or a code is used: person, union, session, cookies.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    cookies,
    db::{self, Tx},
    module::{Union, unite_everywhere},
    permission::Actor,
    settings::Settings,
    url,
    words::Lang,
};
use uuid::Uuid;

use crate::{
    passes::{Pass, Purpose},
    persons, second, sessions, urls,
};

/// Whoever comes in, and with what.
#[derive(Debug, Clone)]
pub struct Entrant {
    /// This browser.
    pub visitor: Uuid,
    /// Who was signed in here before.
    pub before: Actor,
    /// Language of the pages, for mails to come.
    pub lang: Lang,
    /// Browser and system in two words.
    pub device: String,
    /// Whether the session outlives the browser's window.
    pub keep: bool,
}

impl Entrant {
    /// From a request.
    #[must_use]
    pub fn of(ctx: &Ctx, device: String, keep: bool) -> Self {
        Self { visitor: ctx.visitor, before: ctx.actor.clone(), lang: ctx.lang, device, keep }
    }
}

/// What a pass opened.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Token of the cookie; `None` when the pass proved an address and opens no session.
    pub token: Option<String>,
    /// Whether the cookie outlives the browser's window.
    pub keep: bool,
    /// Where to go.
    pub return_to: String,
    /// The person.
    pub person: Uuid,
}

/// Brings in the person of a used pass, in the transaction that used it.
///
/// # Errors
/// When the database or a module refuses.
pub async fn enter(tx: &Tx, app: &Arc<App>, moment: &Moment, pass: &Pass, who: &Entrant) -> Result<Entered> {
    let person = persons::ensure(tx, moment, &pass.email, &pass.name, who.lang).await?;
    let first =
        db::run(tx, "UPDATE person SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL", args![person.id, moment.now])
            .await?
            == 1;
    if let Some(visitor) = held_by(pass, who.visitor) {
        let union = Union { visitor, person: person.id, email: pass.email.clone(), agreed: pass.agreed_id };
        unite_everywhere(app, tx, moment, &union).await?;
    }
    if first && pass.purpose() == Purpose::Invite {
        let entry = Entry {
            actor: Some(person.id),
            kind: "team.joined",
            subject_kind: "person",
            subject: Some(person.id),
            project: None,
            detail: "",
        };
        activity::record(tx, moment, entry).await?;
    }
    // Confirming an address is no way into the desk: it can be asked for by anybody, and lasts two weeks.
    if pass.purpose() == Purpose::Confirm && person.role.is_some() {
        let here = who.before.person() == Some(person.id);
        let to = destination(pass, true);
        let sign_in = format!("{}?retour={}&fait=adresse-confirmee#fait", urls::SignIn {}, url::encode(&to));
        let return_to = if here { arrival(pass, true) } else { sign_in };
        return Ok(Entered { token: None, keep: false, return_to, person: person.id });
    }
    let return_to = arrival(pass, person.role.is_some());
    let settings = app.settings().await?;
    if second::asked(tx, &settings, moment, &person).await? {
        let step = second::Step {
            id: moment.id(),
            person_id: person.id,
            device: who.device.clone(),
            keep: who.keep,
            return_to,
            attempts: 0,
        };
        second::wait(tx, moment, who.visitor, step).await?;
        return Ok(Entered { token: None, keep: false, return_to: urls::Verify {}.to_string(), person: person.id });
    }
    // The session this browser had ends with it: nobody could close it any more.
    if let Actor::Person { id, session, .. } = &who.before {
        sessions::revoke(tx, *id, *session).await?;
    }
    let token = sessions::open(tx, moment, person.id, &who.device).await?;
    Ok(Entered { token: Some(token), keep: who.keep, return_to, person: person.id })
}

/// The browser whose supports and texts go to the person. A confirmation says what it confirms, so its link works
/// from any browser. A plain sign-in joins only the browser that asked for it and uses it: somebody else could ask for
/// a link to this address, and would see their own texts signed by its owner.
fn held_by(pass: &Pass, here: Uuid) -> Option<Uuid> {
    match pass.purpose() {
        Purpose::Confirm => pass.visitor_id,
        Purpose::SignIn | Purpose::Invite | Purpose::Demo => pass.visitor_id.filter(|v| *v == here),
    }
}

fn destination(pass: &Pass, staff: bool) -> String {
    match url::local_path(&pass.return_to) {
        Some(path) if path != "/" => path.to_owned(),
        _ if staff => "/equipe".to_owned(),
        _ => urls::Space {}.to_string(),
    }
}

/// Where a pass leads once used, saying there what its confirmation was for. A follow's own address says it already.
#[must_use]
pub fn arrival(pass: &Pass, staff: bool) -> String {
    let to = destination(pass, staff);
    let done = match (pass.purpose(), pass.about.as_str()) {
        (Purpose::Confirm, "idea") => "confirme-idee",
        (Purpose::Confirm, "comment") => "confirme-commentaire",
        (Purpose::Confirm, "supports") => "confirme-soutien",
        _ => return to,
    };
    url::done_at(&to, done)
}

/// To the page one came from, with the session's cookie. The browser's own key is dropped: a shared computer starts anew.
#[must_use]
pub fn answer(app: &App, settings: &Settings, entered: &Entered) -> Response {
    with_session(app, settings, entered, Redirect::to(&entered.return_to).into_response())
}

/// This answer, with the session's cookie.
#[must_use]
pub fn with_session(app: &App, settings: &Settings, entered: &Entered, mut response: Response) -> Response {
    let Some(token) = &entered.token else {
        return response;
    };
    let secure = app.is_secure(settings);
    let lasts = entered.keep.then_some(sessions::LASTS);
    cookies::set(&mut response, cookies::SESSION, token, lasts, secure);
    cookies::remove(&mut response, cookies::VISITOR, secure);
    unkept(response)
}

/// Somewhere else, with no session and a new browser key.
#[must_use]
pub fn leave(app: &App, settings: &Settings, to: &str) -> Response {
    let secure = app.is_secure(settings);
    let mut response = Redirect::to(to).into_response();
    cookies::remove(&mut response, cookies::SESSION, secure);
    cookies::remove(&mut response, cookies::VISITOR, secure);
    unkept(response)
}

/// An answer that no cache keeps: it holds somebody's session.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
