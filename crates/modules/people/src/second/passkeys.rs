//! Passkeys of the team: added beside the authenticator app, and a way in of their own, since the key knows its person.

use axum::{http::HeaderMap, response::Response};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
    form::Form,
    permission::Actor,
    rate, secrets, url,
};
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    TRIES, store,
    webauthn::{self, Expected, Fault},
};
use crate::{
    persons, sessions,
    sign_in::{
        device,
        enter::{self, Entered},
    },
    urls,
};

/// The answer of a key does not hold.
pub const PASSKEY_WRONG: Refusal = Refusal::new("passkey_wrong");
/// A challenge may be answered within this.
const WAITS: TimeDelta = TimeDelta::minutes(10);
/// Keys of one person.
const MOST: i64 = 10;

/// A key, as its person sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Passkey {
    /// Key of the row.
    pub id: Uuid,
    /// What the person calls it.
    pub label: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last sign-in.
    pub used_at: Option<DateTime<Utc>>,
}

/// The keys of a person.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Passkey>> {
    let sql = "SELECT id, label, created_at, used_at FROM passkey WHERE person_id = $1 ORDER BY id";
    db::all(c, sql, args![person]).await
}

/// Whether anybody has a key: the sign-in page offers it then.
///
/// # Errors
/// When the database refuses.
pub async fn any(c: &impl ConnectionTrait) -> Result<bool> {
    Ok(db::count(c, "SELECT count(*) FROM (SELECT id FROM passkey LIMIT 1) AS k", vec![]).await? > 0)
}

/// Forgets challenges that no key can answer any more.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    db::run(tx, "DELETE FROM passkey_answered WHERE at < $1", args![now - WAITS - WAITS]).await
}

/// What a page gives to the browser for a key: the challenge and the host.
pub struct Asked {
    /// Signed, bound to what it is for and to whom, answered once.
    pub challenge: String,
    /// The host that keys are bound to.
    pub host: String,
}

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// A new key of a person.
    New(Uuid),
    /// A sign-in in a browser.
    SignIn(Uuid),
}

impl For {
    fn words(self) -> String {
        match self {
            Self::New(person) => format!("new {person}"),
            Self::SignIn(visitor) => format!("in {visitor}"),
        }
    }
}

/// A challenge for this page.
#[must_use]
pub fn ask(ctx: &Ctx, what: For) -> Asked {
    let until = (ctx.now() + WAITS).timestamp();
    let challenge = ctx.app.secrets.seal("passkey", &format!("{}.{until}.{}", ctx.moment.token(), what.words()));
    Asked { challenge, host: host(origin(ctx)).to_owned() }
}

fn origin(ctx: &Ctx) -> &str {
    ctx.app.base_url(&ctx.settings).trim_end_matches('/')
}

fn host(origin: &str) -> &str {
    let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

/// Whether a challenge is ours, for this, and not too old.
fn is_ours(ctx: &Ctx, what: For, challenge: &str) -> bool {
    let Some(data) = ctx.app.secrets.open("passkey", challenge) else { return false };
    let mut parts = data.splitn(3, '.').skip(1);
    let until = parts.next().and_then(|t| t.parse::<i64>().ok()).unwrap_or(0);
    until > ctx.now().timestamp() && parts.next() == Some(what.words().as_str())
}

/// Marks a challenge as answered. Says no when it was.
async fn answer_once(tx: &Tx, ctx: &Ctx, challenge: &str) -> Result<bool> {
    let sql = "INSERT INTO passkey_answered (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
    Ok(db::run(tx, sql, args![secrets::hash(challenge), ctx.now()]).await? == 1)
}

fn bytes(form: &Form, name: &str) -> Result<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(form.get(name)).map_err(|_| PASSKEY_WRONG.into())
}

fn refused(fault: Fault) -> Error {
    tracing::info!(?fault, "a passkey was refused");
    PASSKEY_WRONG.into()
}

