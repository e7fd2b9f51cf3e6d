//! What a program does with a token: it posts, once for each key, and never more than its owner may.

use super::*;

#[tokio::test]
async fn a_token_does_what_its_rights_say_and_never_more_than_its_owner() {
    for engine in engines() {
        let site = town(engine).await;
        let (person, all) = token(&site, Role::Administrator, &Scope::ALL).await;
        let (_, some) = token(&site, Role::Analyst, &[Scope::ReadReports, Scope::Create]).await;
        let (_, mut owner) = site.team(Role::Owner).await;
        let queue = "/api/v1/queue";
        assert_eq!(refused(&get(&site, queue).await), (401, "token_missing".into()));
        assert_eq!(get(&site, queue).await.header("www-authenticate"), "Bearer");
        assert_eq!(owner.get(queue).await.status, StatusCode::UNAUTHORIZED, "a session is no token");
        for bad in ["parvis_x", "", "é"] {
            let answer = with_token(&site, Method::GET, queue, bad).await;
            assert_eq!(refused(&answer), (401, "token_unknown".into()), "{bad}");
        }
        let basic = send(&site, Method::GET, "/api/v1/ideas", &[("authorization", "Basic YTpi")]).await;
        assert_eq!(refused(&basic), (401, "token_unknown".into()), "not even where none is asked");
        // On a page a token counts for nothing.
        assert_eq!(with_token(&site, Method::GET, "/equipe", &all).await.status, StatusCode::SEE_OTHER);

        let there = with_token(&site, Method::GET, queue, &all).await;
        assert_eq!((there.status, there.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(!there.json()["data"].as_array().unwrap().is_empty());
        assert_eq!(refused(&with_token(&site, Method::GET, queue, &some).await), (403, "token_without_right".into()));
        assert_eq!(with_token(&site, Method::GET, "/api/v1/reports", &some).await.status, StatusCode::OK);
        // The right is on the token, but not its owner's any more.
        let slug = open_project(&site).await;
        let body = json!({ "project": slug, "text": "Un banc" }).to_string();
        assert_eq!(refused(&post(&site, &some, "k1", &body).await), (403, "not_allowed".into()));

        let document = get(&site, api::OPENAPI).await.json();
        for path in [queue, "/api/v1/queue?wait=answer", "/api/v1/queue?wait=reported", "/api/v1/reports"] {
            let bare = path.split('?').next().unwrap();
            let schema = &document["paths"][bare]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            let answer = with_token(&site, Method::GET, path, &all).await;
            let found = wrong(&document, schema, &answer.json(), path);
            assert!(found.is_empty() && answer.status == StatusCode::OK, "{path} {}", found.join("\n"));
            assert!(!answer.text.contains("@"), "{path}: no address");
        }
        // Gone with the role, and not back with it.
        for role in [None, Some(Role::Administrator)] {
            site.test
                .write(move |tx, _, _| {
                    let role = role.clone();
                    Box::pin(async move { persons::set_role(tx, person, role.as_ref()).await })
                })
                .await;
            assert_eq!(refused(&with_token(&site, Method::GET, queue, &all).await), (401, "token_unknown".into()));
        }
        site.test.clock.advance(chrono::TimeDelta::days(31));
        let ended = with_token(&site, Method::GET, "/api/v1/reports", &some).await;
        assert_eq!(refused(&ended), (401, "token_unknown".into()));
    }
}

#[tokio::test]
async fn a_moderator_reads_and_posts_in_their_own_projects_only() {
    let site = town(Engine::Sqlite).await;
    let slug = open_project(&site).await;
    let sql = "SELECT id FROM project WHERE slug <> $1 LIMIT 1";
    let foreign: Uuid = db::scalar(site.app().db.read(), sql, args![slug.clone()]).await.unwrap().unwrap();
    let (_, token) = token(&site, Role::Moderator(vec![foreign]), &Scope::ALL).await;
    let queue = with_token(&site, Method::GET, "/api/v1/queue?wait=answer&limit=100", &token).await.json();
    assert!(queue["data"].as_array().unwrap().iter().all(|c| c["project"] != json!(slug)));
    let body = json!({ "project": slug, "text": "Un banc" }).to_string();
    assert_eq!(refused(&post(&site, &token, "k", &body).await), (403, "not_allowed".into()));
}

#[tokio::test]
async fn a_contribution_is_posted_once_for_each_key() {
    for engine in engines() {
        let site = town(engine).await;
        let (_, token) = token(&site, Role::Owner, &[Scope::Create]).await;
        let slug = open_project(&site).await;
        let count =
            async || db::count(site.app().db.read(), "SELECT count(*) FROM contribution", vec![]).await.unwrap();
        let before = count().await;
        let body = json!({ "project": slug, "text": "Une fontaine au marché", "name": "Ana" }).to_string();
        let (a, b) = tokio::join!(post(&site, &token, "k1", &body), post(&site, &token, "k1", &body));
        assert_eq!((a.status, b.status), (StatusCode::CREATED, StatusCode::CREATED), "{} {}", a.text, b.text);
        assert_eq!((a.text.as_str(), count().await), (b.text.as_str(), before + 1));
        // The same said otherwise is the same.
        let again = json!({ "name": "Ana", "text": "Une fontaine au marché", "project": slug }).to_string();
        assert_eq!(post(&site, &token, "k1", &again).await.text, a.text);
        let other = json!({ "project": slug, "text": "Autre chose" }).to_string();
        assert_eq!(refused(&post(&site, &token, "k1", &other).await), (422, "idempotency_key_reused".into()));
        assert_eq!(count().await, before + 1);
        let document = get(&site, api::OPENAPI).await.json();
        let schema = &document["paths"]["/api/v1/contributions"]["post"]["responses"]["201"]["content"];
        let found = wrong(&document, &schema["application/json"]["schema"], &a.json(), "created");
        assert!(found.is_empty(), "{found:?}");
        // A key kept holds no text and is forgotten after a week.
        let kept: String =
            db::scalar(site.app().db.read(), "SELECT answer FROM api_request", vec![]).await.unwrap().unwrap();
        assert!(!kept.contains("fontaine"), "{kept}");
    }
}

#[tokio::test]
async fn what_can_not_stand_is_refused_by_name_and_nothing_is_stored() {
    let site = town(Engine::Sqlite).await;
    let (_, token) = token(&site, Role::Owner, &[Scope::Create]).await;
    let slug = open_project(&site).await;
    let sql = "SELECT count(*) FROM contribution";
    let before = db::count(site.app().db.read(), sql, vec![]).await.unwrap();
    let long = "x".repeat(20_001);
    for (body, status, code, parameter) in [
        (json!({ "project": slug }), 400, "bad_request", json!("body")),
        (json!({ "project": slug, "text": 12 }), 400, "bad_request", json!("body")),
        (json!({ "project": slug, "text": "a", "holder": Uuid::nil() }), 400, "bad_request", json!("body")),
        (json!({ "project": slug, "text": " \u{200b} " }), 400, "bad_request", json!("text")),
        (json!({ "project": slug, "text": long }), 400, "bad_request", json!("text")),
        (json!({ "project": slug, "text": "a", "name": "ana@courriel.example" }), 400, "bad_request", json!("name")),
        (json!({ "project": slug, "text": "a", "name": "n".repeat(61) }), 400, "bad_request", json!("name")),
        (json!({ "project": slug, "text": "a", "place": "p".repeat(201) }), 400, "bad_request", json!("place")),
        (json!({ "project": slug, "text": "a", "origin": "import" }), 400, "bad_request", json!("origin")),
        (json!({ "project": slug, "text": "a", "lang": "xx" }), 400, "bad_request", json!("lang")),
        (json!({ "project": slug, "text": "a", "area": Uuid::nil() }), 404, "not_found", Value::Null),
        (json!({ "project": slug, "text": "a", "idea": 999_999 }), 404, "not_found", Value::Null),
        (json!({ "project": "nulle-part", "text": "a" }), 404, "not_found", Value::Null),
        (json!("texte"), 400, "bad_request", json!("body")),
        (json!({ "project": slug, "text": "x".repeat(300_000) }), 413, "too_large", Value::Null),
    ] {
        let answer = post(&site, &token, "k", &body.to_string()).await;
        assert_eq!(refused(&answer), (status, code.to_owned()), "{body}");
        assert_eq!(answer.json()["parameter"], parameter, "{body}");
    }
    let good = json!({ "project": slug, "text": "a" }).to_string();
    for key in ["", "a b", &"k".repeat(101)] {
        let answer = post(&site, &token, key, &good).await;
        assert_eq!(refused(&answer), (400, "bad_request".into()), "{key}");
        assert!(answer.json()["title"].as_str().unwrap().contains("Idempotency-Key"), "{}", answer.json());
    }
    let plain = Request::post("/api/v1/contributions")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header("idempotency-key", "k")
        .body(Body::from(good))
        .unwrap();
    assert_eq!(site.router().oneshot(plain).await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(db::count(site.app().db.read(), sql, vec![]).await.unwrap(), before);
}

#[tokio::test]
async fn a_token_is_shown_once_and_ended_by_its_owner_or_an_administrator() {
    let site = town(Engine::Sqlite).await;
    let (_, mut analyst) = site.team(Role::Analyst).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let page = "/equipe/reglages/jetons";
    analyst.get(page).await;
    let wrong = analyst.post(page, &[("nom", ""), ("duree", "7")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A right that an analyst lacks is no right of their token.
    let beyond = analyst.post(page, &[("nom", "a"), ("duree", "30"), ("droits", "contributions:create")]).await;
    assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = analyst.post(page, &[("nom", "Tableau"), ("duree", "30"), ("droits", "queue:read")]).await;
    assert_eq!((made.status, made.headers["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
    let token = made.text.split("id=\"jeton\">").nth(1).and_then(|t| t.split('<').next()).unwrap().to_owned();
    assert_eq!(with_token(&site, Method::GET, "/api/v1/queue", &token).await.status, StatusCode::OK);
    let list = analyst.get(page).await;
    assert!(list.text.contains("Tableau") && !list.text.contains(&token));
    let sql = "SELECT count(*) FROM api_token WHERE token_hash LIKE $1 OR name LIKE $1";
    assert_eq!(db::count(site.app().db.read(), sql, args![format!("%{token}%")]).await.unwrap(), 0, "a hash alone");
    let end =
        list.text.split("action=\"/equipe/reglages/jetons/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (_, mut stranger) = site.team(Role::Moderator(vec![])).await;
    assert_eq!(stranger.post(&format!("{page}/{end}"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(owner.get(page).await.text.contains("Tableau"));
    assert_eq!(owner.post(&format!("{page}/{end}"), &[]).await.status, StatusCode::SEE_OTHER);
    let gone = with_token(&site, Method::GET, "/api/v1/queue", &token).await;
    assert_eq!(refused(&gone), (401, "token_unknown".into()));
}
