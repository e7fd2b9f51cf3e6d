//! What a project does not allow today, or a link no longer, is refused in words, and what was typed is given back whole.

use axum::http::StatusCode;
use chrono::{Days, NaiveDate, TimeDelta};
use parvis_kernel::{args, db, locale, mail};
use parvis_participation::{
    ideas::{
        Status,
        store::{self, New},
    },
    projects::{self, Phase, Project},
};
use parvis_testing::engines;
use uuid::Uuid;

use crate::support::{Answer, Browser, Site};

/// Longer than what an error page would take for a first name.
const LONG: &str = "Une navette pour l’hôpital le dimanche, avec un arrêt devant la « Résidence du Parc »";
/// A comment of two words is a text too.
const SHORT: &str = "Très bien";

fn phase(from: NaiveDate, to: Option<NaiveDate>) -> Phase {
    Phase {
        id: Uuid::nil(),
        title: "Vos idées".into(),
        method: "ideation".into(),
        starts_on: from,
        ends_on: to,
        posting: true,
        commenting: true,
        supporting: true,
        opposing: true,
        anonymous: true,
        prescreening: false,
    }
}

/// A project with these phases and an idea online: the idea's number.
async fn project(site: &Site, slug: &'static str, state: &'static str, phases: Vec<Phase>) -> i64 {
    site.test
        .write(move |tx, _, moment| {
            let phases = phases.clone();
            Box::pin(async move {
                let project = Project {
                    slug: slug.into(),
                    title: slug.into(),
                    visibility: "public".into(),
                    state: state.into(),
                    created_at: moment.now,
                    version: 1,
                    ..Project::default()
                };
                let id = projects::store::insert(tx, &moment, &project).await?;
                projects::store::set_phases(tx, &moment, id, &phases).await?;
                let idea = New::idea(id, moment.id(), "Un banc devant la gare", Status::Proposed);
                Ok(store::insert(tx, &moment, &idea).await?.number)
            })
        })
        .await
}

async fn count(site: &Site, table: &str) -> i64 {
    db::count(site.app().db.read(), &format!("SELECT count(*) FROM {table}"), args![]).await.unwrap()
}

fn says(answer: &Answer, status: StatusCode, title: &str, kept: &str) {
    assert_eq!(answer.status, status, "{title}: {}", answer.location);
    assert!(answer.text.contains(title), "{title} is not said: {}", answer.text);
    // Pages set the spaces of quotation marks; the text itself keeps those that were typed.
    let plain = answer.text.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(kept.is_empty() || plain.contains(kept), "{kept} is not given back: {plain}");
}

