//! What the desk shows of what was typed, of mails and of what was done: nothing is lost, hidden or in the way.

use axum::extract::Path;
use chrono::TimeDelta;
use parvis_kernel::{
    args, db,
    form::Form,
    mail::{self, NewMail},
    permission::Role,
    words::Lang,
};
use parvis_people::{consents, persons};
use parvis_testing::engines;
use parvis_ui::Page;
use uuid::Uuid;

use super::{
    contributions, decide, handle, leaving,
    page_tests::{app, app_on, assert_complete, body, ctx, filled, location},
    today, views,
};
use crate::answers;

/// Whoever comes second reads what they typed and what was decided, whether it may still be done or not.
#[tokio::test]
async fn what_the_second_typed_is_shown_beside_what_the_first_decided() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let owner = || ctx(&t, Role::Owner, Lang::Fr, "/equipe/contributions");
    // Published meanwhile: a refusal makes no sense any more, its words are not lost.
    let n = numbers[0].to_string();
    let version = format!("v{n}");
    decide::decide(owner(), Form::of(&[(&version, "1"), ("publier", &n)])).await.unwrap();
    let refusal = [
        (version.as_str(), "1"),
        ("refuser", n.as_str()),
        (&format!("motif-{n}"), "other"),
        (&format!("message-{n}"), "Merci d’ôter <b>le nom</b> du voisin, s’il vous plaît."),
    ];
    let told = decide::decide(owner(), Form::of(&refusal)).await.unwrap();
    assert_eq!(told.status(), 409);
    let html = body(told).await;
    assert_complete(&html, "a refusal too late");
    assert!(
        html.contains("readonly>Merci d’ôter &#60;b&#62;le nom&#60;/b&#62; du voisin, s’il vous plaît.</textarea>"),
        "{html}"
    );
    assert!(!html.contains("name=\"quandmeme\""), "it can't be done");
    // Answered meanwhile: both answers are read before one takes the other's place.
    let answer = |text| {
        Form::of(&[
            ("version", "1"),
            ("texte", text),
            ("signataire", "Nadia"),
            ("statut", "accepted"),
            ("cout", "12 €"),
        ])
    };
    let publish = async |text| answers::pages::publish(owner(), Path(numbers[1]), answer(text)).await.unwrap();
    assert_eq!(publish("Oui, au printemps.").await.status(), 303);
    let told = publish("Non, il est trop tard.").await;
    assert_eq!(told.status(), 409);
    let html = body(told).await;
    assert_complete(&html, "a second answer");
    assert!(
        html.contains("value=\"Non, il est trop tard.\" dir=\"auto\" readonly>") && html.contains("value=\"12 €\" dir")
    );
    assert!(html.contains("Oui, au printemps.") && html.contains("Publier la vôtre à la place"), "{html}");
    // Refused meanwhile: the reason of the colleague.
    let n = numbers[3].to_string();
    let version = format!("v{n}");
    let refusal = [(version.as_str(), "1"), ("refuser", n.as_str()), (&format!("message-{n}"), "Pas ici.")];
    decide::decide(owner(), Form::of(&refusal)).await.unwrap();
    let html = body(decide::decide(owner(), Form::of(&[(&version, "1"), ("publier", &n)])).await.unwrap()).await;
    assert!(html.contains("Pas ici."), "{html}");
}

/// Today says that no mail leaves, to whoever can change that; and where a telephone finds a site that is new.
#[tokio::test]
async fn mails_that_wait_for_a_server_are_told_of() {
    let t = app().await;
    let seen = async |role| body(today::show(ctx(&t, role, Lang::Fr, "/equipe?fait=setup")).await.unwrap()).await;
    let html = seen(Role::Owner).await;
    assert!(html.contains("Rien à traiter") && !html.contains("/equipe/reglages/courriel"), "no mail waits");
    t.write(|tx, _, moment| {
        Box::pin(async move {
            for n in ["a", "b"] {
                let new = NewMail {
                    dedupe: n.into(),
                    person: None,
                    kind: "code",
                    to: "lea@rivemont.example".into(),
                    subject: "Bonjour".into(),
                    text: "Bonjour".into(),
                    html: String::new(),
                    unsubscribe: String::new(),
                    after: moment.now,
                };
                mail::queue(tx, &moment, &new).await?;
            }
            parvis_kernel::db::run(tx, "UPDATE mail SET state = 'failed' WHERE dedupe = 'b'", vec![]).await
        })
    })
    .await;
    for lang in Lang::ALL {
        assert_complete(&body(today::show(ctx(&t, Role::Owner, lang, "/equipe")).await.unwrap()).await, "mails");
    }
    let html = seen(Role::Owner).await;
    assert!(
        html.contains("1 courriel attend un serveur") && html.contains("href=\"/equipe/reglages/courriel\""),
        "{html}"
    );
    assert!(
        html.contains("1 courriel n’est pas parti") && html.contains("href=\"/equipe/reglages/envois?etat=failed\"")
    );
    assert!(!html.contains("Rien à traiter"));
    // Each line has a key: Enter on it, or the first of them all.
    let keys = |attributes: &str| html.matches(&format!("data-key=\"enter\"{attributes}>")).count();
    assert_eq!((keys(" aria-keyshortcuts=\"enter\""), keys("")), (1, 1), "{html}");
    for role in [Role::Analyst, Role::Moderator(vec![])] {
        assert!(!seen(role).await.contains("courriel attend"), "who can't set it is not told");
    }
}

