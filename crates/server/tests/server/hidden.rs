//! What is not public is shown nowhere and counted nowhere, whatever keeps it so; whatever an address asks for is answered
//! without reaching SQL as text; nobody counts twice by leaving and coming back.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use axum::http::StatusCode;
use chrono::TimeDelta;
use parvis::http;
use parvis_instance::exports::bundle;
use parvis_kernel::{
    api, args,
    context::Moment,
    db::{self, Tx},
    permission::{Access, Role},
    routes::RouteInfo,
    url::encode,
};
use parvis_participation::{
    ideas::{
        Status,
        store::{self, Change, New, Stored},
    },
    projects::{self, Project},
};
use parvis_testing::engines;
use uuid::Uuid;

use crate::support::{Answer, Site, first_project};

/// A word of what anybody may read.
const SHOWN: &str = "passerelle";
/// What keeps an idea from the public, each with a word of its own.
const IDEAS: [(&str, &str); 4] =
    [("waiting", "attendrole"), ("refused", "refusaille"), ("hidden", "masquouille"), ("withdrawn", "retirette")];
/// Projects that nobody finds: their visibility and state, and the word of what is in them.
const PROJECTS: [(&str, &str, &str); 3] =
    [("public", "draft", "brouillarde"), ("link", "published", "cachotinne"), ("team", "published", "equipolle")];
/// Comments under the public idea that nobody may read.
const COMMENTS: [(&str, &str); 4] =
    [("waiting", "attendelle"), ("refused", "refuselle"), ("hidden", "masquelle"), ("withdrawn", "retirelle")];
/// The word of twelve comments under the hidden idea.
const UNDER_IDEA: &str = "souscachoue";
/// The word of a reply under the hidden comment.
const UNDER_COMMENT: &str = "repliquotte";

fn words() -> Vec<&'static str> {
    let all = IDEAS.iter().chain(&COMMENTS).map(|(_, word)| *word).chain(PROJECTS.iter().map(|(_, _, word)| *word));
    all.chain([UNDER_IDEA, UNDER_COMMENT]).collect()
}

/// What is written with a word everywhere: in its text and its title, as theme, place and name.
fn written(project: Uuid, holder: Uuid, word: &str, status: Status) -> New {
    New {
        title: format!("Une {word}"),
        tag: word.into(),
        place: word.into(),
        author_name: word.into(),
        point: Some((4.1, 44.1)),
        ..New::idea(project, holder, format!("Une {word} au bout de la rue, près du canal"), status)
    }
}

/// Stores a contribution and brings it into a state; one that can be is answered.
async fn put(tx: &Tx, moment: &Moment, new: &New, state: &str) -> parvis_kernel::Result<Stored> {
    let status = match state {
        "waiting" => Status::Prescreening,
        "refused" => Status::Ineligible,
        _ => new.status,
    };
    let stored = store::insert(tx, moment, &New { status, ..new.clone() }).await?;
    let change = Change {
        hidden: (state == "hidden").then_some(true),
        withdrawn: (state == "withdrawn").then_some(true),
        reason: (state == "refused").then(|| new.tag.clone()),
        ..Change::default()
    };
    store::change(tx, moment, stored.id, None, None, &change).await?;
    if new.idea.is_none() && status == Status::Accepted {
        let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, actor_id, status_before, published_at) \
                   VALUES ($1, $2, 'accepted', 'Retenue', $3, 'Camille', $1, 'proposed', $4)";
        // What the team answered is still read at the address of an idea that was online.
        let body = if state.is_empty() { new.body.as_str() } else { "Nous y travaillons." };
        db::run(tx, sql, args![moment.id(), stored.id, body, moment.now]).await?;
        db::run(tx, "UPDATE contribution SET answered_at = $2 WHERE id = $1", args![stored.id, moment.now]).await?;
    }
    Ok(stored)
}

/// The numbers of the town.
#[derive(Debug, Clone)]
struct Town {
    slug: String,
    shown: i64,
    hidden: Vec<i64>,
}