/// Every act of a visitor on an idea of a project that allows none of them.
async fn all_refused(site: &Site, slug: &str, idea: i64, title: &str, code: &str, when: &str) {
    let mut ines: Browser = site.visitor();
    let posted = ines.post("/deposer", &[("projet", slug), ("idee", LONG)]).await;
    says(&posted, StatusCode::FORBIDDEN, title, LONG);
    assert!(posted.text.contains(when), "{slug}: the day is not said");
    // Kept for whoever wrote it, who finds it again, and for nobody else.
    let today = site.app().clock.now().date_naive();
    let until = locale::day(parvis_kernel::words::Lang::Fr, today + Days::new(30), today);
    let back = ines.get(&format!("/deposer?projet={slug}")).await;
    says(&back, StatusCode::FORBIDDEN, title, LONG);
    for page in [&posted, &back] {
        let plain = page.text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(plain.contains(&format!("gardé pour cet appareil jusqu’au {until}")), "{until}: {plain}");
    }
    assert!(!site.visitor().get(&format!("/deposer?projet={slug}")).await.text.contains("Résidence"));
    for text in [LONG, SHORT] {
        let said = ines.post(&format!("/idees/{idea}/commenter"), &[("commentaire", text), ("prenom", "Inès")]).await;
        says(&said, StatusCode::FORBIDDEN, title, text);
    }
    for act in ["soutenir", "opposer"] {
        let path = format!("/idees/{idea}/{act}");
        says(&ines.post(&path, &[("etat", "0")]).await, StatusCode::FORBIDDEN, title, "");
        let token = ines.token.clone();
        let fields = [("_csrf", token.as_str()), ("etat", "0")];
        let script = ines.post_raw(&path, &fields, &[("accept", "application/json")]).await;
        assert_eq!(script.status, StatusCode::FORBIDDEN);
        assert!(script.text.contains(&format!("\"{code}\"")) && script.text.contains(title), "{}", script.text);
    }
    // The page itself offers nothing of what would be refused.
    let page = ines.get(&format!("/idees/{idea}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for form in ["commenter\"", "soutenir\"", "opposer\""] {
        assert!(!page.text.contains(&format!("action=\"/idees/{idea}/{form}")), "{slug} offers {form}");
    }
}

#[tokio::test]
async fn a_closed_a_future_an_archived_and_another_phase_say_why_and_give_the_text_back() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let today = site.app().clock.now().date_naive();
        let (past, next) = (today - Days::new(10), today + Days::new(5));
        let fr = |day| locale::day(parvis_kernel::words::Lang::Fr, day, today);
        let nothing =
            Phase { posting: false, commenting: false, supporting: false, opposing: false, ..phase(past, None) };
        let cases = [
            (
                "finie",
                "published",
                vec![phase(past - Days::new(9), Some(past))],
                "La collecte est terminée",
                "phase_closed",
                format!("Terminé depuis le {}", fr(past)),
            ),
            (
                "a-venir",
                "published",
                vec![phase(next, None)],
                "Ce n’est pas encore ouvert",
                "phase_not_started",
                format!("À partir du {}", fr(next)),
            ),
            (
                "archivee",
                "archived",
                vec![phase(past, None)],
                "Cette consultation est archivée",
                "project_archived",
                String::new(),
            ),
            (
                "autre-etape",
                "published",
                vec![nothing],
                "Ce n’est pas possible à cette étape",
                "not_in_this_phase",
                String::new(),
            ),
            // Without any phase nothing has closed: nobody is told that the team reads what was never written.
            (
                "sans-etape",
                "published",
                Vec::new(),
                "Ce n’est pas possible à cette étape",
                "not_in_this_phase",
                String::new(),
            ),
        ];
        for (slug, state, phases, title, code, when) in cases {
            let idea = project(&site, slug, state, phases).await;
            all_refused(&site, slug, idea, title, code, &when).await;
        }
        assert_eq!(count(&site, "contribution").await, 5, "the ideas of the projects, and nothing else");
        assert_eq!(count(&site, "reaction").await, 0);
    }
}

#[tokio::test]
async fn a_text_that_came_too_late_can_be_sent_to_the_team_by_mail() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let past = site.app().clock.now().date_naive() - Days::new(10);
    project(&site, "finie", "published", vec![phase(past - Days::new(9), Some(past))]).await;
    site.test
        .write(|tx, _, _| {
            Box::pin(async move {
                let to = |s: &mut parvis_kernel::settings::Settings| s.contact = "mairie@rivemont.example".into();
                parvis_kernel::settings::change(tx, to).await.map(|_| ())
            })
        })
        .await;
    site.test.clock.advance(TimeDelta::seconds(2));
    let mut ines = site.visitor();
    let posted = ines.post("/deposer", &[("projet", "finie"), ("idee", "Un banc & un arbre\nprès d’ici")]).await;
    let mail = "mailto:mairie@rivemont.example?subject=Une%20id%C3%A9e%20pour%20finie&#38;body=Un%20banc%20%26%20un%20arbre%0D%0Apr";
    assert!(posted.text.contains(mail), "{}", posted.text);
    let long = ines.post("/deposer", &[("projet", "finie"), ("idee", &"Un banc. ".repeat(400))]).await;
    assert!(long.text.contains("copiez-le") && !long.text.contains("body="), "{}", long.text);
}

