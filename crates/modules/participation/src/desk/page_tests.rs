//! Every page of the desk is rendered in both languages: no word is missing, what may not be done is not offered.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, form::Form, permission::Role, words::Lang};
use parvis_people::{People, SessionIdentity};
pub(crate) use parvis_testing::text as body;
use parvis_testing::{Engine, TestApp, engines, member};
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
    app_on(engines()[0]).await
}

pub(crate) async fn app_on(engine: Engine) -> TestApp {
    let modules: Vec<Arc<dyn parvis_kernel::module::Module>> =
        vec![Arc::new(People), Arc::new(Participation::default())];
    parvis_testing::app(engine, modules, Arc::new(SessionIdentity)).await
}

pub(crate) fn ctx(t: &TestApp, role: Role, lang: Lang, uri: &str) -> Ctx {
    t.ctx(member("Nadia Benali", role), lang, uri)
}

/// Where an answer leads, as a browser asks for it: without the place on the page.
pub(crate) fn location(response: &Response) -> String {
    let to = response.headers().get("location").map(|l| l.to_str().unwrap()).unwrap_or_default();
    to.split('#').next().unwrap_or_default().to_owned()
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
    assert_eq!(parvis_testing::keys::faults(html), Vec::<String>::new(), "{what}: its keys");
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
                let refused =
                    handle::show(at("/equipe/contributions/1"), std::sync::Arc::default(), Path(numbers[0])).await;
                assert!(matches!(refused, Err(Error::Refused(_))), "another's project");
                continue;
            }
            for number in &numbers {
                let html = body(
                    handle::show(at("/equipe/contributions/1"), std::sync::Arc::default(), Path(*number))
                        .await
                        .unwrap(),
                )
                .await;
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
    let lot = to.split("lot=").nth(1).unwrap().to_owned();
    assert!(html.contains(&format!("action=\"/equipe/contributions/lots/{lot}\"")), "{to}");
    let html = body(contributions::show(owner()).await.unwrap()).await;
    assert!(html.contains("Vos derniers gestes") && html.contains(&format!("lots/{lot}\"")), "later too");
    let undo = Form::of(&[("faire", "defaire"), ("retour", "/equipe/contributions")]);
    super::lots::pages::act(owner(), Path(lot.parse().unwrap()), axum::http::HeaderMap::new(), undo).await.unwrap();
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
    let undone = answers::pages::undo(owner(), Path(numbers[1]), undo).await.unwrap();
    // A page of its own address: loaded again, it takes nothing back.
    let form = format!("/equipe/contributions/{}/repondre", numbers[1]);
    assert_eq!(location(&undone), format!("{form}?fait=reponse-annulee"));
    let at = ctx(&t, Role::Owner, Lang::Fr, &location(&undone));
    let html = body(answers::pages::form(at, Path(numbers[1])).await.unwrap()).await;
    assert!(html.contains("Oui. Voilà.") && html.contains("plus publiée"), "the text of an undone answer is kept");
}

/// Each decision of one contribution's page can be undone there, and what may not be decided is refused by name.
#[tokio::test]
async fn one_contribution_is_decided_and_undone_on_its_page() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let online = numbers[1];
    let at = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let page = format!("/equipe/contributions/{online}");
    let now = async || ideas::by_number(t.app.db.read(), online).await.unwrap();
    let acts: [&[(&str, &str)]; 5] = [
        &[("faire", "etat"), ("statut", "accepted")],
        &[("faire", "classer"), ("theme", "Vélo")],
        &[("faire", "masquer"), ("motif", "hurtful")],
        &[("faire", "confier"), ("lot-personne", "")],
        &[("faire", "refuser"), ("motif", "hurtful")],
    ];
    for act in acts {
        let before = now().await;
        let version = before.version.to_string();
        let form: Vec<(&str, &str)> = act.iter().copied().chain([("version", version.as_str())]).collect();
        let done = handle::decide(at(&page), Path(online), Form::of(&form)).await;
        if act[0].1 == "refuser" {
            assert!(matches!(done, Err(Error::Refused(_))), "it is online");
            continue;
        }
        let to = location(&done.unwrap());
        let lot = to.split("lot=").nth(1).unwrap().to_owned();
        let html = body(handle::show(at(&page), std::sync::Arc::default(), Path(online)).await.unwrap()).await;
        assert_complete(&html, act[0].1);
        assert!(html.contains("Vos derniers gestes") && html.contains(&lot), "{act:?}: from a later page");
        let undo = Form::of(&[("faire", "defaire"), ("retour", &page)]);
        let lot = Path(lot.parse().unwrap());
        super::lots::pages::act(at(&page), lot, axum::http::HeaderMap::new(), undo).await.unwrap();
        let after = now().await;
        let what = |c: &crate::ideas::Contribution| (c.status.clone(), c.tag.clone(), c.hidden, c.visible);
        assert_eq!(what(&after), what(&before), "{act:?}");
    }
    for wrong in [&[("faire", "repondre"), ("version", "1")][..], &[("faire", "etat"), ("version", "x")]] {
        let refused = handle::decide(at(&page), Path(online), Form::of(wrong)).await;
        assert!(matches!(refused, Err(Error::BadRequest(_))), "{wrong:?}");
    }
    let foreign = ctx(&t, Role::Moderator(vec![Uuid::from_u128(5)]), Lang::Fr, &page);
    let refused = handle::decide(foreign, Path(online), Form::of(&[("faire", "masquer"), ("version", "1")])).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

