//! Areas on the desk: a file is tried, looked at, taken, and taken back.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use parvis_kernel::{Error, args, db, permission::Role, words::Lang};
use parvis_people::areas;
use uuid::Uuid;

use crate::browser::{Answer, Browser, instance};

const FILE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"Les <i>Îles</i>","population":1900},"geometry":{"type":"Polygon","coordinates":[[[0,47],[0.01,47],[0.01,47.01],[0,47.01],[0,47]]]}}]}"#;

async fn send(b: &mut Browser<'_>, bytes: &str) -> Answer {
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"q.geojson\"\r\n\r\n{bytes}\r\n--X--\r\n"
    );
    let to = "/equipe/reglages/quartiers/fichier";
    b.ask(Method::POST, to, Body::from(body), "multipart/form-data; boundary=X").await
}

#[tokio::test]
async fn areas_on_the_desk() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let list = "/equipe/reglages/quartiers";
    assert!(b.get(list).await.has("type=\"file\"") && b.get(list).await.has("<small>Aucun quartier</small>"));
    assert!(send(&mut b, "").await.has("Choisissez un fichier"));
    let lambert = FILE.replace("0.01,47", "652000,6862000");
    let swapped = FILE.replace("[0,47]", "[47,0]").replace("[0.01,47]", "[47,0.01]");
    let swapped = swapped.replace("[0.01,47.01]", "[47.01,0.01]").replace("[0,47.01]", "[47.01,0]");
    let crossing = FILE.replace("[0.01,47],[0.01,47.01],[0,47.01]", "[0.01,47.01],[0.01,47],[0,47.01]");
    for (bytes, words) in [
        ("a;b", "GeoJSON"),
        (&lambert, "Lambert-93"),
        (&FILE.replace("nom", "x"), "n’a pas de nom"),
        (&swapped, "longitudes de « Les &#60;i&#62;Îles&#60;/i&#62; » sont échangées"),
        (&crossing, "Le contour de « Les &#60;i&#62;Îles&#60;/i&#62; » se croise"),
    ] {
        let answer = send(&mut b, bytes).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.has(words), "{words}");
    }
    let trial = send(&mut b, FILE).await.to().to_owned();
    let page = b.get(&trial).await;
    assert!(page.has("Prendre 1 quartier") && page.has("nouveau") && !page.has("<i>"), "{}", page.body);
    assert!(areas::all(t.app.db.read()).await.unwrap().is_empty(), "a trial writes nothing");
    assert!(page.has("Carte des contours du fichier") && !page.has("class=\"coming\""), "nothing is there to compare");
    assert_eq!(b.post(&trial, &[("faire", "importer")]).await.to(), format!("{list}?fait=quartiers"));
    assert!(b.get(&trial).await.has("n’est plus gardé"), "what is taken is not taken twice");
    let page = b.get(list).await;
    assert!(page.has("<svg") && !page.has("<i>") && page.has("<small>1 quartier</small>"));
    b.lang = Lang::En;
    assert!(b.get(list).await.has("1 area"));
    let id = areas::all(t.app.db.read()).await.unwrap()[0].id;
    let bad = b.post(&format!("{list}/{id}"), &[("nom", "\u{200b}"), ("population", "beaucoup")]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.has("value=\"beaucoup\""));
    b.post(&format!("{list}/{id}"), &[("nom", "Les Îles"), ("population", "2 100")]).await;
    let area = areas::all(t.app.db.read()).await.unwrap().pop().unwrap();
    assert_eq!((area.name.as_str(), area.population), ("Les Îles", Some(2100)));
    b.lang = Lang::Fr;
    let page = b.get(list).await.body.replace(['\u{202f}', '\u{a0}'], " ");
    let (_, told) = page.split_once("Derniers changements ici").unwrap();
    let told = told.split("</section>").next().unwrap();
    assert!(told.contains("a renommé un quartier") && !told.contains("<i>") && told.contains("→ Les Îles"), "{told}");
    assert!(told.contains("a ajouté ou remplacé des quartiers depuis un fichier"), "{told}");
    b.post(&format!("{list}/{id}"), &[("supprimer", "1")]).await;
    assert!(areas::all(t.app.db.read()).await.unwrap().is_empty());
    assert_eq!(b.post(&format!("{list}/{id}"), &[("nom", "x")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_wrong_outline_is_refused_by_name_and_the_others_are_taken() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let one = FILE.split_once('[').unwrap().1.trim_end_matches("]}");
    let gare = one.replace("Les <i>Îles</i>", "Gare").replace("1900", "12");
    let bow = one
        .replace("Les <i>Îles</i>", "Nœud <b>")
        .replace("[0.01,47],[0.01,47.01],[0,47.01]", "[0.01,47.01],[0.01,47],[0,47.01]");
    let file = |all: &[&str]| format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    let trial = send(&mut b, &file(&[&gare, &bow, one])).await.to().to_owned();
    let page = b.get(&trial).await;
    assert!(
        page.has("Prendre 2 quartiers") && page.has("Le contour de « Nœud &#60;b&#62; » se croise"),
        "{}",
        page.body
    );
    let lines = b.get(&format!("{trial}/refuses.geojson")).await;
    assert!(lines.has("Nœud <b>") && lines.has("\"motif\"") && !lines.has("Gare"), "{}", lines.body);
    assert_eq!(b.post(&trial, &[("faire", "x")]).await.status, StatusCode::BAD_REQUEST);
    b.post(&trial, &[("faire", "importer")]).await;
    let names = async || areas::all(t.app.db.read()).await.unwrap().into_iter().map(|a| a.name).collect::<Vec<_>>();
    assert_eq!(names().await, ["Gare", "Les <i>Îles</i>"]);
    // The same names again, one with other inhabitants, in other capitals: one changes, none is doubled.
    let trial = send(&mut b, &file(&[&gare.replace("Gare", "GARE").replace("12}", "13}"), one])).await.to().to_owned();
    let page = b.get(&trial).await;
    assert!(
        page.has("Prendre 1 quartier") && page.has("prend ce contour") && page.has("sans changement"),
        "{}",
        page.body
    );
    b.post(&trial, &[("faire", "importer")]).await;
    assert_eq!(names().await, ["Gare", "Les <i>Îles</i>"]);
    assert_eq!(areas::all(t.app.db.read()).await.unwrap()[0].population, Some(13));
    let trial = send(&mut b, &file(&[one])).await.to().to_owned();
    b.lang = Lang::En;
    let page = b.get(&trial).await;
    assert!(
        page.has("This file changes nothing") && !page.has("value=\"importer\"") && !page.has("⟦"),
        "{}",
        page.body
    );
    assert_eq!(b.post(&trial, &[("faire", "oublier")]).await.to(), "/equipe/reglages/quartiers");
    assert_eq!(b.post(&trial, &[("faire", "importer")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    b.session = None;
    assert!(matches!(b.get(&trial).await.error, Some(Error::Refused(_))));
}

/// A file of squares, each with its name and its south-western corner.
fn squares(all: &[(&str, f64, f64)]) -> String {
    let one = |(name, lon, lat): &(&str, f64, f64)| {
        let (a, b) = (lon + 0.01, lat + 0.01);
        format!(
            r#"{{"type":"Feature","properties":{{"nom":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{lon},{lat}],[{a},{lat}],[{a},{b}],[{lon},{b}],[{lon},{lat}]]]}}}}"#
        )
    };
    let all: Vec<String> = all.iter().map(one).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

#[tokio::test]
async fn a_trial_says_where_the_outlines_are() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.settings.commune.code = "72181".into();
    b.settings.commune.name = "Le Mans".into();
    b.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let here = squares(&[("Saint-Jean", 0.19, 48.0), ("Centre", 0.2, 48.0)]);
    let trial = send(&mut b, &here).await.to().to_owned();
    let page = b.get(&trial).await;
    assert!(page.has("km du centre de Le Mans") && !page.has("Est-ce bien le fichier"), "{}", page.body);
    b.post(&trial, &[("faire", "importer")]).await;
    // Paris, taken for Le Mans: told beside the commune, and beside the areas of today that the map shows beneath.
    let trial = send(&mut b, &squares(&[("Marais", 2.35, 48.85), ("saint jean", 2.36, 48.85)])).await.to().to_owned();
    let page = b.get(&trial).await;
    for words in [
        "Est-ce bien le fichier de votre commune",
        "186 km du centre de Le Mans",
        "ne recouvrent aucun quartier",
        "class=\"coming\"",
        "(« Saint-Jean » aujourd’hui)",
    ] {
        assert!(page.body.replace(['\u{202f}', '\u{a0}'], " ").contains(words), "{words}: {}", page.body);
    }
    let trial = send(&mut b, &squares(&[("Centre", 0.2, 48.0), ("Saint Jean", 0.19, 48.0), ("Loin", 2.3, 48.8)])).await;
    let page = b.get(trial.to()).await.body.replace(['\u{202f}', '\u{a0}'], " ");
    assert!(page.contains("Un contour est à plus de 30 km des autres : Loin."), "{page}");
    assert!(page.contains("Prendre 1 quartier") && !page.contains("ne recouvrent aucun"), "{page}");
}

#[tokio::test]
async fn an_import_of_areas_is_taken_back() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    let owner = b.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let known = async || areas::all(t.app.db.read()).await.unwrap();
    let before = squares(&[("Saint-Jean", 0.19, 48.0), ("Centre", 0.2, 48.0), ("Gare", 0.21, 48.0)]);
    let take = async |b: &mut Browser<'_>, file: &str| {
        let trial = send(b, file).await.to().to_owned();
        b.post(&trial, &[("faire", "importer")]).await;
    };
    take(&mut b, &before).await;
    let were = known().await;
    take(&mut b, &squares(&[("SAINT JEAN", 0.19, 48.1), ("le centre", 0.2, 48.1), ("Neuf", 0.22, 48.1)])).await;
    let now = known().await;
    assert_eq!(now.len(), 4, "the same names are the same areas: {now:?}");
    let by = |all: &[areas::Area], name: &str| all.iter().find(|a| a.name == name).cloned();
    assert_ne!(by(&now, "Saint-Jean"), by(&were, "Saint-Jean"));
    let neuf = by(&now, "Neuf").unwrap().id;
    t.app
        .db
        .write(move |tx| {
            Box::pin(
                async move { db::run(tx, "UPDATE person SET area_id = $1 WHERE id = $2", args![neuf, owner]).await },
            )
        })
        .await
        .unwrap();
    // What the team corrected since stays.
    let centre = by(&now, "Centre").unwrap().id;
    b.post(&format!("/equipe/reglages/quartiers/{centre}"), &[("nom", "Centre"), ("population", "120")]).await;
    let last = areas::undo::last(t.app.db.read()).await.unwrap();
    assert_eq!((last.len(), last[0].created, last[0].updated), (2, 1, 2));
    let undo = format!("/equipe/reglages/quartiers/import/{}", last[0].id);
    assert!(b.get("/equipe/reglages/quartiers").await.has(&undo));
    let page = b.get(&undo).await;
    assert!(page.has("pour 2 quartiers") && page.has("1 personne") && page.has("modifié depuis"), "{}", page.body);
    assert_eq!(known().await.len(), 4, "a look changes nothing");
    assert_eq!(b.post(&undo, &[]).await.to(), "/equipe/reglages/quartiers?fait=quartiers-annules");
    let after = known().await;
    assert_eq!(after.len(), 3);
    assert_eq!(by(&after, "Saint-Jean"), by(&were, "Saint-Jean"));
    assert_eq!(by(&after, "Centre").unwrap().population, Some(120));
    let area = "SELECT area_id FROM person WHERE id = $1 AND area_id IS NOT NULL";
    let area: Option<Uuid> = db::scalar(t.app.db.read(), area, args![owner]).await.unwrap();
    assert_eq!(area, None, "nobody lives in an area that is not there");
    assert!(matches!(b.post(&undo, &[]).await.error, Some(Error::Refused(_))), "once");
    assert_eq!(b.get(&undo).await.to(), "/equipe/reglages/quartiers");
    // The import before it can still be taken back, but for what was changed since.
    let first = format!("/equipe/reglages/quartiers/import/{}", last[1].id);
    b.lang = Lang::En;
    let page = b.get(&first).await;
    assert!(page.has("for 2 areas") && !page.has("⟦"), "{}", page.body);
    b.post(&first, &[]).await;
    assert_eq!(known().await.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Centre"]);
    b.session = None;
    assert!(matches!(b.get(&first).await.error, Some(Error::Refused(_))));
}