#[tokio::test]
async fn a_new_site_shows_where_a_telephone_finds_it() {
    let mut t = app().await;
    let seen = async |t: &parvis_testing::TestApp| {
        body(today::show(ctx(t, Role::Owner, Lang::Fr, "/equipe?fait=setup")).await.unwrap()).await
    };
    assert!(!seen(&t).await.contains("Votre espace sur un téléphone"), "no telephone reaches localhost");
    std::sync::Arc::get_mut(&mut t.app).unwrap().listens_at = "http://192.168.1.20:8080".into();
    let html = seen(&t).await;
    assert_complete(&html, "a new site");
    assert!(
        html.contains("<code class=\"copy\">http://192.168.1.20:8080</code>") && html.contains("crispEdges"),
        "{html}"
    );
    filled(&t).await;
    assert!(!seen(&t).await.contains("192.168.1.20"), "somebody wrote: it is found");
}

/// What was done minutes ago leaves the queue on the screen, and no title turns the order of its line.
#[tokio::test]
async fn what_was_done_is_folded() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let at = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let page = format!("/equipe/contributions/{}", numbers[1]);
    let mut to = String::new();
    for (status, version) in [("accepted", "1"), ("rejected", "2"), ("implemented", "3"), ("proposed", "4")] {
        let form = Form::of(&[("faire", "etat"), ("statut", status), ("version", version)]);
        to = location(&handle::decide(at(&page), Path(numbers[1]), form).await.unwrap());
    }
    let lot = to.split("lot=").nth(1).unwrap().parse::<Uuid>().unwrap();
    let list = body(contributions::show(at("/equipe/contributions")).await.unwrap()).await;
    assert!(list.contains("<details class=\"more\"><summary>Vos derniers gestes"), "folded: {list}");
    let done = body(contributions::show(at(&format!("/equipe/contributions?lot={lot}"))).await.unwrap()).await;
    let (_, open) = done.split_once("<details class=\"more\" open><summary>Vos derniers gestes").unwrap();
    let (newest, others) = open.split_once("<details class=\"more\">").unwrap();
    assert_eq!(newest.matches("value=\"defaire\"").count(), 3);
    assert!(others.contains("value=\"defaire\"") && newest.contains("<bdi>Un banc"), "{newest}");
}

/// An old text of a file waits since its import, and what Today counts is named as the tabs name it.
#[tokio::test]
async fn imported_texts_wait_since_their_import() {
    let t = app().await;
    filled(&t).await;
    t.write(|tx, _, moment| {
        Box::pin(async move {
            let sql = "SELECT id FROM contribution WHERE status = 'prescreening' AND kind = 'idea'";
            let waits: Uuid = db::scalar(tx, sql, vec![]).await?.unwrap();
            let long_ago = moment.now - TimeDelta::days(4069);
            let sql = "UPDATE contribution SET origin = 'import', created_at = $2, arrived_at = $3 WHERE id = $1";
            db::run(tx, sql, args![waits, long_ago, moment.now - TimeDelta::minutes(20)]).await?;
            let sql = "INSERT INTO screening (contribution_id, why, detail) VALUES ($1, 'word', 'abruti')";
            db::run(tx, sql, args![waits]).await
        })
    })
    .await;
    let at = |uri: &str| ctx(&t, Role::Owner, Lang::Fr, uri);
    let html = body(today::show(at("/equipe")).await.unwrap()).await;
    assert!(html.contains("2 contributions à publier, dont 1 à vérifier"), "{html}");
    assert!(
        html.contains("20\u{a0}minutes") || html.contains("20 minutes") || html.contains("20\u{202f}min"),
        "{html}"
    );
    let list = body(contributions::show(at("/equipe/contributions?file=a-publier")).await.unwrap()).await;
    assert!(!list.contains("069") && !html.contains("069"), "{list}");
    assert!(list.contains("dont à vérifier <span class=\"num\">1</span>"), "{list}");
}

