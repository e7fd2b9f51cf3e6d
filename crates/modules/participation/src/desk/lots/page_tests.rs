//! The pages of a lot, of a union, of templates, notes and views through their handlers, in both languages.

use axum::{extract::Path, http::HeaderMap};
use chrono::TimeDelta;
use parvis_kernel::{Error, Refusal, form::Form, permission::Role, words::Lang};
use uuid::Uuid;

use super::{pages, store as lots};
use crate::{
    desk::{
        contributions, decide, handle, merge, notes,
        page_tests::{app, assert_complete, body, ctx, filled, location},
        templates, views,
    },
    ideas::store as ideas,
};

fn lot_of(to: &str) -> Uuid {
    let id = to.split("lot=").nth(1).or_else(|| to.split("/lots/").nth(1)).unwrap();
    id.get(..36).unwrap().parse().unwrap()
}

async fn status(t: &parvis_testing::TestApp, number: i64) -> String {
    ideas::by_number(t.app.db.read(), number).await.unwrap().status
}

#[tokio::test]
async fn lines_ticked_are_decided_and_undone() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let queue = || owner("/equipe/contributions");
    let (a, b) = (numbers[0].to_string(), numbers[3].to_string());
    let (va, vb) = (format!("v{a}"), format!("v{b}"));
    let html = body(contributions::show(queue()).await.unwrap()).await;
    assert!(html.contains("moins d’une minute") && !html.contains("0 minute"), "what came just now");
    let none = Form::of(&[("faire", "publier"), (&va, "1")]);
    let response = decide::decide(queue(), none).await.unwrap();
    assert_eq!(response.status(), 422);
    assert_complete(&body(response).await, "nothing is ticked");
    let ticked = Form::of(&[("faire", "publier"), ("c", &a), ("c", &b), (&va, "1"), (&vb, "1")]);
    let to = location(&decide::decide(queue(), ticked.clone()).await.unwrap());
    assert_eq!(status(&t, numbers[0]).await, "proposed");
    let html = body(contributions::show(owner(&to)).await.unwrap()).await;
    assert!(html.contains("value=\"defaire\"") && html.contains("2 contributions publiées"), "{to}");
    // Pressed twice: the second finds them changed, and names them.
    let again = location(&decide::decide(queue(), ticked).await.unwrap());
    let html = body(contributions::show(owner(&again)).await.unwrap()).await;
    assert!(html.contains("Aucune contribution publiée") && html.contains(&format!("N° {a}")));
    let undo = || Form::of(&[("faire", "defaire"), ("retour", "/equipe/contributions")]);
    let lot = lot_of(&to);
    for _ in 0..2 {
        pages::act(queue(), Path(lot), HeaderMap::new(), undo()).await.unwrap();
        assert_eq!(status(&t, numbers[0]).await, "prescreening", "undone twice is undone once");
    }
    for lang in Lang::ALL {
        let page = ctx(&t, Role::Owner, lang, "/equipe/contributions/lots/x");
        assert_complete(&body(pages::show(page, Path(lot), HeaderMap::new()).await.unwrap()).await, "undone");
    }
    let foreign = ctx(&t, Role::Moderator(vec![Uuid::from_u128(5)]), Lang::Fr, "/equipe");
    assert!(pages::show(foreign.clone(), Path(lot), HeaderMap::new()).await.is_ok(), "one's own lot is read");
    let stranger = lots::find(t.app.db.read(), Uuid::from_u128(1)).await;
    assert!(matches!(stranger, Err(Error::NotFound)));
}