/// The members of the team who have an authenticator app, for themselves: adds a key, or removes one.
pub async fn change(ctx: Ctx, form: Form) -> Result<Response> {
    let me = ctx.person()?;
    let person = persons::find(ctx.app.db.read(), me).await?.filter(|p| p.role.is_some()).ok_or(Error::NotFound)?;
    if let Ok(gone) = form.get("retirer").parse::<Uuid>() {
        let shared = ctx.clone();
        ctx.app
            .db
            .write(move |tx| {
                let ctx = shared.clone();
                Box::pin(async move {
                    db::run(tx, "DELETE FROM passkey WHERE id = $1 AND person_id = $2", args![gone, me]).await?;
                    note(tx, &ctx, "team.passkey_removed", me).await
                })
            })
            .await?;
        return Ok(redirect(format!("{}?fait=cle-retiree#fait", urls::SecondFactor {})));
    }
    let challenge = form.get("defi").to_owned();
    if !is_ours(&ctx, For::New(me), &challenge) {
        return Err(PASSKEY_WRONG.into());
    }
    let expected = Expected { origin: origin(&ctx), host: host(origin(&ctx)), challenge: &challenge };
    let made = webauthn::created(&expected, &bytes(&form, "client")?, &bytes(&form, "donnees")?).map_err(refused)?;
    let label: String = form.text("nom").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect();
    let label = if label.is_empty() { person.name } else { label };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, made, challenge, label) = (shared.clone(), made.clone(), challenge.clone(), label.clone());
            Box::pin(async move {
                let mine = db::count(tx, "SELECT count(*) FROM passkey WHERE person_id = $1", args![me]).await?;
                // The app first: it is what is left when a key is lost.
                if !store::has(tx, me).await? || mine >= MOST || !answer_once(tx, &ctx, &challenge).await? {
                    return Err(PASSKEY_WRONG.into());
                }
                let added = db::run(
                    tx,
                    "INSERT INTO passkey (id, person_id, credential, public_key, counter, label, created_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential) DO NOTHING",
                    args![
                        ctx.moment.id(),
                        me,
                        BASE64_URL_SAFE_NO_PAD.encode(&made.credential),
                        BASE64_URL_SAFE_NO_PAD.encode(&made.public_key),
                        i64::from(made.counter),
                        label,
                        ctx.now()
                    ],
                )
                .await?;
                if added == 0 {
                    return Err(PASSKEY_WRONG.into());
                }
                note(tx, &ctx, "team.passkey_added", me).await
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait=cle-ajoutee#fait", urls::SecondFactor {})))
}

async fn note(tx: &Tx, ctx: &Ctx, kind: &'static str, me: Uuid) -> Result<()> {
    let entry = Entry { actor: Some(me), kind, subject_kind: "person", subject: Some(me), project: None, detail: "" };
    activity::record(tx, &ctx.moment, entry).await
}

#[derive(FromQueryResult)]
struct Known {
    id: Uuid,
    person_id: Uuid,
    public_key: String,
    counter: i64,
}

/// Whoever holds a key of the team. The key verified its person: nothing else is asked.
pub async fn sign_in(ctx: Ctx, headers: HeaderMap, form: Form) -> Result<Response> {
    let (shared, device) = (ctx.clone(), device::of(&headers));
    let entered = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, form, device) = (shared.clone(), form.clone(), device.clone());
            Box::pin(async move { enter_with_key(tx, &ctx, &form, &device).await })
        })
        .await?;
    match entered {
        Some(entered) => Ok(enter::answer(&ctx.app, &ctx.settings, &entered)),
        None => Err(PASSKEY_WRONG.into()),
    }
}

/// `None` for an answer that does not hold: the count of tries is kept all the same.
async fn enter_with_key(tx: &Tx, ctx: &Ctx, form: &Form, device: &str) -> Result<Option<Entered>> {
    rate::hit(tx, TRIES, &ctx.address, ctx.now()).await?;
    let challenge = form.get("defi");
    if !is_ours(ctx, For::SignIn(ctx.visitor), challenge) || !answer_once(tx, ctx, challenge).await? {
        return Ok(None);
    }
    let sql = "SELECT k.id, k.person_id, k.public_key, k.counter FROM passkey k JOIN person p ON p.id = k.person_id \
               WHERE k.credential = $1 AND p.role IS NOT NULL AND p.erased_at IS NULL";
    let Some(key) = db::one::<Known>(tx, sql, args![form.get("cle").to_owned()]).await? else { return Ok(None) };
    let expected = Expected { origin: origin(ctx), host: host(origin(ctx)), challenge };
    let (client, data, signature) = match (bytes(form, "client"), bytes(form, "donnees"), bytes(form, "signature")) {
        (Ok(client), Ok(data), Ok(signature)) => (client, data, signature),
        _ => return Ok(None),
    };
    let public = BASE64_URL_SAFE_NO_PAD.decode(&key.public_key).map_err(Error::other)?;
    let before = u32::try_from(key.counter).unwrap_or(0);
    let count = match webauthn::signed(&expected, &client, &data, &signature, &public, before) {
        Ok(count) => count,
        Err(fault) => {
            tracing::info!(?fault, "a passkey was refused");
            return Ok(None);
        }
    };
    // Two answers at once with one count: the second finds it taken.
    let sql = "UPDATE passkey SET counter = $2, used_at = $3 WHERE id = $1 AND counter = $4";
    if db::run(tx, sql, args![key.id, i64::from(count), ctx.now(), key.counter]).await? != 1 {
        return Ok(None);
    }
    if let Actor::Person { id, session, .. } = &ctx.actor {
        sessions::revoke(tx, *id, *session).await?;
    }
    let token = sessions::open(tx, &ctx.moment, key.person_id, device).await?;
    let back = url::local_path(form.get("retour")).filter(|p| *p != "/").unwrap_or("/equipe").to_owned();
    Ok(Some(Entered { token: Some(token), keep: true, return_to: back, person: key.person_id }))
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn keys_are_bound_to_the_host_alone() {
        assert_eq!(host("https://rivemont.example"), "rivemont.example");
        assert_eq!(host("http://localhost:8080"), "localhost");
    }
}
