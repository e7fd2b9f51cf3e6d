//! Every page of the desk is rendered in both languages: no word is missing, what may not be done is not offered.

use std::sync::Arc;

use axum::{body::to_bytes, extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Error,
    context::Request,
    form::Form,
    permission::{Actor, Role},
    settings::Settings,
    words::Lang,
};
use parvis_people::{People, SessionIdentity};
use parvis_testing::{TestApp, engines};
use uuid::Uuid;

use super::{contributions, decide, handle, today};
use crate::{
    Participation, answers,
    ideas::{
        Status,
        store::{self as ideas, New},
    },
    projects::{admin, store},
};

pub(crate) async fn app() -> TestApp {
    let engine = engines()[0];
    let modules: Vec<Arc<dyn parvis_kernel::module::Module>> =
        vec![Arc::new(People), Arc::new(Participation::default())];
    parvis_testing::app(engine, modules, Arc::new(SessionIdentity)).await
}

pub(crate) fn ctx(t: &TestApp, role: Role, lang: Lang, uri: &str) -> Ctx {
    Ctx(Arc::new(Request {
        app: t.app.clone(),
        settings: Arc::new(Settings::default()),
        actor: Actor::Person {
            id: Uuid::from_u128(9),
            name: "Nadia Benali".into(),
            session: Uuid::nil(),
            role: Some(role),
        },
        visitor: Uuid::from_u128(3),
        lang,
        moment: t.app.moment(),
        id: "test".into(),
        uri: uri.into(),
        address: String::new(),
        shortcuts: true,
    }))
}

