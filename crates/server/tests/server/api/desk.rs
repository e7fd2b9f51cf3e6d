//! Programs of the team read what the desk knows, within the projects of the token's owner.

use std::collections::BTreeSet;

use parvis_participation::projects::{self, Project};

use super::*;

/// A project in preparation with an idea in every status, a comment under one, one hidden and reported, one withdrawn.
async fn draft(site: &Site) -> (Uuid, String) {
    site.test
        .write(|tx, _, moment| {
            Box::pin(async move {
                let project = Project {
                    slug: "en-preparation".into(),
                    title: "En préparation".into(),
                    visibility: "team".into(),
                    state: "draft".into(),
                    created_at: moment.now,
                    version: 1,
                    ..Project::default()
                };
                let id = projects::store::insert(tx, &moment, &project).await?;
                for (i, status) in Status::ALL.into_iter().enumerate() {
                    let new = New::idea(id, moment.id(), "Une fontaine", status);
                    let idea = store::insert(tx, &moment, &new).await?.id;
                    if i == 0 {
                        let under = New::comment(id, idea, moment.id(), "Oui", Status::Prescreening);
                        store::insert(tx, &moment, &under).await?;
                        let hidden =
                            "UPDATE contribution SET hidden = TRUE, visible = FALSE, reports = 1 WHERE id = $1";
                        db::run(tx, hidden, args![idea]).await?;
                        for (holder, settled) in [(moment.id(), None), (moment.id(), Some(moment.now))] {
                            let sql = "INSERT INTO report (id, contribution_id, holder, reason, at, settled_at) \
                                       VALUES ($1, $2, $3, 'hurtful', $4, $5)";
                            db::run(tx, sql, args![moment.id(), idea, holder, moment.now, settled]).await?;
                        }
                    } else if i == 1 {
                        let gone = "UPDATE contribution SET withdrawn = TRUE, visible = FALSE WHERE id = $1";
                        db::run(tx, gone, args![idea]).await?;
                    }
                }
                Ok((id, project.slug))
            })
        })
        .await
}

/// All items of a list, page after page.
async fn whole(site: &Site, token: &str, path: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut next = path.to_owned();
    loop {
        let answer = with_token(site, Method::GET, &next, token).await;
        assert_eq!(answer.status, StatusCode::OK, "{next}: {}", answer.text);
        let page = answer.json();
        all.extend(page["data"].as_array().unwrap().clone());
        let Some(after) = page["next"].as_str() else { return all };
        next = format!("{path}{}after={after}", if path.contains('?') { '&' } else { '?' });
    }
}

