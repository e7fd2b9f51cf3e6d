//! A whole instance in a test, and browsers that visit it.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod process;

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use parvis::{compose, http};
use parvis_kernel::{
    Result,
    app::App,
    context::Moment,
    db::{self, Tx},
    permission::Role,
    settings,
    url::encode,
    words::{Lang, Words},
};
use parvis_participation::projects;
use parvis_people::{persons, sessions};
use parvis_testing::{Engine, TestApp};
use tower::ServiceExt;
use uuid::Uuid;

/// The project that a new instance opens with.
pub async fn first_project(tx: &Tx, app: &App, moment: &Moment) -> Result<Uuid> {
    let settings = app.settings().await?;
    projects::first::open(tx, moment, &settings).await?;
    Ok(db::scalar(tx, "SELECT id FROM project", vec![]).await?.unwrap())
}

/// An instance that is set up, with its router.
pub struct Site {
    /// Instance, clock and folder.
    pub test: TestApp,
    router: Router,
}

impl Site {
    /// A new instance, set up, without anything in it.
    pub async fn open(engine: Engine) -> Self {
        Self::open_after(engine, async |_, _| {}).await
    }

    /// The same, after a change of its parts: the instance, and its database as `--database-url` takes it.
    pub async fn open_after(engine: Engine, prepare: impl AsyncFnOnce(&mut App, &str)) -> Self {
        let site = Self::made(engine, prepare).await;
        let now = parvis_testing::start();
        site.app()
            .db
            .write(move |tx| {
                Box::pin(async move {
                    settings::change(tx, |s| {
                        s.set_up_at = Some(now);
                        s.name = "Rivemont en commun".into();
                        s.question = "Que changeriez-vous ?".into();
                        s.contact = "bonjour@rivemont.example".into();
                    })
                    .await
                })
            })
            .await
            .unwrap();
        site.app().store.forget().await;
        site
    }

    /// A new instance before its set-up.
    pub async fn empty(engine: Engine) -> Self {
        Self::made(engine, async |_, _| {}).await
    }

    async fn made(engine: Engine, prepare: impl AsyncFnOnce(&mut App, &str)) -> Self {
        let mut test = parvis_testing::app(engine, compose::modules(), Arc::new(parvis_people::SessionIdentity)).await;
        let words = Words::load(&compose::words(&test.app.modules), compose::finish).unwrap();
        let app = Arc::get_mut(&mut test.app).unwrap();
        app.words = words;
        prepare(app, &test.url).await;
        let router = http::router(&test.app, http::Proxies::default());
        Self { test, router }
    }

    /// The instance.
    pub fn app(&self) -> &Arc<App> {
        &self.test.app
    }

    /// Its router, for requests that no browser makes.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// A browser that never came.
    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), token: String::new() }
    }

    /// A person with a confirmed address, and their browser.
    pub async fn citizen(&self, name: &str) -> (Uuid, Browser) {
        self.signed_in(name, None).await
    }

    /// A member of the team, and their browser.
    pub async fn team(&self, role: Role) -> (Uuid, Browser) {
        self.signed_in(role.code(), Some(role.clone())).await
    }

    async fn signed_in(&self, name: &str, role: Option<Role>) -> (Uuid, Browser) {
        let moment = self.app().moment();
        let name = name.to_owned();
        let (id, token) = self
            .app()
            .db
            .write(move |tx| {
                let (moment, name, role) = (moment.clone(), name.clone(), role.clone());
                Box::pin(async move {
                    let email = format!("{name}@rivemont.example");
                    let person = persons::ensure(tx, &moment, &email, &name, Lang::Fr).await?;
                    persons::set_role(tx, person.id, role.as_ref()).await?;
                    Ok((person.id, sessions::open(tx, &moment, person.id, "Firefox, Linux").await?))
                })
            })
            .await
            .unwrap();
        let mut browser = self.visitor();
        browser.cookies.insert("parvis_session".into(), token);
        (id, browser)
    }
}

/// A browser: keeps cookies, sends the form token of the last page it saw.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Form token of the last page with a form.
    pub token: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Where a redirection leads.
    pub location: String,
    /// Body as text.
    pub text: String,
    /// Body as it came.
    pub bytes: axum::body::Bytes,
    /// Headers.
    pub headers: header::HeaderMap,
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of the last page; asks for the home page first when none was seen.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        if self.token.is_empty() {
            self.get("/").await;
        }
        let token = self.token.clone();
        let mut all = vec![("_csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all, &[]).await
    }

    /// Sends a form as it is, with more headers.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect::<Vec<_>>().join("&");
        let mut request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a body as it is; the token goes with the address, as in forms that send a file.
    pub async fn post_body(&mut self, path: &str, kind: &str, body: Body) -> Answer {
        if self.token.is_empty() {
            self.get("/").await;
        }
        let request = Request::post(format!("{path}?_csrf={}", encode(&self.token)))
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, kind);
        self.send(request.body(body).unwrap()).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        }
        let peer: SocketAddr = "192.0.2.1:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(token) = text.split("name=\"_csrf\" value=\"").nth(1).and_then(|t| t.split('"').next()) {
            self.token = token.to_owned();
        }
        let location = parts.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap()).to_owned();
        Answer { status: parts.status, location, text, bytes, headers: parts.headers }
    }
}