/// A public idea with a comment, and one contribution in every state that is not public.
async fn town(site: &Site) -> Town {
    site.test
        .write(|tx, app, moment| {
            Box::pin(async move {
                let public = first_project(tx, &app, &moment).await?;
                let slug: String = db::scalar(tx, "SELECT slug FROM project", vec![]).await?.unwrap();
                let idea = written(public, moment.id(), SHOWN, Status::Accepted);
                let shown = put(tx, &moment, &idea, "").await?;
                let under = |idea: &Stored, word: &str| New {
                    idea: Some(idea.id),
                    ..written(public, moment.id(), word, Status::Proposed)
                };
                put(tx, &moment, &under(&shown, SHOWN), "").await?;
                let mut hidden = Vec::new();
                for (state, word) in COMMENTS {
                    let comment = put(tx, &moment, &under(&shown, word), "").await?;
                    hidden.push(comment.number);
                    if state == "hidden" {
                        let reply = New { reply_to: Some(comment.id), ..under(&shown, UNDER_COMMENT) };
                        hidden.push(put(tx, &moment, &reply, "").await?.number);
                    }
                    let change = match state {
                        "waiting" => Change { status: Some(Status::Prescreening), ..Change::default() },
                        "refused" => Change { status: Some(Status::Ineligible), ..Change::default() },
                        "hidden" => Change { hidden: Some(true), ..Change::default() },
                        _ => Change { withdrawn: Some(true), ..Change::default() },
                    };
                    store::change(tx, &moment, comment.id, None, None, &change).await?;
                }
                for (state, word) in IDEAS {
                    let new = written(public, moment.id(), word, Status::Accepted);
                    let stored = put(tx, &moment, &new, state).await?;
                    hidden.push(stored.number);
                    // Enough people to be a figure, were they counted.
                    for _ in 0..if state == "hidden" { 12 } else { 0 } {
                        hidden.push(put(tx, &moment, &under(&stored, UNDER_IDEA), "").await?.number);
                    }
                }
                for (visibility, state, word) in PROJECTS {
                    let project = Project {
                        slug: word.into(),
                        title: format!("Une {word}"),
                        summary: word.into(),
                        description: word.into(),
                        visibility: visibility.into(),
                        secret: format!("clef-{visibility}"),
                        state: state.into(),
                        created_at: moment.now,
                        version: 1,
                        ..Project::default()
                    };
                    let project = projects::store::insert(tx, &moment, &project).await?;
                    let new = written(project, moment.id(), word, Status::Accepted);
                    let stored = put(tx, &moment, &new, "").await?;
                    let comment = New { idea: Some(stored.id), ..New { status: Status::Proposed, ..new } };
                    hidden.extend([stored.number, put(tx, &moment, &comment, "").await?.number]);
                }
                Ok(Town { slug, shown: shown.number, hidden })
            })
        })
        .await
}

/// The addresses of a route with what stands for its parts: something public, and everything that is not.
fn addresses(route: &RouteInfo, town: &Town, files: &[String]) -> Vec<String> {
    let numbers: Vec<String> = std::iter::once(town.shown).chain(town.hidden.clone()).map(|n| n.to_string()).collect();
    let mut slugs = vec![town.slug.clone()];
    slugs.extend(PROJECTS.map(|(_, _, word)| word.to_owned()));
    let mut found = vec![String::new()];
    for part in route.path.split('/').skip(1) {
        let values = match part {
            "{number}" => numbers.clone(),
            "{slug}" if route.path.starts_with("/pages") => vec!["charte".into(), "donnees-personnelles".into()],
            "{slug}" => slugs.clone(),
            "{page}" => vec!["0".into(), "1".into(), "2".into()],
            "{file}" => files.to_vec(),
            p if p.starts_with('{') => vec![Uuid::nil().to_string()],
            p => vec![p.to_owned()],
        };
        found = found.iter().flat_map(|start| values.iter().map(move |v| format!("{start}/{v}"))).collect();
    }
    found
}

