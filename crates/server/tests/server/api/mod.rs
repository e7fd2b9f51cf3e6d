//! The API: its document and its routes say the same, its answers are what the document says, its lists can be read to
//! their end while people post, and nothing but what is public is in it.

mod desk;
mod programs;

use std::collections::BTreeSet;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use parvis::{demo, http};
use parvis_kernel::{
    api, args, db,
    permission::{Role, Scope},
};
use parvis_participation::ideas::{
    Status,
    store::{self, New},
};
use parvis_people::{
    persons,
    tokens::{self, NewToken},
};
use parvis_testing::{Engine, engines};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::Site;

/// The demo town, which holds something of everything.
async fn town(engine: Engine) -> Site {
    let site = Site::empty(engine).await;
    demo::fill(site.app()).await.unwrap();
    site
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

async fn send(site: &Site, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = site.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

async fn get(site: &Site, path: &str) -> Answer {
    send(site, Method::GET, path, &[]).await
}

/// What is wrong with a value, by the part of JSON Schema that the document uses. Fields it does not name are wrong too.
fn wrong(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return wrong(document, document.pointer(name.trim_start_matches('#')).unwrap(), value, at);
    }
    if let Some(all) = schema.get("anyOf").and_then(Value::as_array) {
        let tries: Vec<_> = all.iter().map(|s| wrong(document, s, value, at)).collect();
        return if tries.iter().any(Vec::is_empty) { vec![] } else { tries.concat() };
    }
    if let Some(all) = schema.get("enum").and_then(Value::as_array)
        && !all.contains(value)
    {
        return vec![format!("{at}: {value} is not one of {all:?}")];
    }
    let kinds = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => return vec![],
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.contains(&kind) {
        return vec![format!("{at}: {kind} is not {kinds:?}")];
    }
    match value {
        Value::String(text) => match schema.get("format").and_then(Value::as_str) {
            Some("uuid") if text.parse::<Uuid>().is_err() => vec![format!("{at}: {text} is no key")],
            Some("date-time") if text.parse::<chrono::DateTime<chrono::Utc>>().is_err() => {
                vec![format!("{at}: {text} is no time")]
            }
            Some("date") if text.parse::<chrono::NaiveDate>().is_err() => vec![format!("{at}: {text} is no day")],
            _ => vec![],
        },
        Value::Array(items) => {
            let each = |(i, v)| wrong(document, &schema["items"], v, &format!("{at}[{i}]"));
            items.iter().enumerate().flat_map(each).collect()
        }
        Value::Object(fields) => {
            let Some(known) = schema.get("properties").and_then(Value::as_object) else { return vec![] };
            let missing = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing = missing.filter(|n| !fields.contains_key(*n)).map(|n| format!("{at}.{n} is missing"));
            let each = |(name, v): (&String, &Value)| match known.get(name) {
                Some(schema) => wrong(document, schema, v, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name} is not in the document")],
            };
            missing.chain(fields.iter().flat_map(each)).collect()
        }
        _ => vec![],
    }
}

/// Something real for each part of a path.
async fn real(site: &Site, pattern: &str) -> String {
    let idea = get(site, "/api/v1/ideas?sort=discussed&limit=1").await.json()["data"][0]["number"].to_string();
    let slug = get(site, "/api/v1/projects").await.json()["data"][0]["slug"].as_str().unwrap().to_owned();
    pattern.replace("{number}", &idea).replace("{slug}", &slug)
}

#[tokio::test]
async fn the_document_and_the_routes_say_the_same_and_answers_are_what_it_says() {
    let site = town(Engine::Sqlite).await;
    let document = get(&site, api::OPENAPI).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let routes = http::routes(site.app());
    let served: BTreeSet<(String, String)> = routes
        .infos()
        .iter()
        .filter(|r| api::is_api(r.path))
        .map(|r| (r.path.to_owned(), r.method.to_ascii_lowercase()))
        .collect();
    let said: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, all)| all.as_object().unwrap().keys().map(move |m| (path.clone(), m.clone())))
        .collect();
    assert_eq!(served, said);
    assert!(said.len() >= 11, "{said:?}");
    let mut ids = BTreeSet::new();
    for (path, method) in &said {
        let operation = &document["paths"][path][method];
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{path}: an id twice");
        for part in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
            let declared = operation["parameters"].as_array().unwrap().iter().any(|p| p["name"] == part);
            assert!(declared, "{path}: {part} is not declared");
        }
        if method != "get" || operation.get("security").is_some() {
            continue;
        }
        let answer = get(&site, &real(&site, path).await).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"), "{path}");
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let found = wrong(&document, schema, &answer.json(), path);
        assert!(found.is_empty(), "{}", found.join("\n"));
        if let Some(data) = answer.json().get("data") {
            assert!(!data.as_array().unwrap().is_empty(), "{path} is empty");
        }
    }
    let page = get(&site, "/api").await;
    for (path, _) in &said {
        assert!(page.text.contains(path.as_str()), "the page does not name {path}");
    }
}