/// Mails that the quiet hours hold are not said to leave in ten minutes.
#[tokio::test]
async fn mails_are_said_to_leave_when_they_leave() {
    let t = app().await;
    let page = async || Page::team(&ctx(&t, Role::Owner, Lang::Fr, "/equipe"), "").await.unwrap();
    let p = page().await;
    assert_eq!(leaving::held(&p, "answer", p.ctx.now()), None, "in the morning");
    t.clock.advance(TimeDelta::hours(13) + TimeDelta::minutes(40));
    let p = page().await;
    let when = leaving::held(&p, "answer", p.ctx.now()).unwrap();
    assert!(when.contains(" à 8") && when.contains(' '), "{when}");
    assert_eq!(leaving::held(&p, "confirmation", p.ctx.now()), None, "what somebody waits for leaves at once");
}

/// Today speaks of what changed since one's own last visit, and leads to who came, who took an accord back, and the addresses
/// that fail.
#[tokio::test]
async fn today_tells_what_changed_since_ones_own_last_visit() {
    for engine in engines() {
        let t = app_on(engine).await;
        let seen = async |role| {
            let html = body(today::show(ctx(&t, role, Lang::Fr, "/equipe")).await.unwrap()).await;
            html.replace(['\u{a0}', '\u{202f}'], " ")
        };
        let first = seen(Role::Owner).await;
        assert!(first.contains("Depuis hier") && !first.contains("Vous étiez là"), "{first}");
        // The same visit, half an hour later; then another one after lunch.
        t.clock.advance(TimeDelta::minutes(30));
        assert!(!seen(Role::Owner).await.contains("Vous étiez là"));
        t.clock.advance(TimeDelta::hours(3));
        let before = seen(Role::Owner).await;
        assert!(before.contains("Vous étiez là aujourd’hui à 9 h 42."), "{before}");
        assert!(before.contains("Rien de nouveau depuis."), "{before}");
        t.write(|tx, _, moment| {
            Box::pin(async move {
                let person = persons::ensure(tx, &moment, "lea@rivemont.example", "Léa", Lang::Fr).await?;
                for (at, state) in [(0, "given"), (1, "withdrawn")] {
                    let moment = moment.at(moment.now + TimeDelta::seconds(at));
                    consents::record(tx, &moment, person.id, "newsletter", "email", state, "Oui", "own_space").await?;
                }
                let sql = "INSERT INTO refused_address (address, code, reason, at) VALUES ($1, 550, 'unknown', $2)";
                db::run(tx, sql, args!["lea@rivemont.example", moment.now]).await
            })
        })
        .await;
        t.clock.advance(TimeDelta::minutes(5));
        let html = seen(Role::Owner).await;
        assert!(html.contains("Vous étiez là aujourd’hui à 9 h 42."), "still that visit: {html}");
        assert!(html.contains("personne a retiré un accord.") && html.contains("nouvelle personne"), "{html}");
        assert!(
            html.contains("/equipe/personnes?accord=retire&#38;depuis=") || html.contains("accord=retire&amp;depuis=")
        );
        assert!(html.contains("Une adresse de courriel en erreur") && html.contains("?accord=adresse\""), "{html}");
        for role in [Role::Analyst, Role::Moderator(vec![])] {
            let html = seen(role).await;
            assert!(!html.contains("personne a retiré") && !html.contains("en erreur"), "who opens no directory");
        }
        // A day later the words say yesterday; forgotten, there is nothing left.
        t.clock.advance(TimeDelta::days(1));
        assert!(seen(Role::Owner).await.contains("Vous étiez là hier à "));
        let known = "SELECT count(*) FROM desk_visit";
        assert_eq!(db::count(t.app.db.read(), known, args![]).await.unwrap(), 1);
        t.write(|tx, _, _| Box::pin(async move { super::visits::forget(tx, Uuid::from_u128(9)).await })).await;
        assert_eq!(db::count(t.app.db.read(), known, args![]).await.unwrap(), 0);
    }
}

/// What others did is said as the journal says it: a colleague by their name, a code by its words.
#[tokio::test]
async fn today_names_the_colleague_whose_role_changed() {
    let t = app().await;
    t.write(|tx, _, moment| {
        Box::pin(async move {
            let person = persons::ensure(tx, &moment, "lea@rivemont.example", "Léa Martin", Lang::Fr).await?;
            let entry = parvis_kernel::activity::Entry {
                actor: None,
                kind: "team.role_changed",
                subject_kind: "person",
                subject: Some(person.id),
                project: None,
                detail: "moderator",
            };
            parvis_kernel::activity::record(tx, &moment, entry).await
        })
    })
    .await;
    let html = body(today::show(ctx(&t, Role::Owner, Lang::Fr, "/equipe")).await.unwrap()).await;
    let html = html.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(html.contains("a donné à Léa Martin le rôle « Modération »"), "{html}");
}