#[tokio::test]
async fn every_status_of_ones_own_projects_is_read_and_nothing_of_others() {
    for engine in engines() {
        let site = town(engine).await;
        let (id, slug) = draft(&site).await;
        let count = async |sql: &str| db::count(site.app().db.read(), sql, vec![]).await.unwrap();
        let (_, all) = token(&site, Role::Analyst, &[Scope::ReadAll, Scope::ReadReports]).await;
        let path = "/api/v1/contributions";
        let read = whole(&site, &all, &format!("{path}?limit=37")).await;
        let numbers: BTreeSet<i64> = read.iter().map(|c| c["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers.len(), read.len(), "{engine:?}: one twice");
        assert_eq!(i64::try_from(read.len()).unwrap(), count("SELECT count(*) FROM contribution").await, "{engine:?}");
        assert!(read.is_sorted_by(|a, b| a["created_at"].as_str() >= b["created_at"].as_str()), "{engine:?}");

        // A moderator of the one in preparation reads that one whole, by small pages, and no other.
        let (_, own) = token(&site, Role::Moderator(vec![id]), &Scope::ALL).await;
        let mine = whole(&site, &own, &format!("{path}?limit=2")).await;
        assert_eq!(mine.len(), Status::ALL.len() + 1, "{engine:?}");
        assert!(mine.iter().all(|c| c["project"] == json!(slug)), "{engine:?}");
        let statuses: BTreeSet<&str> = mine.iter().map(|c| c["status"].as_str().unwrap()).collect();
        assert_eq!(statuses, Status::ALL.into_iter().map(Status::code).collect(), "{engine:?}");
        assert!(mine.iter().any(|c| c["hidden"] == true) && mine.iter().any(|c| c["withdrawn"] == true));
        let comments = whole(&site, &own, &format!("{path}?kind=comment")).await;
        let idea = comments[0]["idea"].as_i64().unwrap();
        assert_eq!(comments.len(), 1, "{engine:?}");
        assert_eq!(whole(&site, &own, &format!("{path}?idea={idea}")).await, comments, "{engine:?}");
        for (filter, expected) in [
            (format!("project={slug}&kind=idea"), Status::ALL.len()),
            ("status=prescreening&kind=idea".to_owned(), 1),
            ("status=accepted".to_owned(), 1),
        ] {
            assert_eq!(whole(&site, &own, &format!("{path}?{filter}")).await.len(), expected, "{engine:?}: {filter}");
        }
        let foreign = read.iter().find(|c| c["project"] != json!(slug) && c["kind"] == "idea").unwrap();
        let (number, other) = (&foreign["number"], foreign["project"].as_str().unwrap());
        let ask = async |path: String| with_token(&site, Method::GET, &path, &own).await;
        assert_eq!(refused(&ask(format!("{path}/{number}")).await), (403, "not_allowed".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}?project={other}")).await), (404, "not_found".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}?idea={number}")).await), (404, "not_found".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}/999999")).await), (404, "not_found".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}?status=gone")).await), (400, "bad_request".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}?after=AAAA")).await), (404, "cursor_unknown".into()), "{engine:?}");

        // Reports: those that wait, those that were settled.
        for (state, expected) in [("", 1), ("?state=settled", 1), ("?state=all", 2)] {
            let reports = whole(&site, &own, &format!("/api/v1/reports{state}")).await;
            assert_eq!(reports.len(), expected, "{engine:?}: {state}");
            assert!(reports.iter().all(|r| r["contribution"] == json!(idea)), "{engine:?}: {state}");
        }
        let settled = count("SELECT count(*) FROM report WHERE settled_at IS NOT NULL").await;
        let read = whole(&site, &all, "/api/v1/reports?state=settled&limit=1").await;
        assert_eq!(i64::try_from(read.len()).unwrap(), settled, "{engine:?}");

        // Without the right, by name; and what is answered is what the document says, with a tag.
        let (_, queue) = token(&site, Role::Owner, &[Scope::ReadQueue, Scope::ReadReports, Scope::Create]).await;
        for path in [path.to_owned(), format!("{path}/{idea}")] {
            let without = with_token(&site, Method::GET, &path, &queue).await;
            assert_eq!(refused(&without), (403, "token_without_right".into()), "{engine:?}: {path}");
            assert_eq!(refused(&get(&site, &path).await), (401, "token_missing".into()), "{engine:?}: {path}");
        }
        let document = get(&site, api::OPENAPI).await.json();
        for (path, said) in [
            (path.to_owned(), path),
            (format!("{path}/{idea}"), "/api/v1/contributions/{number}"),
            ("/api/v1/reports?state=all".to_owned(), "/api/v1/reports"),
        ] {
            let answer = with_token(&site, Method::GET, &path, &all).await;
            let schema = &document["paths"][said]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            let found = wrong(&document, schema, &answer.json(), &path);
            assert!(found.is_empty() && answer.status == StatusCode::OK, "{path} {}", found.join("\n"));
            let tag = answer.header("etag").to_owned();
            let bearer = format!("Bearer {all}");
            let again = [("authorization", bearer.as_str()), ("if-none-match", tag.as_str())];
            let same = send(&site, Method::GET, &path, &again).await;
            assert_eq!((same.status, same.header("cache-control")), (StatusCode::NOT_MODIFIED, "no-store"), "{path}");
        }
        let (_, nowhere) = token(&site, Role::Moderator(vec![]), &[Scope::ReadAll]).await;
        assert!(whole(&site, &nowhere, path).await.is_empty(), "{engine:?}");
    }
}