/// What an answer says, a bundle with all its files.
fn said(answer: &Answer) -> String {
    if !answer.bytes.starts_with(b"PK") {
        return answer.text.clone();
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes.to_vec())).unwrap();
    let mut all = String::new();
    for i in 0..zip.len() {
        zip.by_index(i).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[tokio::test]
async fn what_is_not_public_is_on_no_page_in_no_file_and_in_no_figure() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        let mut files = vec![bundle::FILE.to_owned()];
        for set in bundle::sets(site.app()) {
            files.extend(bundle::forms(&set).map(|form| format!("{}.{}", set.file, form.ending())));
        }
        let routes = http::routes(site.app());
        let public = routes.infos().iter().filter(|r| r.method == "GET" && r.access == Access::Public);
        let mut paths: Vec<String> = public.flat_map(|route| addresses(route, &town, &files)).collect();
        for query in ["q=canal", "vue=carte", "tri=soutenues", "sort=supported", "limit=100"] {
            let lists = ["/idees".to_owned(), "/reponses".to_owned(), format!("/projets/{}", town.slug)];
            paths.extend(lists.map(|list| format!("{list}?{query}")));
            paths.extend(["ideas", "answers", "projects"].map(|list| format!("/api/v1/{list}?{query}")));
        }
        for word in words() {
            paths.extend(["/idees?theme=", "/api/v1/ideas?theme="].map(|list| format!("{list}{word}")));
            paths.extend(["/idees?q=", "/api/v1/ideas?q="].map(|list| format!("{list}{word}")));
        }
        let (_, mut ines) = site.citizen("ines").await;
        let mut visitor = site.visitor();
        let (mut found, mut opened) = (0, 0);
        for (i, path) in paths.iter().enumerate() {
            if i % 40 == 0 {
                site.test.clock.advance(TimeDelta::minutes(2));
            }
            for browser in [&mut visitor, &mut ines] {
                let answer = browser.get(path).await;
                assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
                assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
                opened += usize::from(answer.status.is_success());
                let text = said(&answer);
                for word in words() {
                    // What was asked for is said again; a text is not.
                    let shown = if path.contains(word) { format!("Une {word}") } else { word.to_owned() };
                    assert!(!text.contains(&shown), "{engine:?}: {path} shows {word}: {text}");
                }
                found += usize::from(text.contains(SHOWN));
            }
        }
        assert!(found > 30 && opened > 100, "{engine:?}: the public idea was found {found} times on {opened} pages");
        figures(&site, &town).await;
        analysed(&site).await;
    }
}

#[tokio::test]
async fn what_is_hidden_is_offered_beside_nothing_from_that_moment_on() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        let shown = town.shown;
        let beside = site
            .test
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let sql = "SELECT project_id FROM contribution WHERE number = $1";
                    let project: Uuid = db::scalar(tx, sql, args![shown]).await?.unwrap();
                    put(tx, &moment, &written(project, moment.id(), "voisinelle", Status::Accepted), "").await
                })
            })
            .await;
        let mut visitor = site.visitor();
        let page = format!("/idees/{shown}");
        assert!(visitor.get(&page).await.text.contains("Une voisinelle"), "{engine:?}: it is close");
        let id = beside.id;
        site.test
            .write(move |tx, _, moment| {
                let hide = Change { hidden: Some(true), ..Change::default() };
                Box::pin(async move { store::change(tx, &moment, id, None, None, &hide).await })
            })
            .await;
        assert!(!visitor.get(&page).await.text.contains("voisinelle"), "{engine:?}: hidden a moment ago");
    }
}