/// The filters stay in the tabs, in the address of each line, on the page of one and on the way back.
#[tokio::test]
async fn filters_are_kept_from_page_to_page() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let narrowed = "file=tout&theme=%C3%80%20pied&genre=idees&tri=recentes";
    let html = body(contributions::show(owner(&format!("/equipe/contributions?{narrowed}"))).await.unwrap()).await;
    let kept = "theme=%C3%80%20pied&#38;genre=idees&#38;tri=recentes";
    assert!(html.contains(&format!("href=\"/equipe/contributions?file=a-repondre&#38;{kept}\"")), "in the tabs");
    assert!(html.contains("À publier <span class=\"num\">1</span>"), "the comment is not counted");
    let line = format!("/equipe/contributions/{}?file=tout&#38;{kept}", numbers[1]);
    assert!(html.contains(&format!("href=\"{line}\"")), "on each line");
    let page = format!("/equipe/contributions/{}?{narrowed}", numbers[1]);
    let html = body(handle::show(owner(&page), std::sync::Arc::default(), Path(numbers[1])).await.unwrap()).await;
    assert!(html.contains(&format!("class=\"back\" href=\"/equipe/contributions?file=tout&#38;{kept}\"")), "back");
    let beside = format!("href=\"/equipe/contributions/{}?file=tout&#38;{kept}\" data-key=\"j\"", numbers[0]);
    assert!(html.contains(&beside) || html.contains(&beside.replace("key=\"j\"", "key=\"k\"")), "beside");
    let form = Form::of(&[("faire", "etat"), ("statut", "accepted"), ("version", "1")]);
    let to = location(&handle::decide(owner(&page), Path(numbers[1]), form).await.unwrap());
    assert!(to.starts_with(&format!("{page}&lot=")), "{to}");
}

/// What says the same is offered on the page of one, and any number is taken.
#[tokio::test]
async fn one_is_united_with_another_from_its_page() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let (waits, online) = (numbers[0], numbers[1]);
    let page = format!("/equipe/contributions/{waits}");
    let html = body(handle::show(owner(&page), std::sync::Arc::default(), Path(waits)).await.unwrap()).await;
    assert_complete(&html, "close ideas");
    assert!(html.contains(&format!("fusion?n={waits}.1-{online}.1")), "the same words are close");
    let with = |number: &str| {
        let number = parvis_kernel::url::encode(number);
        owner(&format!("/equipe/contributions/fusion?n={waits}.1&avec={number}&retour=/equipe/contributions/{waits}"))
    };
    let to = location(&super::merge::pages::show(with(&format!("n° {online}"))).await.unwrap());
    assert_eq!(
        to,
        format!("/equipe/contributions/fusion?n={waits}.1-{online}.1&retour=%2Fequipe%2Fcontributions%2F{waits}")
    );
    assert!(body(super::merge::pages::show(owner(&to)).await.unwrap()).await.contains("Laquelle garder"));
    for wrong in ["", "douze", "999999", "99999999999999999999"] {
        let refused = super::merge::pages::show(with(wrong)).await;
        assert!(matches!(refused, Err(Error::Refused(r)) if r == super::merge::NO_SUCH_IDEA), "{wrong}");
    }
    let foreign = ctx(
        &t,
        Role::Moderator(vec![Uuid::from_u128(5)]),
        Lang::Fr,
        &format!("/equipe/contributions/fusion?n={waits}.1&avec={online}"),
    );
    assert!(matches!(super::merge::pages::show(foreign).await, Err(Error::Refused(_))));
}
