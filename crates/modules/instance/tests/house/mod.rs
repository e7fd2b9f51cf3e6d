//! An instance with this module, and a browser for it.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use parvis_instance::Instance;
use parvis_kernel::{
    Ctx, Result, context,
    module::Module,
    permission::{Actor, Role},
    routes::{CsrfChecked, SetUpOpen},
    settings::{self, Settings},
    words::{Lang, WordsFile},
};
use parvis_people::{People, SessionIdentity, persons};
use parvis_testing::{
    Engine, TestApp,
    module::{Partly, Stub},
};
use tower::ServiceExt;
use uuid::Uuid;

/// Notes how often the set-up told it to begin, and with which question.
#[derive(Default)]
pub struct Watcher {
    /// How often.
    pub times: AtomicUsize,
    /// Which question.
    pub question: Mutex<String>,
}

#[async_trait]
impl Partly for Watcher {
    fn words(&self) -> Vec<WordsFile> {
        // The usual words of statuses belong to the module that holds ideas.
        vec![
            WordsFile { lang: Lang::Fr, name: "watcher.ftl", source: include_str!("../data/statuses.ftl") },
            WordsFile { lang: Lang::En, name: "watcher.ftl", source: include_str!("../data/statuses.ftl") },
        ]
    }
    async fn on_set_up(&self, settings: &Settings) -> Result<()> {
        self.times.fetch_add(1, Ordering::SeqCst);
        self.question.lock().unwrap().clone_from(&settings.question);
        Ok(())
    }
}

/// An instance, and a browser.
pub struct House {
    pub t: TestApp,
    router: Router,
    pub watcher: Arc<Stub<Watcher>>,
    pub actor: Actor,
    pub lang: Lang,
    pub set_up: bool,
}

impl House {
    pub async fn open(engine: Engine) -> Self {
        let watcher = Arc::new(Stub::<Watcher>::default());
        let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Instance), watcher.clone()];
        let t = parvis_testing::app(engine, modules, Arc::new(SessionIdentity)).await;
        let router = Instance.routes().into_router();
        Self { t, router, watcher, actor: Actor::Visitor, lang: Lang::Fr, set_up: false }
    }

    /// Signs somebody in, with a mail address.
    pub async fn sign_in(&mut self, role: Role) -> Uuid {
        let moment = self.t.app.moment();
        let code = role.code();
        let person = self
            .t
            .app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                let role = match code {
                    "owner" => Role::Owner,
                    "administrator" => Role::Administrator,
                    _ => Role::Analyst,
                };
                Box::pin(async move {
                    let address = format!("{code}@rivemont.example");
                    let person = persons::ensure(tx, &moment, &address, "Camille", Lang::Fr).await?;
                    persons::set_role(tx, person.id, Some(&role)).await?;
                    Ok(person.id)
                })
            })
            .await
            .unwrap();
        self.actor = Actor::Person { id: person, name: "Camille".into(), session: Uuid::nil(), role: Some(role) };
        person
    }

    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        let app = &self.t.app;
        app.store.forget().await;
        let ctx = Ctx(Arc::new(context::Request {
            settings: app.settings().await.unwrap(),
            visitor: Uuid::nil(),
            address: "here".into(),
            ..self.t.request(self.actor.clone(), self.lang, &request.uri().to_string())
        }));
        request.extensions_mut().insert(ctx);
        request.extensions_mut().insert(CsrfChecked);
        if self.set_up {
            request.extensions_mut().insert(SetUpOpen);
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        body(self.send(Request::get(path).body(Body::empty()).unwrap()).await).await
    }

    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Response<Body> {
        let form: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}={}", parvis_kernel::url::encode(v))).collect();
        self.send(Request::post(path).body(Body::from(form.join("&"))).unwrap()).await
    }

    pub async fn settings(&self) -> Settings {
        settings::read(self.t.app.db.read()).await.unwrap()
    }
}

pub async fn body(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    // Words that are missing show themselves, and so does a title level that is skipped.
    assert!(
        !text.contains('⟦'),
        "missing words: {}",
        text.split('⟦').nth(1).unwrap_or_default().chars().take(60).collect::<String>()
    );
    assert!(!text.contains("style="), "inline style");
    (status, text)
}

pub fn goes_to(response: &Response<Body>) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap()
}