/// One idea, one comment, two people: nothing else is in a figure.
async fn figures(site: &Site, town: &Town) {
    let mut visitor = site.visitor();
    let home = visitor.get("/").await.text;
    assert!(!home.contains("Plus de 10"), "people whose words nobody can read are not counted: {home}");
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let listed = json(&visitor.get("/api/v1/projects").await.text);
    assert_eq!(listed["data"].as_array().unwrap().iter().map(|p| p["ideas"].as_i64().unwrap()).sum::<i64>(), 1);
    let idea = json(&visitor.get(&format!("/api/v1/ideas/{}", town.shown)).await.text);
    assert_eq!(idea["comments"], 1, "{idea}");
    let themes = json(&visitor.get("/api/v1/themes").await.text);
    assert_eq!(themes["data"].as_array().unwrap().len(), 1, "{themes}");
    let projects = visitor.get("/donnees/projets.csv").await.text;
    assert_eq!(projects.lines().count(), 2, "{projects}");
    let row = projects.lines().nth(1).unwrap();
    assert!(row.ends_with(";1;1;0") || row.ends_with(",1,1,0"), "ideas, comments and supports: {row}");
    for (file, lines) in [("idees", 1), ("commentaires", 1)] {
        let rows = visitor.get(&format!("/donnees/{file}.csv")).await.text.lines().count() - 1;
        assert_eq!(rows, lines, "{file}");
    }
    // What comes back online is counted with what is shown with it.
    let number = town.hidden[2];
    let shown = site
        .test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let comment = store::by_number(tx, number).await?;
                assert!(comment.hidden, "{comment:?}");
                let mut counts = Vec::new();
                for hidden in [false, true] {
                    let change = Change { hidden: Some(hidden), ..Change::default() };
                    store::change(tx, &moment, comment.id, None, None, &change).await?;
                    counts.push(store::find(tx, comment.idea_id.unwrap()).await?.comments);
                }
                Ok(counts)
            })
        })
        .await;
    assert_eq!(shown, [3, 1], "a comment and its reply");
}

/// What the analysis reads, and its total.
async fn analysed(site: &Site) {
    let mut texts = Vec::new();
    for module in &site.app().modules {
        texts.extend(module.texts(&site.app().db, None, 1_000).await.unwrap());
    }
    for text in &texts {
        for word in words() {
            assert!(!text.body.contains(word) && !text.title.contains(word), "{word} is analysed: {text:?}");
        }
    }
    assert_eq!(texts.len(), 2);
    parvis_insight::analysis::job::refresh(site.app(), false).await.unwrap();
    let all = "SELECT CAST(max(texts) AS BIGINT) FROM analysis";
    assert_eq!(db::count(site.app().db.read(), all, vec![]).await.unwrap(), 2);
    let (_, mut owner) = site.team(Role::Owner).await;
    for path in ["/equipe/analyse", "/equipe/analyse/contributions"] {
        let page = owner.get(path).await;
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        for word in words() {
            assert!(!page.text.contains(word), "{path} shows {word}");
        }
    }
}

/// What nobody wrote in an address of ours.
fn hostile() -> [String; 6] {
    let words = ["x' OR 1=1--", "\u{0}", "-1", "99999999999999999999", "\u{fffd}%_\\"].map(encode);
    let [sql, nul, minus, huge, odd] = words;
    [sql, nul, minus, huge, odd, "%C3%A9".repeat(5_000)]
}

/// Names in the query of the links and forms of a page that ask by GET, by the path they ask.
fn asked_by(text: &str, here: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for href in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let href = href.replace("&#38;", "&").replace("&amp;", "&");
        let href = href.split('#').next().unwrap_or_default();
        let Some((path, query)) = href.split_once('?').filter(|_| href.starts_with(['/', '?'])) else { continue };
        let path = if path.is_empty() { here } else { path };
        found.extend(query.split('&').filter_map(|pair| Some((path.to_owned(), pair.split('=').next()?.to_owned()))));
    }
    for form in text.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
        let head = form.split('>').next().unwrap_or_default();
        if head.contains("method=\"post\"") {
            continue;
        }
        let action = head.split("action=\"").nth(1).and_then(|a| a.split('"').next()).unwrap_or(here);
        let action = action.split(['?', '#']).next().unwrap_or_default();
        let names = form.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(names.map(|name| (action.to_owned(), name.to_owned())));
    }
    found
}