#[tokio::test]
async fn where_each_text_is_signed_a_name_is_asked_for_beside_its_field() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let today = site.app().clock.now().date_naive();
        let signed = Phase { anonymous: false, ..phase(today, None) };
        let idea = project(&site, "signee", "published", vec![signed]).await;
        let mut ines = site.visitor();
        let missing = "Il manque le prénom";
        let comment = format!("/idees/{idea}/commenter");
        for text in [LONG, SHORT] {
            let said = ines.post(&comment, &[("commentaire", text), ("prenom", " \u{200b}")]).await;
            says(&said, StatusCode::UNPROCESSABLE_ENTITY, missing, text);
        }
        let kept = ines.post("/deposer", &[("projet", "signee"), ("idee", LONG)]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
        let second = kept.location;
        assert!(!ines.get(&second).await.text.contains("value=\"personne\""), "no name is no choice here");
        // A program, or a page opened before the phase changed, sends it all the same.
        let nobody = ines.post(&second, &[("q", "personne"), ("prenom", "")]).await;
        says(&nobody, StatusCode::UNPROCESSABLE_ENTITY, missing, LONG);
        assert_eq!(count(&site, "contribution").await, 1);
        let signed = ines.post(&second, &[("q", "personne"), ("prenom", "Inès")]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER);
        let name = "SELECT count(*) FROM contribution WHERE author_name = 'Inès'";
        assert_eq!(db::count(site.app().db.read(), name, args![]).await.unwrap(), 1, "under the name that was given");
    }
}

#[tokio::test]
async fn a_phase_that_ends_while_somebody_writes_keeps_the_text_and_lets_take_back() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let today = site.app().clock.now().date_naive();
        let idea = project(&site, "demain", "published", vec![phase(today, Some(today))]).await;
        let mut ines = site.visitor();
        let second = ines.post("/deposer", &[("projet", "demain"), ("idee", LONG)]).await.location;
        for act in ["soutenir", "opposer"] {
            let given = ines.post(&format!("/idees/{idea}/{act}"), &[("etat", "0")]).await;
            assert_eq!(given.status, StatusCode::SEE_OTHER, "{act} while it is open");
        }
        assert_eq!(count(&site, "reaction").await, 1, "the second stands for the first");
        // Fifteen hours after nine in the morning it is the next day.
        site.test.clock.advance(TimeDelta::hours(15));
        let sent = ines.post(&second, &[("q", "prenom"), ("prenom", "Inès")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let told = ines.get(&sent.location).await;
        says(&told, StatusCode::FORBIDDEN, "La collecte est terminée", LONG);
        assert_eq!(count(&site, "contribution").await, 1, "nothing was posted");
        let back = ines.post(&format!("/idees/{idea}/opposer"), &[("etat", "1")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "what was given can always be taken back");
        assert_eq!(count(&site, "reaction").await, 0);
    }
}

#[tokio::test]
async fn a_link_that_came_too_late_says_how_long_it_was_good_and_sends_another() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let (_, ines) = site.citizen("ines").await;
        drop(ines);
        let link = async || {
            let text = mail::latest(&site.app().db, 1).await.unwrap().remove(0).body_text;
            let at = text.split_whitespace().find_map(|word| word.split_once("/connexion/")).unwrap().1;
            format!("/connexion/{at}")
        };
        let mut browser = site.visitor();
        browser.get("/connexion").await;
        let asked = [("courriel", "ines@rivemont.example"), ("retour", "/idees")];
        assert_eq!(browser.post("/connexion", &asked).await.status, StatusCode::SEE_OTHER);
        let late = link().await;
        site.test.clock.advance(TimeDelta::minutes(29));
        assert_eq!(browser.get(&late).await.status, StatusCode::OK, "good for half an hour");
        site.test.clock.advance(TimeDelta::minutes(2));
        for answer in [browser.get(&late).await, browser.post(&late, &[]).await] {
            says(&answer, StatusCode::GONE, "Ce lien ne marche plus", "");
            let plain = answer.text.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(plain.contains("pendant 30 minutes") && plain.contains("Recevoir un nouveau lien"), "{plain}");
            assert!(!answer.text.contains("ines@rivemont.example"), "who holds an old link does not learn the address");
        }
        assert!(browser.get("/mon-espace").await.location.starts_with("/connexion?"), "nobody is signed in");
        let again = browser.post(&late, &[("renvoyer", "1")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        let fresh = link().await;
        assert_ne!(fresh, late);
        assert_eq!(browser.post(&fresh, &[]).await.location, "/idees", "and goes where the first one led");
    }
}
