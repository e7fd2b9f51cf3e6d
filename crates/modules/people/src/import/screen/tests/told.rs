//! What a trial says of areas, the first sheets as they will be, and the list of imports.

use super::*;

/// An area of this name.
async fn area(t: &TestApp, name: &'static str) {
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            let sql = "INSERT INTO area (id, name, position, lon, lat, outline) VALUES ($1, $2, 1, 0, 0, '')";
            db::run(tx, sql, args![moment.id(), name]).await.map(drop)
        })
    })
    .await;
}

const FILE: &str = "nom;mail;tel;quartier;accord\nAda;ada@b.example;0612345601;Les Tilleuls;oui 12/03/2025\n\
    Ben;ben@b.example;;tilleuls;\nCid;cid@b.example;;Mars;non\nDan;dan@b.example;;Mars;\nEve;eve@b;;Vénus;\n";

#[tokio::test]
async fn a_trial_names_the_areas_it_guessed_and_those_it_does_not_know() {
    for engine in engines() {
        let t = instance(engine).await;
        area(&t, "Les Tilleuls").await;
        t.write(|tx, _, moment| {
            Box::pin(async move { persons::ensure(tx, &moment, "ben@b.example", "Benoît", Lang::Fr).await.map(drop) })
        })
        .await;
        let id = send(&t, "gens.csv", FILE.as_bytes()).await;
        let tried = row(&t, id).await;
        assert_eq!((tried.created, tried.own.completed, tried.refused), (3, 1, 1), "an unknown area refuses nobody");
        for lang in Lang::ALL {
            let page = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦'), "{page}");
            assert!(page.contains("tilleuls") && page.contains("Mars") && !page.contains("Vénus"), "{page}");
        }
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        let (_, sheets) = page.split_once("telles qu’elles seront</summary>").unwrap();
        // As they will be: what a sheet says stays, what it lacks is filled.
        let ben = sheets.split("<tr>").find(|line| line.contains("ben@b.example")).unwrap();
        assert!(ben.contains(">Benoît<") && ben.contains(">Les Tilleuls<") && ben.contains(">complétée<"), "{ben}");
        let ada = sheets.split("<tr>").find(|line| line.contains("ada@b.example")).unwrap();
        assert!(ada.contains("mars") && ada.contains(">nouvelle<"), "{ada}");
        assert!(sheets.contains("a dit non") && !sheets.contains("eve@b<"), "refused lines make no sheet");
        assert_eq!(imported(&t).await, 0, "nothing is written");

        import(&t, id).await;
        jobs::run_due(&t.app).await.unwrap();
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("Mars") && !page.contains("telles qu’elles seront"), "{page}");
        let there = "SELECT count(*) FROM person p JOIN area a ON a.id = p.area_id WHERE a.name = 'Les Tilleuls'";
        assert_eq!(db::count(t.app.db.read(), there, vec![]).await.unwrap(), 2, "{engine:?}");
    }
}

#[tokio::test]
async fn a_trial_tells_all_that_is_wrong_with_a_line_and_warns_of_telephones_it_leaves_out() {
    let file = "nom;mail;tel;age\nAda;ada@b.example;06 12;\nBen;ben@b;06 12;trente\n";
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.csv", file.as_bytes()).await;
        assert_eq!((row(&t, id).await.created, row(&t, id).await.refused), (1, 1), "{engine:?}");
        for (lang, warned, refused) in [
            (Lang::Fr, "Téléphone illisible, ligne prise sans lui : ligne 2", ">ligne refusée</dt>"),
            (Lang::En, "line taken without it: line 2", ">refused line</dt>"),
        ] {
            let page = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            let page = page.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(page.contains(warned) && page.contains(refused) && !page.contains('⟦'), "{page}");
            assert!(page.contains("trente · ben@b · 06 12"), "{page}");
        }
        let lines = text(pages::refused::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        let line = lines.lines().nth(1).unwrap();
        let reasons = ["Cet âge ne se lit pas", "une adresse complète", "un numéro qui existe"];
        assert!(line.starts_with("Ben;ben@b;06 12;trente;3;") && reasons.iter().all(|r| line.contains(r)), "{line}");
    }
}

#[tokio::test]
async fn the_list_says_who_brought_a_file_how_far_it_is_and_stops_it() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.csv", b"mail\na@b.example\nb@b.example\n").await;
        import(&t, id).await;
        let list = async || text(pages::list::<Persons>(owner(&t)).await.unwrap()).await;
        assert!(list().await.contains("Par Nadia, "), "{}", list().await);
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        assert!(store::beat::<Persons>(&t.app, hold, 1, 2).await.unwrap());
        assert!(list().await.contains("<progress") && list().await.contains("value=\"arreter\""));
        let back = press(&t, id, &[("faire", "arreter"), ("liste", "1")]).await.unwrap();
        assert_eq!(back.headers().get("location").unwrap(), "/equipe/personnes/importer");
        assert_eq!(row(&t, id).await.state, "stopped", "{engine:?}");
        assert!(!list().await.contains("<progress") && !list().await.contains("value=\"reprendre\""), "not begun");
        let some = "UPDATE person_file SET done = 1 WHERE id = $1";
        t.write(move |tx, _, _| Box::pin(async move { db::run(tx, some, args![id]).await.map(drop) })).await;
        assert!(list().await.contains("value=\"reprendre\""));
        press(&t, id, &[("faire", "reprendre"), ("liste", "1")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert!(list().await.contains("/annuler\""), "what is done can be taken back from there");
        for lang in Lang::ALL {
            assert!(!text(pages::list::<Persons>(ctx(&t, Role::Owner, lang)).await.unwrap()).await.contains('⟦'));
        }
    }
}
