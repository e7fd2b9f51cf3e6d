//! A browser that visits this module's pages, without the server's outer layers.
#![allow(missing_docs, reason = "what it offers says itself")]

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use parvis_kernel::{
    Ctx, Error, context, mail,
    module::Module,
    permission::{Actor, Role},
    routes::CsrfChecked,
    settings::Settings,
    url::encode,
    words::Lang,
};
use parvis_people::{People, SessionIdentity, persons, sessions};
use parvis_testing::{Engine, TestApp};
use tower::ServiceExt;
use uuid::Uuid;

/// A browser: its key, its session, its language.
pub struct Browser<'a> {
    pub t: &'a TestApp,
    pub visitor: Uuid,
    pub session: Option<String>,
    pub lang: Lang,
    pub settings: Settings,
    pub address: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
    pub error: Option<Error>,
}

impl Answer {
    pub fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

impl<'a> Browser<'a> {
    pub fn new(t: &'a TestApp) -> Self {
        let settings = Settings { name: "Rivemont".into(), telephone: "00 00 00 00 00".into(), ..Settings::default() };
        Self { t, visitor: t.app.moment().id(), session: None, lang: Lang::Fr, settings, address: "here".into() }
    }

    pub async fn ask(&mut self, method: Method, uri: &str, body: Body, kind: &str) -> Answer {
        let moment = self.t.app.moment();
        let actor = match &self.session {
            Some(token) => self.t.app.identity.actor(&self.t.app.db, token, moment.now).await.unwrap(),
            None => Actor::Visitor,
        };
        let ctx = Ctx(Arc::new(context::Request {
            settings: Arc::new(self.settings.clone()),
            visitor: self.visitor,
            moment,
            address: self.address.clone(),
            ..self.t.request(actor, self.lang, uri)
        }));
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::CONTENT_TYPE, kind)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
            .body(body)
            .unwrap();
        request.extensions_mut().insert(ctx);
        request.extensions_mut().insert(CsrfChecked);
        let response = People.routes().into_router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
            let (pair, _) = cookie.split_once(';').unwrap();
            match pair.split_once('=').unwrap() {
                ("parvis_session", "") => self.session = None,
                ("parvis_session", token) => self.session = Some(token.to_owned()),
                ("parvis_visitor", "") => self.visitor = self.t.app.moment().id(),
                other => panic!("{other:?}"),
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !body.contains('⟦'),
            "missing words: {:?}",
            body.split('⟦').nth(1).map(|s| s.chars().take(40).collect::<String>())
        );
        let error = parts.extensions.get::<Error>().cloned();
        Answer { status: parts.status, error, headers: parts.headers, body, bytes }
    }

    pub async fn get(&mut self, uri: &str) -> Answer {
        self.ask(Method::GET, uri, Body::empty(), "text/plain").await
    }

    pub async fn post(&mut self, uri: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(n, v)| format!("{n}={}", encode(v))).collect::<Vec<_>>().join("&");
        self.ask(Method::POST, uri, Body::from(body), "application/x-www-form-urlencoded").await
    }

    /// Signed in as somebody with this role.
    pub async fn sign_in(&mut self, email: &str, role: Option<Role>) -> Uuid {
        let (app, email) = (self.t.app.clone(), email.to_owned());
        let moment = app.moment();
        let (person, token) = app
            .db
            .write(move |tx| {
                let (email, moment, role) = (email.clone(), moment.clone(), role.clone());
                Box::pin(async move {
                    let person = persons::ensure(tx, &moment, &email, "Léa", Lang::Fr).await?;
                    persons::set_role(tx, person.id, role.as_ref()).await?;
                    Ok((person.id, sessions::open(tx, &moment, person.id, "Firefox, Linux").await?))
                })
            })
            .await
            .unwrap();
        self.session = Some(token);
        person
    }

    /// The newest mail, and the code and path it holds.
    pub async fn mail(&self) -> (mail::Mail, String, String) {
        let mail = mail::latest(&self.t.app.db, 1).await.unwrap().pop().expect("a mail");
        let code =
            mail.body_text.lines().map(str::trim).find(|l| l.len() == 6 && l.bytes().all(|b| b.is_ascii_digit()));
        let path = mail.body_text.lines().find_map(|l| l.strip_prefix("http://localhost:8080")).unwrap_or_default();
        (mail.clone(), code.unwrap_or_default().to_owned(), path.to_owned())
    }
}

/// An instance on this engine, with this module alone.
pub async fn instance_on(engine: Engine) -> TestApp {
    parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await
}

/// An instance on SQLite, with this module alone.
pub async fn instance() -> TestApp {
    parvis_testing::app(Engine::Sqlite, vec![Arc::new(People)], Arc::new(SessionIdentity)).await
}