/// A path without the keys and numbers in it.
fn shape(path: &str) -> String {
    let part = |p: &str| if p.bytes().any(|b| b.is_ascii_digit()) { "…".to_owned() } else { p.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Parameters that no page links to: keys of letters and of set-up, places to go back to, what is left of an act.
const UNSEEN: [&str; 14] = [
    "cle", "retour", "fait", "lot", "sautes", "fusion", "avant", "suite", "page", "projet", "quartier", "langue",
    "insee", "format",
];

#[tokio::test]
async fn whatever_an_address_asks_is_answered() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        parvis_insight::analysis::job::refresh(site.app(), false).await.unwrap();
        let (_, mut owner) = site.team(Role::Owner).await;
        let mut visitor = site.visitor();
        // Each page once: what it can be asked stands in its links and forms; of the API, in its document.
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (mut pages, mut alike) = (Vec::new(), BTreeMap::new());
        for route in http::routes(site.app()).infos().iter().filter(|r| r.method == "GET") {
            let one = Town { hidden: vec![], ..town.clone() };
            let path = addresses(route, &one, &["idees.csv".to_owned()]).remove(0);
            for browser in [&mut owner, &mut visitor] {
                let page = browser.get(&path).await;
                assert!(!page.status.is_server_error(), "{path}: {}", page.status);
                for (path, name) in asked_by(&page.text, &path) {
                    // One page of those that differ by what they are of.
                    let path = alike.entry(shape(&path)).or_insert(path).clone();
                    names.entry(path).or_default().insert(name);
                }
            }
            for value in hostile().iter().filter(|_| route.path.contains('{')) {
                let part = |p: &str| if p.starts_with('{') { value.clone() } else { p.to_owned() };
                let odd = route.path.split('/').map(part).collect::<Vec<_>>().join("/");
                for browser in [&mut owner, &mut visitor] {
                    let page = browser.get(&odd).await;
                    let head: String = odd.chars().take(200).collect();
                    assert!(!page.status.is_server_error(), "{engine:?}: {head}: {} {}", page.status, page.text);
                }
            }
            let declared = route.api.map(|declared| declared.operation().params).unwrap_or_default();
            let declared = declared.iter().filter(|p| p.place == api::Place::Query).map(|p| p.name.to_owned());
            names.entry(path.clone()).or_default().extend(declared);
            pages.push(path);
        }
        let every: BTreeSet<String> = names.values().flatten().cloned().chain(UNSEEN.map(str::to_owned)).collect();
        let known: usize = names.values().map(BTreeSet::len).sum();
        assert!(known > 60 && every.len() > 25, "{engine:?}: only {known} parameters were found: {names:?}");
        let mut asked = 0;
        let mut ask = async |path: &str, query: &str| {
            asked += 1;
            if asked % 40 == 0 {
                site.test.clock.advance(TimeDelta::minutes(1));
            }
            let browser = if path.starts_with("/equipe") { &mut owner } else { &mut visitor };
            let address = format!("{path}?{query}");
            let answer = browser.get(&address).await;
            let head: String = address.chars().take(200).collect();
            assert!(!answer.status.is_server_error(), "{engine:?}: {head}: {} {}", answer.status, answer.text);
            assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{head}");
            assert!(!answer.text.to_lowercase().contains("syntax error"), "{head}");
        };
        for value in hostile() {
            for (path, names) in &names {
                for name in names {
                    ask(path, &format!("{name}={value}")).await;
                }
            }
            let all = every.iter().map(|name| format!("{name}={value}")).collect::<Vec<_>>().join("&");
            // An address has its longest.
            for path in pages.iter().filter(|path| path.len() + all.len() < 60_000) {
                ask(path, &all).await;
            }
        }
    }
}