#[tokio::test]
async fn projects_in_preparation_and_notes_are_read_within_ones_own_projects() {
    for engine in engines() {
        let site = town(engine).await;
        let (id, slug) = draft(&site).await;
        let scopes = [Scope::ReadProjects, Scope::ReadNotes];
        let (_, all) = token(&site, Role::Analyst, &scopes).await;
        let (staff, own) = token(&site, Role::Moderator(vec![id]), &scopes).await;
        let path = "/api/v1/team/projects";
        let read = whole(&site, &all, path).await;
        let known = db::count(site.app().db.read(), "SELECT count(*) FROM project", vec![]).await.unwrap();
        assert_eq!(i64::try_from(read.len()).unwrap(), known, "{engine:?}");
        let mine = whole(&site, &own, path).await;
        assert!(
            mine.len() == 1 && mine[0]["slug"] == json!(slug) && mine[0]["state"] == "draft",
            "{engine:?}: {mine:?}"
        );
        let drafts = whole(&site, &all, &format!("{path}?state=draft")).await;
        assert!(drafts.iter().any(|p| p["slug"] == json!(slug)) && drafts.iter().all(|p| p["state"] == "draft"));
        // What opens a secret link is in no answer.
        let secrets: Vec<String> =
            db::column(site.app().db.read(), "SELECT secret FROM project WHERE secret <> ''", vec![]).await.unwrap();
        let text = with_token(&site, Method::GET, path, &all).await.text;
        assert!(secrets.iter().all(|s| !text.contains(s)), "{engine:?}");
        let public = get(&site, "/api/v1/projects").await.json();
        assert!(public["data"].as_array().unwrap().iter().all(|p| p["slug"] != json!(slug)), "{engine:?}");

        let sql = "SELECT number FROM contribution WHERE project_id = $1 AND kind = 'idea' ORDER BY number LIMIT 1";
        let number: i64 = db::scalar(site.app().db.read(), sql, args![id]).await.unwrap().unwrap();
        let sql = "SELECT number FROM contribution WHERE project_id <> $1 ORDER BY number LIMIT 1";
        let foreign: i64 = db::scalar(site.app().db.read(), sql, args![id]).await.unwrap().unwrap();
        site.test
            .write(move |tx, _, moment| {
                let sql = "INSERT INTO note (id, contribution_id, author_id, body, at) \
                           SELECT $1, c.id, $2, 'À revoir avec la voirie', $3 FROM contribution c WHERE c.number = $4";
                Box::pin(async move { db::run(tx, sql, args![moment.id(), staff, moment.now, number]).await })
            })
            .await;
        let notes = |n: i64| format!("/api/v1/contributions/{n}/notes");
        let read = whole(&site, &own, &notes(number)).await;
        assert!(read.len() == 1 && read[0]["text"] == "À revoir avec la voirie", "{engine:?}: {read:?}");
        assert!(read[0]["author"].as_str().is_some_and(|a| !a.is_empty()), "{engine:?}: {read:?}");
        let ask = async |path: String| with_token(&site, Method::GET, &path, &own).await;
        assert_eq!(refused(&ask(notes(foreign)).await), (403, "not_allowed".into()), "{engine:?}");
        assert_eq!(refused(&ask(notes(999_999)).await), (404, "not_found".into()), "{engine:?}");
        assert_eq!(refused(&ask(format!("{path}?state=gone")).await), (400, "bad_request".into()), "{engine:?}");
        let (_, other) = token(&site, Role::Owner, &[Scope::ReadAll]).await;
        for path in [path.to_owned(), notes(number)] {
            let without = with_token(&site, Method::GET, &path, &other).await;
            assert_eq!(refused(&without), (403, "token_without_right".into()), "{engine:?}: {path}");
            assert_eq!(refused(&get(&site, &path).await), (401, "token_missing".into()), "{engine:?}: {path}");
        }
        as_documented(&site, &all, &[(path.to_owned(), path), (notes(number), "/api/v1/contributions/{number}/notes")])
            .await;
    }
}

