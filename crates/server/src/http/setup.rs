//! The one-time link that opens the set-up, printed by the program and shown nowhere else.

use parvis_kernel::{Result, app::App, args, db, random, secrets::hash, settings};

const NAME: &str = "setup_key";

/// Makes a new link, worthless once used or once another is made.
///
/// # Errors
/// When the database refuses.
pub async fn new_link(app: &App) -> Result<String> {
    let key = random::token(&*app.entropy);
    let hashed = hash(&key);
    app.db.write(move |tx| Box::pin(settings::put(tx, NAME, hashed.clone()))).await?;
    Ok(format!("{}/installation?cle={key}", app.listens_at))
}

/// The name that the program serves under becomes the site's address in links and mails, unless an owner set one.
///
/// # Errors
/// When the database refuses.
pub async fn name_site(app: &App) -> Result<()> {
    if !app.settings().await?.base_url.is_empty() {
        return Ok(());
    }
    let site = app.listens_at.clone();
    app.db
        .write(move |tx| {
            let site = site.clone();
            Box::pin(async move {
                settings::change(tx, |s| {
                    if s.base_url.is_empty() {
                        s.base_url = site;
                    }
                })
                .await
            })
        })
        .await?;
    app.store.forget().await;
    Ok(())
}

/// Uses the key of a link, once. The browser that did gets the cookie.
///
/// # Errors
/// When the database refuses.
pub async fn use_key(app: &App, key: &str) -> Result<bool> {
    let hashed = hash(key);
    app.db
        .write(move |tx| {
            let hashed = hashed.clone();
            Box::pin(async move {
                let sql = "DELETE FROM setting WHERE name = $1 AND value = $2";
                Ok(db::run(tx, sql, args![NAME, hashed]).await? == 1)
            })
        })
        .await
}