#[tokio::test]
async fn all_that_match_are_shown_before_anything_is_done() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let retour = "/equipe/contributions?file=a-publier";
    let all = |act: &str| Form::of(&[("faire", act), ("ensemble", "1"), ("retour", retour), ("motif", "hurtful")]);
    let to = location(&decide::decide(owner("/equipe/contributions"), all("refuser")).await.unwrap());
    assert_eq!(status(&t, numbers[0]).await, "prescreening", "nothing is done yet");
    let lot = lot_of(&to);
    for lang in Lang::ALL {
        let page = ctx(&t, Role::Owner, lang, &to);
        let html = body(pages::show(page, Path(lot), HeaderMap::new()).await.unwrap()).await;
        assert_complete(&html, "a lot that asks");
        assert!(html.contains("value=\"demarrer\"") && !html.contains("<script>alert"));
    }
    let start = Form::of(&[("faire", "demarrer")]);
    for _ in 0..2 {
        pages::act(owner(&to), Path(lot), HeaderMap::new(), start.clone()).await.unwrap();
    }
    assert_eq!(status(&t, numbers[0]).await, "ineligible");
    t.clock.advance(TimeDelta::minutes(11));
    let late = pages::act(owner(&to), Path(lot), HeaderMap::new(), Form::of(&[("faire", "defaire")])).await;
    assert!(matches!(late, Err(Error::Refused(r)) if r == crate::answers::store::TOO_LATE_TO_UNDO));
    // One answer for all that wait for one.
    let to_answer =
        Form::of(&[("faire", "repondre"), ("ensemble", "1"), ("retour", "/equipe/contributions?file=a-repondre")]);
    let to = location(&decide::decide(owner("/equipe/contributions"), to_answer).await.unwrap());
    let lot = lot_of(&to);
    let empty = Form::of(&[("faire", "demarrer"), ("signataire", "Nadia")]);
    let response = pages::act(owner(&to), Path(lot), HeaderMap::new(), empty).await.unwrap();
    assert_eq!(response.status(), 422);
    assert_complete(&body(response).await, "an answer to many, to correct");
    let written = |text: &str| {
        Form::of(&[("faire", "demarrer"), ("signataire", "Nadia"), ("texte", text), ("statut", "accepted")])
    };
    for (text, words) in [
        ("Oui, {prénom}.", "{prénom} ne va pas dans une réponse"),
        ("Oui à {titre}, {inconnu}.", "Rien ne remplace {inconnu}"),
    ] {
        let response = pages::act(owner(&to), Path(lot), HeaderMap::new(), written(text)).await.unwrap();
        assert_eq!(response.status(), 422, "{text}");
        assert!(body(response).await.contains(words), "{text}");
    }
    let mut elsewhere = written("Oui.");
    elsewhere.set("suite", "En mai, pour {titre}");
    assert_eq!(pages::act(owner(&to), Path(lot), HeaderMap::new(), elsewhere).await.unwrap().status(), 422);
    let mut trying = written("Oui à l’idée {numéro}.");
    trying.set("faire", "apercu");
    let html = body(pages::act(owner(&to), Path(lot), HeaderMap::new(), trying).await.unwrap()).await;
    assert!(html.contains(&format!("Oui à l’idée {}.", numbers[1])), "as everybody will read it");
    let whole = written("Oui à l’idée {numéro}.");
    pages::act(owner(&to), Path(lot), HeaderMap::new(), whole).await.unwrap();
    let idea = ideas::by_number(t.app.db.read(), numbers[1]).await.unwrap();
    let answer = crate::answers::store::find(t.app.db.read(), idea.id).await.unwrap().unwrap();
    assert_eq!(
        (idea.status.as_str(), answer.body.as_str()),
        ("accepted", format!("Oui à l’idée {}.", numbers[1]).as_str())
    );
}

#[tokio::test]
async fn what_a_lot_does_not_name_is_one_link_away() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let idea = ideas::by_number(t.app.db.read(), numbers[0]).await.unwrap();
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            for _ in 0..22 {
                let waiting = crate::ideas::Status::Prescreening;
                let new = ideas::New::idea(idea.project_id, Uuid::from_u128(1), "Un banc", waiting);
                ideas::insert(tx, &moment, &new).await?;
            }
            Ok(())
        })
    })
    .await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let retour = "/equipe/contributions?file=a-publier&page=2";
    let all = Form::of(&[("faire", "publier"), ("ensemble", "1"), ("retour", retour)]);
    let to = location(&decide::decide(owner("/equipe/contributions"), all).await.unwrap());
    let html = body(pages::show(owner(&to), Path(lot_of(&to)), HeaderMap::new()).await.unwrap()).await;
    assert_complete(&html, "a long lot");
    let html = html.replace(['\u{a0}', '\u{202f}'], " ");
    let link = "<a href=\"/equipe/contributions?file=a-publier&#38;page=1\">et 4 autres.</a>";
    assert!(html.contains(link), "{html}");
}