/// All items of a list, page after page; after the first page `meanwhile` happens.
async fn read_on(site: &Site, path: &str, key: &str, meanwhile: impl AsyncFnOnce()) -> Vec<String> {
    let mut all = Vec::new();
    let mut meanwhile = Some(meanwhile);
    let mut next = path.to_owned();
    loop {
        let page = get(site, &next).await.json();
        all.extend(page["data"].as_array().unwrap().iter().map(|item| item[key].to_string()));
        if let Some(happens) = meanwhile.take() {
            happens().await;
        }
        let Some(after) = page["next"].as_str() else { return all };
        next = format!("{path}&after={after}");
    }
}

async fn post_one(site: &Site) {
    site.test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let sql = "SELECT id FROM project WHERE visibility = 'public' AND state = 'published'";
                let project: Uuid = db::scalar(tx, sql, vec![]).await?.unwrap();
                let new = New { brought: 7, ..New::idea(project, moment.id(), "Un banc de plus", Status::Proposed) };
                let idea = store::insert(tx, &moment, &new).await?;
                db::run(tx, "UPDATE contribution SET comments = 3 WHERE id = $1", args![idea.id]).await
            })
        })
        .await;
}

#[tokio::test]
async fn a_list_is_read_to_its_end_while_people_post() {
    for engine in engines() {
        let site = town(engine).await;
        let sql = "SELECT count(*) FROM contribution c JOIN project p ON p.id = c.project_id WHERE c.kind = 'idea' \
                   AND c.visible = TRUE AND p.visibility = 'public' AND p.state <> 'draft'";
        for sort in ["recent", "supported", "discussed"] {
            let there = usize::try_from(db::count(site.app().db.read(), sql, vec![]).await.unwrap()).unwrap();
            let path = format!("/api/v1/ideas?sort={sort}&limit=17");
            let read = read_on(&site, &path, "number", async || post_one(&site).await).await;
            let once: BTreeSet<&String> = read.iter().collect();
            assert_eq!(once.len(), read.len(), "{sort}: an idea twice");
            // What is posted meanwhile may come in, below the first page; nothing that was there is missed.
            assert!(read.len() == there || read.len() == there + 1, "{sort}: {} of {there}", read.len());
        }
        let answers = db::count(site.app().db.read(), &format!("{sql} AND c.answered_at IS NOT NULL"), vec![]).await;
        let read = read_on(&site, "/api/v1/answers?limit=3", "idea", async || {}).await;
        assert_eq!(i64::try_from(read.len()).unwrap(), answers.unwrap());
        let found = read_on(&site, "/api/v1/ideas?q=v%C3%A9lo&limit=2", "number", async || {}).await;
        let whole = get(&site, "/api/v1/ideas?q=v%C3%A9lo&limit=100").await.json();
        assert!(found.len() > 2, "{found:?}");
        assert_eq!(found.len(), whole["data"].as_array().unwrap().len());
        let idea = get(&site, "/api/v1/ideas?sort=discussed&limit=1").await.json()["data"][0].clone();
        let path = format!("/api/v1/ideas/{}/comments?limit=2", idea["number"]);
        let comments = read_on(&site, &path, "number", async || {}).await;
        assert_eq!(i64::try_from(comments.len()).unwrap(), idea["comments"].as_i64().unwrap());
    }
}

