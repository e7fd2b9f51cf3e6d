//! The job, what it keeps, and the pages made of it, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    body::{Body, to_bytes},
    http::{Request as HttpRequest, StatusCode},
};
use chrono::TimeDelta;
use parvis_insight::{
    Insight,
    analysis::{Period, job, store},
};
use parvis_kernel::{
    Ctx, Result,
    app::App,
    args,
    context::Request,
    db, jobs,
    module::{Forget, Module, TextPlace, TextRow},
    permission::{Actor, Role},
    routes::CsrfChecked,
    words::Lang,
};
use parvis_people::{
    People, areas,
    margins::{self, Margin},
};
use parvis_testing::{
    TestApp, engines,
    module::{Nobody, Partly, Stub},
    start,
};
use tower::ServiceExt;
use uuid::Uuid;

const TOWN: Uuid = Uuid::from_u128(1);
const SCHOOL: Uuid = Uuid::from_u128(2);
const GARE: Uuid = Uuid::from_u128(10);
const PORT: Uuid = Uuid::from_u128(11);
/// On every text of this many of the seventy-two.
const SECRET: &str = "Une phrase que personne ne doit lire ici";

/// A module that holds a few texts.
struct Texts(fn() -> Vec<TextRow>);

/// Seventy-two texts by as many people, on three matters, from two areas and in two projects; five more by five people
/// on a fourth matter, from the second area.
fn rows() -> Vec<TextRow> {
    let bodies = [
        "Il faut une piste cyclable continue sur le pont de la gare.",
        "La cantine de l’école devrait servir des repas bio aux enfants.",
        "Un marché couvert le dimanche matin ferait vivre les commerces.",
    ];
    let row = |i: u128, body: String, area: Uuid| TextRow {
        id: Uuid::from_u128(1000 + i),
        number: 1000 + i64::try_from(i).unwrap(),
        kind: if i.is_multiple_of(5) { "comment" } else { "idea" },
        title: if i.is_multiple_of(5) { String::new() } else { format!("Idée {i}") },
        body,
        voice: Uuid::from_u128(5000 + i),
        area: Some(area),
        age: (i.is_multiple_of(2)).then(|| "25-39".to_owned()),
        project: if i.is_multiple_of(4) { SCHOOL } else { TOWN },
        at: start() - TimeDelta::days(i64::try_from(i % 15).unwrap()),
        lang: "fr".into(),
    };
    let mut rows: Vec<TextRow> = (0..72_u128)
        .map(|i| {
            row(
                i,
                format!("{} Signé {i}.", bodies[usize::try_from(i % 3).unwrap()]),
                if i.is_multiple_of(2) { GARE } else { PORT },
            )
        })
        .collect();
    rows.extend((72..77).map(|i| row(i, format!("{SECRET} sur la fontaine du square, fontaine {i}."), PORT)));
    rows
}

/// Two hundred texts by as many people of each age: many between 25 and 39, few older ones.
fn aged() -> Vec<TextRow> {
    let ages = [("15-24", 30), ("25-39", 90), ("40-64", 60), ("65+", 20)];
    let all = ages.into_iter().flat_map(|(age, n)| std::iter::repeat_n(age, n));
    let row = |(age, row): (&str, TextRow)| TextRow { age: Some(age.to_owned()), area: None, project: TOWN, ..row };
    let many = (0..3_u128).flat_map(|i| {
        rows().into_iter().map(move |r| TextRow {
            id: Uuid::from_u128(r.id.as_u128() + 10_000 * i),
            voice: Uuid::from_u128(r.voice.as_u128() + 10_000 * i),
            ..r
        })
    });
    all.zip(many).map(row).collect()
}

#[async_trait]
impl Partly for Texts {
    async fn texts(&self, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>> {
        let mut rows = (self.0)();
        rows.retain(|row| after.is_none_or(|after| row.place() > after));
        rows.sort_by_key(TextRow::place);
        rows.truncate(usize::try_from(most).unwrap());
        Ok(rows)
    }
    async fn scopes(&self) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![(TOWN, "La ville".into()), (SCHOOL, "L’école".into())])
    }
}

async fn town(engine: parvis_testing::Engine) -> TestApp {
    town_of(engine, rows).await
}