#[tokio::test]
async fn a_foreign_project_is_out_of_reach() {
    let t = app().await;
    let (slug, numbers) = filled(&t).await;
    let a = numbers[0].to_string();
    let version = format!("v{a}");
    let moderator = || ctx(&t, Role::Moderator(vec![Uuid::from_u128(5)]), Lang::Fr, "/equipe/contributions");
    let ticked = Form::of(&[("faire", "publier"), ("c", &a), (&version, "1")]);
    let to = location(&decide::decide(moderator(), ticked).await.unwrap());
    let counts = lots::counts(t.app.db.read(), lot_of(&to)).await.unwrap();
    assert_eq!((counts.refused, counts.done, status(&t, numbers[0]).await.as_str()), (1, 0, "prescreening"));
    let moved = Form::of(&[("faire", "projet"), ("lot-projet", &slug), ("c", &a), (&version, "1")]);
    assert!(matches!(decide::decide(moderator(), moved).await, Err(Error::Refused(Refusal::NOT_ALLOWED))));
    let all = Form::of(&[("faire", "publier"), ("ensemble", "1"), ("retour", "/equipe/contributions?file=a-publier")]);
    let to = location(&decide::decide(moderator(), all).await.unwrap());
    assert_eq!(lots::counts(t.app.db.read(), lot_of(&to)).await.unwrap().all(), 0, "nothing of it matches");
    for form in [
        Form::of(&[("faire", "etat"), ("lot-etat", "ineligible"), ("c", &a), (&version, "1")]),
        Form::of(&[("faire", "confier"), ("lot-personne", "x"), ("c", &a), (&version, "1")]),
        Form::of(&[("faire", "confier"), ("lot-personne", &Uuid::nil().to_string()), ("c", &a), (&version, "1")]),
    ] {
        assert!(matches!(decide::decide(moderator(), form).await, Err(Error::BadRequest(_))));
    }
    let note = notes::post(moderator(), Path(numbers[0]), Form::of(&[("note", "Bonjour")])).await;
    assert!(matches!(note, Err(Error::Refused(Refusal::NOT_ALLOWED))));
}

#[tokio::test]
async fn templates_notes_and_views() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let page = || owner("/equipe/contributions/modeles");
    for wrong in [Form::new(), Form::of(&[("titre", "\u{200b}"), ("texte", &"a".repeat(3_000))])] {
        let response = templates::create(page(), wrong).await.unwrap();
        assert_eq!(response.status(), 422);
        assert_complete(&body(response).await, "a template to correct");
    }
    let new =
        Form::of(&[("titre", "Hors <b>sujet"), ("texte", "Bonjour {prénom}, la {numéro}."), ("motif", "off_topic")]);
    templates::create(page(), new).await.unwrap();
    let kept = templates::all(t.app.db.read()).await.unwrap().remove(0);
    for lang in Lang::ALL {
        let at = ctx(&t, Role::Owner, lang, &format!("/equipe/contributions/modeles?ouvrir={}", kept.id));
        assert_complete(&body(templates::show(at).await.unwrap()).await, "templates");
    }
    let stale = Form::of(&[("titre", "x"), ("texte", "y"), ("motif", "other"), ("version", "9")]);
    assert!(templates::change(page(), Path(kept.id), stale).await.is_err(), "changed by somebody else");
    // Its words, filled, are what the author reads.
    let form = Form::of(&[("faire", "refuser"), ("version", "1"), ("motif", &kept.id.to_string())]);
    handle::decide(owner("/equipe/contributions/1"), Path(numbers[0]), form).await.unwrap();
    let item = ideas::by_number(t.app.db.read(), numbers[0]).await.unwrap();
    assert_eq!(item.reason, format!("Bonjour Léa M., la {}.", numbers[0]));
    templates::change(page(), Path(kept.id), Form::of(&[("retirer", "1")])).await.unwrap();
    assert!(templates::all(t.app.db.read()).await.unwrap().is_empty());

    let response = notes::post(page(), Path(numbers[1]), Form::of(&[("note", " ")])).await.unwrap();
    assert_eq!(response.status(), 422);
    assert_complete(&body(response).await, "a note to correct");
    notes::post(page(), Path(numbers[1]), Form::of(&[("note", "À <i>voir, @inconnu")])).await.unwrap();
    let html = body(
        handle::show(owner("/equipe/contributions/1"), std::sync::Arc::default(), Path(numbers[1])).await.unwrap(),
    )
    .await;
    assert_complete(&html, "a note");
    assert!(html.contains("name=\"retirer\"") && !html.contains("<i>voir"));
    assert!(html.contains("@inconnu n’a reçu aucun message : ce prénom"), "silence would be believed to be a message");
    let public = ideas::by_number(t.app.db.read(), numbers[1]).await.unwrap();
    let note = notes::of(t.app.db.read(), public.id).await.unwrap().remove(0);
    notes::post(page(), Path(numbers[1]), Form::of(&[("retirer", &note.id.to_string())])).await.unwrap();
    assert!(notes::of(t.app.db.read(), public.id).await.unwrap().is_empty());

    let retour = "/equipe/contributions?file=a-publier&theme=V%C3%A9lo&page=2";
    let nameless = views::save(page(), Form::of(&[("retour", retour), ("nom-vue", " ")])).await.unwrap();
    assert_eq!(nameless.status(), 422);
    assert_complete(&body(nameless).await, "a view without a name");
    for _ in 0..2 {
        let form = Form::of(&[("retour", retour), ("nom-vue", "Vélo"), ("partager", "1")]);
        let to = location(&views::save(page(), form).await.unwrap());
        assert_eq!(to, "/equipe/contributions?file=a-publier&theme=V%C3%A9lo&fait=vue");
    }
    let kept = views::of(t.app.db.read(), Uuid::from_u128(1)).await.unwrap();
    assert_eq!((kept.len(), kept[0].shared), (1, true), "saved twice is one, and others see it");
    let html = body(contributions::show(owner("/equipe/contributions?theme=x")).await.unwrap()).await;
    assert_complete(&html, "views");
    views::save(page(), Form::of(&[("retirer", &kept[0].id.to_string())])).await.unwrap();
    assert!(views::save(page(), Form::of(&[("retirer", &kept[0].id.to_string())])).await.is_err(), "gone already");
}