#[tokio::test]
async fn an_answer_that_is_still_the_same_costs_nothing() {
    let site = town(Engine::Sqlite).await;
    let path = "/api/v1/ideas?limit=5";
    let first = get(&site, path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "strong: {tag}");
    let again = send(&site, Method::GET, path, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", tag.as_str()));
    let head = send(&site, Method::HEAD, path, &[]).await;
    assert_eq!((head.status, head.text.as_str(), head.header("etag")), (StatusCode::OK, "", tag.as_str()));
    let small = send(&site, Method::GET, path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert_ne!(small.header("etag"), tag, "another representation has another tag");
    post_one(&site).await;
    let changed = send(&site, Method::GET, path, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn errors_are_told_to_programs_with_a_stable_code() {
    let site = town(Engine::Sqlite).await;
    let document = get(&site, api::OPENAPI).await.json();
    let schema = &document["components"]["schemas"]["Problem"];
    for (method, path, status, code, parameter) in [
        (Method::GET, "/api/v1/ideas?limit=0", 400, "bad_request", json!("limit")),
        (Method::GET, "/api/v1/ideas?etat=accepted", 400, "bad_request", json!("etat")),
        (Method::GET, "/api/v1/ideas?after=AAAA", 404, "cursor_unknown", Value::Null),
        (Method::GET, "/api/v1/ideas?project=nulle-part", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1/ideas/999999", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1/ideas/01", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1/ideas/%00", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1/ideas/1/comments/2", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1", 404, "not_found", Value::Null),
        (Method::GET, "/api/v1/projects/%00", 404, "not_found", Value::Null),
        (Method::DELETE, "/api/v1/ideas/1", 405, "method_not_allowed", Value::Null),
        (Method::POST, "/api/v1/projects", 405, "method_not_allowed", Value::Null),
    ] {
        let answer = send(&site, method, path, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let problem = answer.json();
        assert_eq!((&problem["code"], &problem["parameter"]), (&json!(code), &parameter), "{path}");
        assert!(problem["type"].as_str().unwrap().ends_with(&format!("/api#{code}")), "{path}");
        let found = wrong(&document, schema, &problem, path);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
    let allow = send(&site, Method::DELETE, "/api/v1/ideas/1", &[]).await;
    assert!(allow.header("allow").contains("GET"));
    // The words follow the language asked, the code does not.
    let english = send(&site, Method::GET, "/api/v1/ideas/999999", &[("accept-language", "en")]).await.json();
    assert_eq!((&english["code"], &english["title"]), (&json!("not_found"), &json!("This page does not exist")));
}

#[tokio::test]
async fn pages_of_other_sites_may_read_and_a_session_counts_for_nothing() {
    let site = town(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let anybody = get(&site, "/api/v1/ideas?limit=1").await;
    assert_eq!(anybody.header("access-control-allow-origin"), "*");
    assert_eq!(anybody.header("access-control-allow-credentials"), "");
    assert_eq!(anybody.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(anybody.header("set-cookie"), "");
    let signed_in = owner.get("/api/v1/ideas?limit=1").await;
    assert_eq!(signed_in.text, anybody.text);
    assert_eq!(signed_in.headers["cache-control"], "public, no-cache", "nobody is signed in here");
    let asks = [("origin", "https://journal.example"), ("access-control-request-method", "GET")];
    let preflight = send(&site, Method::OPTIONS, "/api/v1/ideas", &asks).await;
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (StatusCode::NO_CONTENT, "*"));
    assert!(!preflight.header("access-control-allow-methods").contains("POST"));
    // The pages themselves stay closed to other sites.
    let page = get(&site, "/idees").await;
    assert!(page.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none());
    assert_eq!(page.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn what_is_left_is_told_and_too_many_are_refused() {
    let site = town(Engine::Sqlite).await;
    let first = get(&site, "/api/v1/statuses").await;
    let limit: i64 = first.header("ratelimit-limit").parse().unwrap();
    assert_eq!(first.header("ratelimit-remaining"), (limit - 1).to_string());
    for _ in 1..limit {
        get(&site, "/api/v1/nothing").await;
    }
    let refused = get(&site, "/api/v1/statuses").await;
    assert_eq!((refused.status, refused.json()["code"].clone()), (StatusCode::TOO_MANY_REQUESTS, json!("too_many")));
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    assert_eq!(refused.header("retry-after"), refused.header("ratelimit-reset"));
    // Pages are not counted.
    assert_eq!(get(&site, "/idees").await.status, StatusCode::OK);
    site.test.clock.advance(chrono::TimeDelta::seconds(61));
    assert_eq!(get(&site, "/api/v1/statuses").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_searches_too_often_wrote_nothing_that_is_kept() {
    let site = town(Engine::Sqlite).await;
    let mut page = get(&site, "/idees?q=banc").await;
    for _ in 0..120 {
        page = get(&site, "/idees?q=banc").await;
    }
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.text.contains("rien fait de mal") && !page.text.contains("est gardé"), "{}", page.text);
}

#[tokio::test]
async fn a_program_that_posts_too_often_is_told_when_to_come_back() {
    let site = town(Engine::Sqlite).await;
    let (_, token) = token(&site, Role::Owner, &[Scope::Create]).await;
    let body = json!({ "project": open_project(&site).await, "text": "Une fontaine", "name": "Ana" }).to_string();
    assert_eq!(post(&site, &token, "k1", &body).await.status, StatusCode::CREATED);
    let all = "UPDATE rate SET hits = 600 WHERE bucket LIKE 'api-create%'";
    site.test.write(move |tx, _, _| Box::pin(async move { db::run(tx, all, args![]).await.map(|_| ()) })).await;
    let late = post(&site, &token, "k2", &body).await;
    assert_eq!(refused(&late), (429, "too_many".into()));
    assert!(
        late.header("retry-after").parse::<i64>().unwrap() > 0 && !late.text.contains("est gardé"),
        "{}",
        late.text
    );
}

/// A token of a member of the team, made as the desk makes it.
async fn token(site: &Site, role: Role, scopes: &[Scope]) -> (Uuid, String) {
    let (person, _) = site.team(role).await;
    let new = NewToken { name: "Essai".into(), scopes: scopes.to_vec(), days: 30 };
    let made = site
        .test
        .write(move |tx, _, moment| {
            let new = new.clone();
            Box::pin(async move { tokens::make(tx, &moment, person, &new).await })
        })
        .await;
    (person, made.1)
}

async fn with_token(site: &Site, method: Method, path: &str, token: &str) -> Answer {
    send(site, method, path, &[("authorization", &format!("Bearer {token}"))]).await
}

async fn post(site: &Site, token: &str, key: &str, body: &str) -> Answer {
    let request = Request::post("/api/v1/contributions")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = site.router().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

/// A public project that takes ideas today.
async fn open_project(site: &Site) -> String {
    let all = get(site, "/api/v1/projects").await.json();
    let open = |p: &&Value| {
        p["archived"] == false
            && p["phases"].as_array().unwrap().iter().any(|s| s["current"] == true && s["posting"] == true)
    };
    all["data"].as_array().unwrap().iter().find(open).expect("a project is open")["slug"].as_str().unwrap().to_owned()
}