#[tokio::test]
async fn people_are_read_by_whose_role_opens_the_directory_and_the_journal_says_so() {
    for engine in engines() {
        let site = town(engine).await;
        let (admin, all) = token(&site, Role::Administrator, &[Scope::ReadPeople]).await;
        let path = "/api/v1/people";
        let read = whole(&site, &all, &format!("{path}?limit=7")).await;
        let known = "SELECT count(*) FROM person WHERE erased_at IS NULL AND merged_into IS NULL";
        let known = db::count(site.app().db.read(), known, vec![]).await.unwrap();
        let keys: BTreeSet<&str> = read.iter().map(|p| p["id"].as_str().unwrap()).collect();
        assert_eq!((i64::try_from(read.len()).unwrap(), keys.len()), (known, read.len()), "{engine:?}");
        let given = read.iter().find(|p| p["accords"].as_array().is_some_and(|a| !a.is_empty())).unwrap();
        assert!(given["accords"][0]["until"].is_string() && given["accords"][0]["state"] == "given", "{given}");
        let one = with_token(&site, Method::GET, &format!("{path}/{}", given["id"].as_str().unwrap()), &all).await;
        assert_eq!(one.json(), *given, "{engine:?}");
        let staff = whole(&site, &all, &format!("{path}?role=administrator")).await;
        assert!(staff.iter().any(|p| p["id"] == json!(admin)), "{engine:?}");
        for kind in ["person.searched", "person.viewed"] {
            let sql = "SELECT count(*) FROM activity WHERE kind = $1 AND actor_id = $2";
            assert!(db::count(site.app().db.read(), sql, args![kind, admin]).await.unwrap() > 0, "{engine:?}: {kind}");
        }
        let ask = async |path: &str| with_token(&site, Method::GET, path, &all).await;
        assert_eq!(refused(&ask("/api/v1/people/x").await), (404, "not_found".into()), "{engine:?}");
        let nobody = format!("{path}/{}", Uuid::nil());
        assert_eq!(refused(&ask(&nobody).await), (404, "not_found".into()), "{engine:?}");
        assert_eq!(refused(&ask("/api/v1/people?role=king").await), (400, "bad_request".into()), "{engine:?}");
        assert_eq!(refused(&ask("/api/v1/people?after=AAAA").await), (404, "cursor_unknown".into()), "{engine:?}");
        // A token with the right whose owner has no such role reads nobody; nor does one without the right.
        for role in [Role::Analyst, Role::Moderator(vec![])] {
            let (_, token) = token(&site, role, &[Scope::ReadPeople]).await;
            let denied = with_token(&site, Method::GET, path, &token).await;
            assert_eq!(refused(&denied), (403, "not_allowed".into()), "{engine:?}");
        }
        let (_, other) = token(&site, Role::Owner, &[Scope::ReadAll]).await;
        let denied = with_token(&site, Method::GET, path, &other).await;
        assert_eq!(refused(&denied), (403, "token_without_right".into()), "{engine:?}");
        let one = format!("{path}/{}", given["id"].as_str().unwrap());
        as_documented(&site, &all, &[(path.to_owned(), path), (one, "/api/v1/people/{id}")]).await;
    }
}

/// Whether answers are what the document says of them.
async fn as_documented(site: &Site, token: &str, asked: &[(String, &str)]) {
    let document = get(site, api::OPENAPI).await.json();
    for (path, said) in asked {
        let answer = with_token(site, Method::GET, path, token).await;
        let schema = &document["paths"][said]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let found = wrong(&document, schema, &answer.json(), path);
        assert!(found.is_empty() && answer.status == StatusCode::OK, "{path} {}", found.join("\n"));
        assert!(!answer.header("etag").is_empty() && !answer.header("ratelimit-limit").is_empty(), "{path}");
    }
}