#[tokio::test]
async fn the_pages_of_a_union() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let (a, b) = (numbers[0].to_string(), numbers[1].to_string());
    let one = Form::of(&[("faire", "fusionner"), ("c", &a), (&format!("v{a}"), "1")]);
    assert_eq!(decide::decide(owner("/equipe/contributions"), one).await.unwrap().status(), 422);
    let two =
        Form::of(&[("faire", "fusionner"), ("c", &a), ("c", &b), (&format!("v{a}"), "1"), (&format!("v{b}"), "1")]);
    let to = location(&decide::decide(owner("/equipe/contributions"), two).await.unwrap());
    for lang in Lang::ALL {
        let html = body(merge::pages::show(ctx(&t, Role::Owner, lang, &to)).await.unwrap()).await;
        assert_complete(&html, "which to keep");
        assert!(html.contains(&format!("value=\"{b}\" checked")), "the one that is online");
    }
    let pairs = format!("{a}.1-{b}.1");
    let nothing = merge::pages::unite(owner(&to), Form::of(&[("n", &pairs)])).await;
    assert!(matches!(nothing, Err(Error::BadRequest(_))));
    let form = || Form::of(&[("n", &pairs), ("garde", &b)]);
    let done = location(&merge::pages::unite(owner(&to), form()).await.unwrap());
    assert!(matches!(merge::pages::unite(owner(&to), form()).await, Err(Error::Refused(Refusal::CHANGED_MEANWHILE))));
    for (lang, number) in [(Lang::Fr, numbers[1]), (Lang::En, numbers[1]), (Lang::Fr, numbers[0])] {
        let html = body(
            handle::show(ctx(&t, Role::Owner, lang, &done), std::sync::Arc::default(), Path(number)).await.unwrap(),
        )
        .await;
        assert_complete(&html, "united");
    }
    let id: Uuid = done.split("fusion=").nth(1).unwrap().parse().unwrap();
    let html = body(contributions::show(owner("/equipe/contributions")).await.unwrap()).await;
    assert_complete(&html, "the union can be undone from the queue");
    assert!(html.contains(&format!("action=\"/equipe/contributions/fusion/{id}\"")), "later, from another page");
    let back = Form::of(&[("retour", "/equipe/contributions?file=a-publier")]);
    let to = location(&merge::pages::undo(owner(&done), Path(id), back).await.unwrap());
    assert_eq!(to, format!("/equipe/contributions?file=a-publier&fusion={id}"));
    assert_eq!(status(&t, numbers[0]).await, "prescreening");
}