/// What the bar offers and a line does not take stands beside its box, so that the bar offers it no more once it is ticked;
/// a line's own button is there where its decision makes sense, and nowhere else.
#[tokio::test]
async fn a_line_says_what_the_bar_may_not_do_with_it() {
    let t = app().await;
    let (_, numbers) = filled(&t).await;
    let seen = async |file: &str, role| {
        let at = ctx(&t, role, Lang::Fr, &format!("/equipe/contributions?file={file}"));
        body(contributions::show(at).await.unwrap()).await
    };
    let html = seen("toutes", Role::Owner).await;
    let line = |n: i64| {
        let at = html.find(&format!("name=\"c\" value=\"{n}\"")).unwrap();
        html.get(at..).unwrap().split("</li>").next().unwrap()
    };
    let [waiting, online, refused, comment] = numbers[..] else { panic!("{numbers:?}") };
    for (n, lacks) in [
        (waiting, Some("repondre masquer etat")),
        (online, Some("publier refuser")),
        (refused, Some("refuser repondre masquer etat")),
        (comment, Some("repondre masquer etat theme")),
    ] {
        let box_ = line(n).split('>').next().unwrap();
        assert_eq!(box_.split("data-not=\"").nth(1).and_then(|x| x.split('"').next()), lacks, "{n}: {box_}");
        let publishes = line(n).contains("name=\"publier\"");
        assert_eq!(publishes, !box_.contains("publier"), "{n}: {}", line(n));
    }
    assert!(html.contains("value=\"publier\" data-act=\"publier\""));
    // Where all lines are alike the bar has what they take, and no box says more.
    let html = seen("a-repondre", Role::Owner).await;
    assert!(html.contains("data-act=\"repondre\"") && !html.contains("data-act=\"publier\""), "{html}");
    assert!(!html.contains("data-not"), "{html}");
    let html = seen("toutes", Role::Analyst).await;
    assert!(!html.contains("data-act") && !html.contains("name=\"publier\""), "who decides nothing: {html}");
}

/// A view that is removed is gone, and the page it was removed from says so; that of somebody else stays.
#[tokio::test]
async fn a_removed_view_is_said_to_be_removed() {
    let t = app().await;
    filled(&t).await;
    let at = "/equipe/contributions?file=a-publier";
    let keep = Form::of(&[("nom-vue", "Mon lundi matin"), ("retour", at)]);
    views::save(ctx(&t, Role::Owner, Lang::Fr, at), keep).await.unwrap();
    let (me, theirs) = (Uuid::from_u128(9), Uuid::from_u128(77));
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            let sql = "INSERT INTO saved_view (id, owner_id, name, query, shared, created_at) VALUES ($1, $1, 'x', '', $2, $3)";
            db::run(tx, sql, args![theirs, true, moment.now]).await
        })
    })
    .await;
    let mine = views::of(t.app.db.read(), me).await.unwrap().into_iter().find(|v| v.owner_id == me).unwrap();
    let remove = |id: Uuid| Form::of(&[("retirer", id.to_string().as_str()), ("retour", at)]);
    for lang in Lang::ALL {
        let foreign = views::save(ctx(&t, Role::Owner, lang, at), remove(theirs)).await;
        assert!(matches!(foreign, Err(parvis_kernel::Error::NotFound)));
    }
    let gone = views::save(ctx(&t, Role::Owner, Lang::Fr, at), remove(mine.id)).await.unwrap();
    let to = location(&gone);
    assert!(to.starts_with(at), "{to}");
    for (lang, words) in [(Lang::Fr, "La vue est retirée."), (Lang::En, "The view is removed.")] {
        let html = body(contributions::show(ctx(&t, Role::Owner, lang, &to)).await.unwrap()).await;
        assert!(html.contains("alert-ok") && html.contains(words) && !html.contains("Mon lundi matin"), "{html}");
    }
    let twice = views::save(ctx(&t, Role::Owner, Lang::Fr, at), remove(mine.id)).await;
    assert!(matches!(twice, Err(parvis_kernel::Error::NotFound)));
    let left = views::of(t.app.db.read(), me).await.unwrap();
    assert_eq!(left.iter().map(|v| v.id).collect::<Vec<_>>(), [theirs]);
}