async fn town_of(engine: parvis_testing::Engine, rows: fn() -> Vec<TextRow>) -> TestApp {
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Stub(Texts(rows))), Arc::new(Insight)];
    let t = parvis_testing::app(engine, modules, Arc::new(Nobody)).await;
    t.app
        .db
        .write(|tx| {
            Box::pin(async move {
                for (id, name) in [(GARE, "Gare-Sud"), (PORT, "Vieux-Port")] {
                    let outline =
                        "{\"type\":\"Polygon\",\"coordinates\":[[[4.1,44.1],[4.2,44.1],[4.2,44.2],[4.1,44.1]]]}";
                    let sql =
                        "INSERT INTO area (id, name, position, lon, lat, outline) VALUES ($1, $2, 0, 4.1, 44.1, $3)";
                    db::run(tx, sql, args![id, name, outline]).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    t
}

fn member(role: Role) -> Actor {
    Actor::Person { id: Uuid::from_u128(99), name: "Camille".into(), session: Uuid::from_u128(98), role: Some(role) }
}

async fn ask(app: &Arc<App>, actor: Actor, method: &str, uri: &str) -> (StatusCode, String) {
    let ctx = Ctx(Arc::new(Request {
        app: app.clone(),
        settings: app.settings().await.unwrap(),
        actor,
        visitor: Uuid::from_u128(97),
        lang: Lang::Fr,
        moment: app.moment(),
        id: "test".into(),
        uri: uri.to_owned(),
        address: String::new(),
        shortcuts: false,
    }));
    let mut request = HttpRequest::builder().method(method).uri(uri).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ctx);
    request.extensions_mut().insert(CsrfChecked);
    let answer = Insight.routes().into_router().oneshot(request).await.unwrap();
    let status = answer.status();
    let place = answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned());
    let body = String::from_utf8(to_bytes(answer.into_body(), 4 << 20).await.unwrap().to_vec()).unwrap();
    (status, place.unwrap_or(body))
}

#[tokio::test]
async fn texts_become_a_page_and_every_figure_opens_its_texts() {
    for engine in engines() {
        let t = town(engine).await;
        let (status, page) = ask(&t.app, member(Role::Analyst), "GET", "/equipe/analyse").await;
        assert!(status.is_success() && page.contains("n’est pas encore calculée"), "{page}");
        assert!(job::refresh(&t.app, false).await.unwrap());
        assert!(!job::refresh(&t.app, false).await.unwrap(), "the same texts are not computed twice");

        let (status, page) = ask(&t.app, member(Role::Analyst), "GET", "/equipe/analyse").await;
        assert!(status.is_success());
        for part in ["⟦", "NaN", "<form method=\"post\"", SECRET, "fontaine"] {
            assert!(!page.contains(part), "{part} in {page}");
        }
        assert_eq!(page.matches("<h1").count(), 1);
        for part in
            ["table class=\"bars wrap\"", "class=\"ci\"", "Gare-Sud", "Mot pour mot", "77", "pas comme un sondage"]
        {
            assert!(page.contains(part), "{part} in {page}");
        }

        // Each number opens exactly that many texts.
        let mut opened = 0;
        for link in page.split("href=\"").skip(1).filter_map(|l| l.split('"').next()) {
            if link.starts_with("/equipe/analyse/themes/") || link.starts_with("/equipe/analyse/contributions") {
                let (status, list) =
                    ask(&t.app, member(Role::Analyst), "GET", &link.replace("&amp;", "&").replace("&#38;", "&")).await;
                assert!(status.is_success(), "{link}");
                assert!(list.contains("<ol class=\"lines\">"), "{link} leads to {list}");
                opened += 1;
            }
        }
        assert!(opened > 5, "{opened}");

        // Five people on a theme: neither by its address nor by a filter.
        let analysis = store::latest(t.app.db.read(), None).await.unwrap().unwrap();
        let themes = store::themes(t.app.db.read(), analysis.id).await.unwrap();
        assert_eq!(analysis.texts, 77);
        let small = themes.iter().find(|t| t.label.is_empty()).expect("the fountain");
        assert_eq!(small.size, 0, "nor is its size kept");
        // How many have no theme is hidden too, so the method does not say how many have one.
        let (_, page) = ask(&t.app, member(Role::Owner), "GET", "/equipe/analyse").await;
        assert!(page.contains("id=\"methode\"") && !page.contains("rangées dans"), "{page}");
        let (status, _) =
            ask(&t.app, member(Role::Owner), "GET", &format!("/equipe/analyse/themes/{}", small.id)).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_moderator_sees_named_projects_only_and_may_ask_again() {
    for engine in engines() {
        let t = town(engine).await;
        job::refresh(&t.app, false).await.unwrap();
        let own = || member(Role::Moderator(vec![SCHOOL]));
        let (status, page) = ask(&t.app, own(), "GET", "/equipe/analyse").await;
        assert!(status.is_success() && !page.contains("La ville") && page.contains("Recalculer"), "{page}");
        let other = format!("/equipe/analyse?projet={TOWN}");
        assert_eq!(ask(&t.app, own(), "GET", &other).await.0, StatusCode::FORBIDDEN);
        let whole = store::latest(t.app.db.read(), None).await.unwrap().unwrap();
        let theme = store::themes(t.app.db.read(), whole.id).await.unwrap().remove(0);
        let all = format!("/equipe/analyse/themes/{}", theme.id);
        assert_eq!(ask(&t.app, own(), "GET", &all).await.0, StatusCode::NOT_FOUND, "a theme of all projects");
        assert_eq!(
            ask(&t.app, member(Role::Analyst), "POST", "/equipe/analyse/recalculer").await.0,
            StatusCode::FORBIDDEN
        );

        for _ in 0..2 {
            let (status, place) = ask(&t.app, own(), "POST", "/equipe/analyse/recalculer").await;
            assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/equipe/analyse?fait=analysis-asked"));
        }
        t.clock.advance(TimeDelta::minutes(1));
        assert_eq!(jobs::run_due(&t.app).await.unwrap(), 1, "asked twice, computed once");
        let newer = store::latest(t.app.db.read(), None).await.unwrap().unwrap();
        assert!(newer.id != whole.id && newer.computed_at > whole.computed_at);
        // The themes of the run before are gone with their texts; their addresses lead back.
        let (status, place) = ask(&t.app, member(Role::Analyst), "GET", &all).await;
        assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/equipe/analyse?fait=analysis-redone"));
        let left =
            db::count(t.app.db.read(), "SELECT count(*) FROM theme_text WHERE analysis_id = $1", args![whole.id]).await;
        assert_eq!(left.unwrap(), 0);
        assert_eq!(db::count(t.app.db.read(), "SELECT count(*) FROM analysis", vec![]).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn what_is_kept_holds_no_figure_of_fewer_than_eleven_people() {
    for engine in engines() {
        let t = town(engine).await;
        job::refresh(&t.app, false).await.unwrap();
        let small = db::count(t.app.db.read(), "SELECT count(*) FROM figure WHERE people < 11", vec![]).await.unwrap();
        let all = db::count(t.app.db.read(), "SELECT count(*) FROM figure", vec![]).await.unwrap();
        assert!(small == 0 && all > 20, "{small} of {all}");
        let analysis = store::latest(t.app.db.read(), None).await.unwrap().unwrap();
        let figures = store::figures(t.app.db.read(), analysis.id, Period::All, &[GARE, PORT]).await.unwrap();
        let stored = "SELECT count(*) FROM figure WHERE analysis_id = $1 AND (period = 'tout' OR week <> '')";
        let stored = db::count(t.app.db.read(), stored, args![analysis.id]).await.unwrap();
        assert_eq!(figures.len(), usize::try_from(stored).unwrap(), "every figure comes back under its key");
    }
}

#[tokio::test]
async fn a_person_forgotten_leaves_no_copy() {
    for engine in engines() {
        let t = town(engine).await;
        job::refresh(&t.app, false).await.unwrap();
        let person = Uuid::from_u128(5001);
        let of = "SELECT count(*) FROM theme_text WHERE voice = $1";
        assert_eq!(db::count(t.app.db.read(), of, args![person]).await.unwrap(), 2, "in all and in its project");
        let moment = t.app.moment();
        t.app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { Insight.forget(tx, &moment, person, Forget::EraseTexts).await })
            })
            .await
            .unwrap();
        let text = Uuid::from_u128(1001);
        for table in ["theme_text", "theme_quote"] {
            let sql = format!("SELECT count(*) FROM {table} WHERE contribution_id = $1");
            assert_eq!(db::count(t.app.db.read(), &sql, args![text]).await.unwrap(), 0, "{table}");
        }
        assert_eq!(jobs::unfinished(&t.app.db).await.unwrap(), 1, "the figures follow");
    }
}

/// Brings a census, and inhabitants of the two areas.
async fn census(t: &TestApp, rows: &[(i64, Option<i64>, f64)]) {
    let margin = |(from, to, people): &(i64, Option<i64>, f64)| Margin {
        place: "00000".into(),
        place_name: "Rivemont".into(),
        sex: "women".into(),
        age_from: *from,
        age_to: *to,
        people: *people,
    };
    let margins: Vec<Margin> = rows.iter().map(margin).collect();
    let moment = t.app.moment();
    t.app
        .db
        .write(move |tx| {
            let (margins, moment) = (margins.clone(), moment.clone());
            Box::pin(async move {
                margins::keep(tx, &moment, "POP1B <2026>", &margins).await?;
                areas::change(tx, GARE, "Gare-Sud", Some(9_000)).await?;
                areas::change(tx, PORT, "Vieux-Port", Some(1_000)).await
            })
        })
        .await
        .unwrap();
}

/// The part of the page about who is missing.
fn missing(page: &str) -> String {
    let (_, rest) = page.split_once("id=\"manque\"").unwrap_or_else(|| panic!("no such part in {page}"));
    rest.split_once("</section>").unwrap().0.replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test]
async fn those_who_are_missing_are_told_beside_the_census() {
    for engine in engines() {
        let t = town(engine).await;
        job::refresh(&t.app, false).await.unwrap();
        // Without a census: one line, to who may bring it.
        let (_, page) = ask(&t.app, member(Role::Administrator), "GET", "/equipe/analyse").await;
        assert!(missing(&page).contains("href=\"/equipe/reglages/recensement\""), "{page}");
        assert!(!missing(&page).contains("<table"), "no inhabitants, no table");
        let (_, page) = ask(&t.app, member(Role::Analyst), "GET", "/equipe/analyse").await;
        assert!(!page.contains("id=\"manque\""), "nobody else is told");

        census(
            &t,
            &[
                (0, Some(14), 5_000.0),
                (15, Some(24), 900.0),
                (25, Some(39), 100.0),
                (40, Some(64), 600.0),
                (65, None, 400.0),
            ],
        )
        .await;
        let (_, page) = ask(&t.app, member(Role::Owner), "GET", "/equipe/analyse").await;
        let part = missing(&page);
        // Gare-Sud: 36 people of 77, nine inhabitants of ten.
        for words in ["Gare-Sud", "47 %", "90 %", "environ deux fois moins", "environ cinq fois plus", "class=\"ref\""]
        {
            assert!(part.contains(words), "{words} in {part}");
        }
        assert!(part.contains(&format!("/equipe/liens?quartier={GARE}#nouveau")), "{part}");
        assert!(part.contains(&format!("/equipe/contributions/saisir?quartier={GARE}")), "{part}");
        for odd in ["NaN", "⟦", ">inf"] {
            assert!(!part.contains(odd), "{odd} in {part}");
        }
        // Whoever only reads gets the figures without the doors.
        let (_, page) = ask(&t.app, member(Role::Analyst), "GET", "/equipe/analyse").await;
        assert!(missing(&page).contains("Gare-Sud") && !missing(&page).contains("/equipe/liens"), "{page}");
        // One area: that row alone; one project: its own people.
        let (_, page) = ask(&t.app, member(Role::Owner), "GET", &format!("/equipe/analyse?quartier={GARE}")).await;
        let part = missing(&page);
        assert!(
            part.contains("Gare-Sud") && !part.contains("Vieux-Port") && !part.contains("par année d’âge"),
            "{part}"
        );
        let (_, page) = ask(&t.app, member(Role::Owner), "GET", &format!("/equipe/analyse?projet={TOWN}")).await;
        let part = missing(&page);
        assert!(!part.contains("47 %"), "{part}");
    }
}

#[tokio::test]
async fn ages_are_compared_where_the_census_allows() {
    for engine in engines() {
        let t = town_of(engine, aged).await;
        job::refresh(&t.app, false).await.unwrap();
        let page = |role| {
            let app = t.app.clone();
            async move { ask(&app, member(role), "GET", "/equipe/analyse").await.1 }
        };
        census(
            &t,
            &[(0, Some(14), 50.0), (15, Some(24), 10.0), (25, Some(39), 20.0), (40, Some(64), 30.0), (65, None, 40.0)],
        )
        .await;
        let text = page(Role::Owner).await;
        let part = missing(&text);
        for words in
            ["15-24 ans", "65 ans et plus", "2026&", "Le genre n’est pas demandé", "il manque environ", "?age=65%2B"]
        {
            assert!(part.contains(words), "{words} in {part}");
        }
        // A census that cuts at 18: the youngest are not compared, and it says so.
        census(
            &t,
            &[
                (0, Some(10), 50.0),
                (11, Some(17), 10.0),
                (18, Some(24), 10.0),
                (25, Some(39), 20.0),
                (40, Some(64), 30.0),
                (65, None, 40.0),
            ],
        )
        .await;
        let text = page(Role::Owner).await;
        let part = missing(&text);
        assert!(
            part.contains("coupe à d’autres âges")
                && part.contains("40-64")
                && !part.contains("<th scope=\"row\">15-24"),
            "{part}"
        );
        // One that has nothing in common.
        census(&t, &[(0, Some(29), 50.0), (30, Some(59), 10.0), (60, None, 10.0)]).await;
        let text = page(Role::Owner).await;
        let part = missing(&text);
        assert!(part.contains("ils ne se comparent pas") && !part.contains("40-64"), "{part}");
    }
}