pub(crate) async fn body(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

pub(crate) fn location(response: &Response) -> String {
    response.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// The words of the navigation's other modules are not loaded here: only ours count.
pub(crate) fn assert_complete(html: &str, what: &str) {
    if let Some((_, rest)) = html.split_once('⟦') {
        panic!("{what}: no words for {}", rest.chars().take(40).collect::<String>());
    }
    assert!(!html.contains("style=\"") && !html.contains("onclick"), "{what}");
    assert_eq!(html.matches("<h1").count(), 1, "{what}: one title");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{what}: an id twice in {ids:?}");
}

fn project_form(second_start: &str) -> Form {
    Form::of(&[
        ("version", "0"),
        ("titre", "Se déplacer <à> Rivemont"),
        ("visibilite", "link"),
        ("etat", "published"),
        ("phases", "2"),
        ("p0-titre", "Vos idées"),
        ("p0-debut", "2026-11-02"),
        ("p0-fin", "2026-12-14"),
        ("p0-methode", "ideation"),
        ("p0-deposer", "1"),
        ("p1-titre", "Analyse"),
        ("p1-debut", second_start),
        ("p1-fin", ""),
        ("p1-methode", "information"),
    ])
}

/// A project made through its form, and one idea of each kind of wait in it.
pub(crate) async fn filled(t: &TestApp) -> (String, Vec<i64>) {
    let owner = || ctx(t, Role::Owner, Lang::Fr, "/equipe/projets/nouveau");
    let wrong = admin::create(owner(), project_form("2026-12-14")).await.unwrap();
    assert_eq!(wrong.status(), 422);
    let html = body(wrong).await;
    assert_complete(&html, "a timeline to correct");
    assert!(html.contains("Commencer le 15 décembre") && html.contains("Finir la phase 1 le 13 décembre"));
    assert!(html.contains("Se déplacer &#60;à&#62; Rivemont") || html.contains("Se déplacer &lt;à&gt; Rivemont"));
    let mut fixing = project_form("2026-12-14");
    fixing.set("corriger", "debut.1.2026-12-15");
    assert!(body(admin::create(owner(), fixing).await.unwrap()).await.contains("value=\"2026-12-15\""));
    let first = location(&admin::create(owner(), project_form("2026-12-15")).await.unwrap());
    let again = location(&admin::create(owner(), project_form("2026-12-15")).await.unwrap());
    assert_eq!(first, again, "sent twice, made once");
    let project = store::all(t.app.db.read()).await.unwrap().remove(0);
    admin::make_link(owner(), Path(project.slug.clone())).await.unwrap();
    let moment = t.app.moment();
    let stored = t.app.db.write(move |tx| {
        let (moment, project) = (moment.clone(), project.id);
        Box::pin(async move {
            let mut numbers = Vec::new();
            for status in [Status::Prescreening, Status::Proposed, Status::Ineligible] {
                let mut new = New::idea(project, Uuid::from_u128(1), "Un banc <script>alert(1)</script>", status);
                new.tag = "À pied".into();
                new.author_name = "Léa M.".into();
                numbers.push(ideas::insert(tx, &moment, &new).await?.number);
            }
            let idea = ideas::by_number(tx, numbers[1]).await?.id;
            let comment = New::comment(project, idea, Uuid::from_u128(2), "Oui 🚲", Status::Prescreening);
            numbers.push(ideas::insert(tx, &moment, &comment).await?.number);
            Ok(numbers)
        })
    });
    let slug = store::all(t.app.db.read()).await.unwrap().remove(0).slug;
    (slug, stored.await.unwrap())
}

#[tokio::test]
async fn every_page_has_its_words() {
    let t = app().await;
    for lang in Lang::ALL {
        let html = body(today::show(ctx(&t, Role::Owner, lang, "/equipe")).await.unwrap()).await;
        assert_complete(&html, "an empty today");
    }
    let (slug, numbers) = filled(&t).await;
    for lang in Lang::ALL {
        for role in [Role::Owner, Role::Analyst, Role::Moderator(vec![])] {
            let at = |uri: &str| ctx(&t, role.clone(), lang, uri);
            assert_complete(&body(today::show(at("/equipe")).await.unwrap()).await, "today");
            for file in ["tout", "a-publier", "a-repondre", "signalees", "traitees"] {
                let uri = format!("/equipe/contributions?file={file}");
                let html = body(contributions::show(at(&uri)).await.unwrap()).await;
                assert_complete(&html, &uri);
                assert!(!html.contains("<script>alert"));
                let reads = !matches!(role, Role::Owner);
                assert!(!reads || !html.contains("name=\"publier\""), "{role:?} is offered no decision");
            }
            assert_complete(&body(admin::list(at("/equipe/projets")).await.unwrap()).await, "projects");
            if role == Role::Moderator(vec![]) {
                let refused = handle::show(at("/equipe/contributions/1"), Path(numbers[0])).await;
                assert!(matches!(refused, Err(Error::Refused(_))), "another's project");
                continue;
            }
            for number in &numbers {
                let html = body(handle::show(at("/equipe/contributions/1"), Path(*number)).await.unwrap()).await;
                assert_complete(&html, "one contribution");
            }
            let html = body(admin::show(at("/equipe/projets/x"), Path(slug.clone())).await.unwrap()).await;
            assert_complete(&html, "one project");
            assert_eq!(html.contains("name=\"ajouter\""), role == Role::Owner);
        }
        let owner = || ctx(&t, Role::Owner, lang, "/equipe/projets/nouveau");
        assert_complete(&body(admin::new(owner()).await.unwrap()).await, "a new project");
        assert_complete(&body(answers::pages::form(owner(), Path(numbers[1])).await.unwrap()).await, "an answer");
    }
}

#[tokio::test]
async fn a_text_that_cannot_be_sent_is_kept() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = || ctx(&t, Role::Owner, Lang::Fr, "/equipe/contributions");
    let n = numbers[0].to_string();
    let version = format!("v{n}");
    // No reason: refused with a line beside it, the page keeps what was chosen.
    let form = Form::of(&[(&version, "1"), ("refuser", &n), (&format!("motif-{n}"), "other")]);
    let response = decide::decide(owner(), form).await.unwrap();
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    assert_complete(&html, "a refusal without reason");
    assert!(html.contains(&format!("href=\"#lot-message-{n}\"")));
    // A motive is enough, the undo takes it back.
    let form = Form::of(&[(&version, "1"), ("refuser", &n), (&format!("motif-{n}"), "hurtful")]);
    let to = location(&decide::decide(owner(), form).await.unwrap());
    let html = body(contributions::show(ctx(&t, Role::Owner, Lang::Fr, &to)).await.unwrap()).await;
    assert!(html.contains(&format!("name=\"lot\" value=\"{n}.2\"")), "{to}");
    let undo = Form::of(&[("faire", "reprendre"), ("lot", &format!("{n}.2"))]);
    decide::decide(owner(), undo).await.unwrap();
    assert_eq!(ideas::by_number(t.app.db.read(), numbers[0]).await.unwrap().status, "prescreening");
    // Old versions and long, empty or invisible answers.
    let stale = Form::of(&[(&version, "1"), ("publier", &n)]);
    let told = decide::decide(owner(), stale).await.unwrap();
    assert_eq!(told.status(), 409);
    assert_complete(&body(told).await, "who came first");
    let long = "a".repeat(100_000);
    for text in ["", "\u{200b}\u{202e}", &long] {
        let form = Form::of(&[("version", "1"), ("texte", text), ("signataire", "Nadia"), ("cout", "12 €")]);
        let response = answers::pages::publish(owner(), Path(numbers[1]), form).await.unwrap();
        assert_eq!(response.status(), 422);
        let html = body(response).await;
        assert_complete(&html, "an answer to correct");
        assert!(html.contains("value=\"12 €\""));
    }
    let form =
        Form::of(&[("version", "1"), ("texte", "Oui.\0 Voilà."), ("signataire", "Nadia"), ("statut", "accepted")]);
    answers::pages::publish(owner(), Path(numbers[1]), form.clone()).await.unwrap();
    let idea = ideas::by_number(t.app.db.read(), numbers[1]).await.unwrap();
    let answer = answers::store::find(t.app.db.read(), idea.id).await.unwrap().unwrap();
    assert_eq!((answer.body.as_str(), idea.status.as_str()), ("Oui. Voilà.", "accepted"));
    let again = answers::pages::publish(owner(), Path(numbers[1]), form).await.unwrap();
    assert_eq!(again.status(), 303, "sent twice, published once");
    let undo = Form::of(&[("reponse", &answer.id.to_string())]);
    let html = body(answers::pages::undo(owner(), Path(numbers[1]), undo).await.unwrap()).await;
    assert!(html.contains("Oui. Voilà."), "the text of an undone answer is kept");
}
