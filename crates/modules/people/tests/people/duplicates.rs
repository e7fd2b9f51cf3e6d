//! Sheets that may be one person: which are proposed, why, and what the team answers.

use axum::http::StatusCode;
use parvis_kernel::{Error, permission::Role};
use parvis_people::directory::{
    merge::{MERGE_MEMBER, MERGE_SELF},
    pairs,
};
use parvis_testing::engines;
use uuid::Uuid;

use crate::browser::{Browser, instance_on};

/// The key in the address that a form leads to.
fn key(to: &str) -> Uuid {
    to.split(['/', '?']).find_map(|part| part.parse().ok()).unwrap_or_else(|| panic!("no key in {to:?}"))
}

async fn enter(b: &mut Browser<'_>, name: &str, mail: &str, phone: &str, address: &str) -> Uuid {
    let form = [("nom", name), ("courriel", mail), ("telephone", phone), ("adresse", address), ("origine", "stand")];
    key(b.post("/equipe/personnes/nouvelle", &form).await.to())
}

#[tokio::test]
async fn pairs_are_proposed_with_their_evidence_and_never_united_alone() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let one = enter(&mut b, "Suzanne Perrin", "suzanne@exemple.fr", "06 12 34 56 78", "3 rue de l’Hôpital").await;
        let two =
            enter(&mut b, "PERRIN Suzanne", "suzanne+idees@exemple.fr", "+33612345678", "3, rue de l'hopital").await;
        let three = enter(&mut b, "Marc Perrin", "marc@exemple.fr", "", "3 rue de l’Hôpital").await;
        let read = t.app.db.read();
        let found = pairs::waiting(read, None).await.unwrap();
        assert_eq!(found.len(), 1, "on {engine:?}");
        let pair = (found[0].one, found[0].other);
        assert!(pair == (one, two) || pair == (two, one), "{pair:?}");
        assert_eq!(found[0].evidence(), ["mail", "phone", "place"]);
        assert!(pairs::waiting(read, Some(three)).await.unwrap().is_empty());
        let sheet = b.get(&format!("/equipe/personnes/{one}")).await;
        assert!(sheet.has("Peut-être la même personne : PERRIN Suzanne") && sheet.has("même téléphone"));
        let list = b.get("/equipe/personnes/doublons").await;
        assert!(list.has(&format!("/equipe/personnes/{}/fusionner?avec={}", pair.0, pair.1)));
        for told in ["suzanne@exemple.fr. Quartier inconnu. Connue depuis", "suzanne+idees@exemple.fr. Quartier"] {
            assert!(list.has(told), "what tells them apart: {told}");
        }
        let compare = b.get(&format!("/equipe/personnes/{one}/fusionner?avec={two}")).await;
        assert!(compare.has("suzanne+idees@exemple.fr") && compare.has("En commun"));

        // Two people: not proposed again.
        let marc = enter(&mut b, "Marc Perrin", "m.perrin@exemple.fr", "", "3 rue de l’Hôpital").await;
        assert_eq!(pairs::waiting(read, None).await.unwrap().len(), 2);
        let apart = format!("/equipe/personnes/{marc}/fusionner");
        b.post(&apart, &[("avec", &three.to_string()), ("faire", "separees")]).await;
        assert_eq!(pairs::waiting(read, None).await.unwrap().len(), 1);

        // The sheet with what the other lacks, found by either address, and two again.
        let merge = format!("/equipe/personnes/{one}/fusionner");
        let done = b.post(&merge, &[("avec", &two.to_string()), ("garder", &one.to_string())]).await;
        let sheet = b.get(done.to()).await;
        assert!(sheet.has("suzanne+idees@exemple.fr") && sheet.has("Séparer de nouveau"), "on {engine:?}");
        assert!(matches!(b.get(&format!("/equipe/personnes/{two}")).await.error, Some(Error::NotFound)));
        assert!(b.get("/equipe/personnes?q=suzanne%2Bidees").await.has(&format!("/equipe/personnes/{one}?")));
        assert!(pairs::waiting(read, None).await.unwrap().is_empty());
        let undo = sheet.body.split("name=\"fusion\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let back = b.post(&format!("/equipe/personnes/{one}/separer"), &[("fusion", &undo)]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert!(b.get(&format!("/equipe/personnes/{two}")).await.has("PERRIN Suzanne"));

        // Named refusals.
        let herself = b.post(&merge, &[("avec", &one.to_string())]).await;
        assert!(matches!(herself.error, Some(Error::Refused(MERGE_SELF))));
        let member = [("avec", owner.to_string()), ("garder", one.to_string())];
        let member: Vec<(&str, &str)> = member.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert!(matches!(b.post(&merge, &member).await.error, Some(Error::Refused(MERGE_MEMBER))));
    }
}
