//! What a handler knows of the request it answers.

use std::{convert::Infallible, fmt, ops::Deref, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    locale,
    permission::{Actor, Right, decide},
    random::{self, Entropy},
    settings::Settings,
    words::Lang,
};

/// The instant of one change, with the randomness for its ids. Cheap to clone into a transaction.
#[derive(Clone)]
pub struct Moment {
    /// The time of the change.
    pub now: DateTime<Utc>,
    entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({})", self.now)
    }
}

impl Moment {
    /// An instant with its randomness.
    #[must_use]
    pub fn new(now: DateTime<Utc>, entropy: Arc<dyn Entropy>) -> Self {
        Self { now, entropy }
    }

    /// The same randomness at another time (imported or invented data with dates of its own).
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self {
        Self { now, entropy: self.entropy.clone() }
    }

    /// A new key.
    #[must_use]
    pub fn id(&self) -> Uuid {
        random::uuid_v7(self.now, &*self.entropy)
    }

    /// A new secret token.
    #[must_use]
    pub fn token(&self) -> String {
        random::token(&*self.entropy)
    }

    /// A new six-digit code.
    #[must_use]
    pub fn code(&self) -> String {
        random::six_digits(&*self.entropy)
    }
}

/// The facts of a request, made once by the outer layer of the server.
#[derive(Debug)]
pub struct Request {
    /// The instance.
    pub app: Arc<App>,
    /// Its settings when the request came.
    pub settings: Arc<Settings>,
    /// Who asks.
    pub actor: Actor,
    /// The browser, by its signed cookie. Holds supports and drafts until a mail is confirmed.
    pub visitor: Uuid,
    /// Language of the answer.
    pub lang: Lang,
    /// When the request came, and randomness for what it makes.
    pub moment: Moment,
    /// Shown on error pages, found in the logs.
    pub id: String,
    /// Path and query, as asked.
    pub uri: String,
    /// The sender's address, hashed with a key of the day: for limits only, never kept with what people say.
    pub address: String,
    /// Whether keyboard shortcuts answer: the person did not turn them off.
    pub shortcuts: bool,
}

/// A shared handle on the facts of the request: the extractor of every handler.
#[derive(Debug, Clone)]
pub struct Ctx(pub Arc<Request>);

impl Deref for Ctx {
    type Target = Request;

    fn deref(&self) -> &Request {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        match parts.extensions.get::<Self>() {
            Some(ctx) => Ok(ctx.clone()),
            // The outer layer of the server inserts it before any route.
            None => unreachable!("a route outside of the server's context layer"),
        }
    }
}

impl Ctx {
    /// The words of a key in the reader's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.app.words.get(self.lang, key)
    }

    /// Whether people come by HTTPS, and cookies travel over it alone.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.app.is_secure(&self.settings)
    }

    /// The token that forms carry: bound to this browser and session, worthless elsewhere. It differs on each page,
    /// so that the length of compressed pages says nothing of it.
    #[must_use]
    pub fn csrf(&self) -> String {
        let nonce: String = self.moment.token().chars().take(12).collect();
        let signature = self.app.secrets.sign("csrf", &format!("{nonce} {}", self.csrf_subject()));
        format!("{nonce}.{signature}")
    }

    /// Whether a form's token is ours.
    #[must_use]
    pub fn csrf_matches(&self, token: &str) -> bool {
        token.split_once('.').is_some_and(|(nonce, signature)| {
            self.app.secrets.verify("csrf", &format!("{nonce} {}", self.csrf_subject()), signature)
        })
    }

    fn csrf_subject(&self) -> String {
        match &self.actor {
            Actor::Person { session, .. } => format!("session {session}"),
            Actor::Visitor => format!("visitor {}", self.visitor),
        }
    }

    /// The permission of a handler, on its first line.
    ///
    /// # Errors
    /// The refusal of [`decide`].
    pub fn require(&self, right: Right, project: Option<Uuid>) -> Result<()> {
        Ok(decide(&self.actor, right, project)?)
    }

    /// Whether a link or button for this right is worth showing.
    #[must_use]
    pub fn may(&self, right: Right, project: Option<Uuid>) -> bool {
        decide(&self.actor, right, project).is_ok()
    }

    /// The person signed in.
    ///
    /// # Errors
    /// `not_signed_in` for a visitor.
    pub fn person(&self) -> Result<Uuid> {
        self.actor.person().ok_or_else(|| crate::error::Refusal::NOT_SIGNED_IN.into())
    }

    /// Whoever acts, by the key their reactions and follows are kept under: the person, else the visitor.
    #[must_use]
    pub fn holder(&self) -> Uuid {
        self.actor.person().unwrap_or(self.visitor)
    }

    /// The time of the request.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.moment.now
    }

    /// The day it is in the instance's time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        locale::local_day(self.moment.now, self.settings.tz())
    }
}
