//! `parvis admin`: makes somebody who may sign in on the desk, or a new link for them.

use std::sync::Arc;

use parvis_kernel::{app::App, mail};
use parvis_people::{
    passes::{self, Purpose},
    persons,
};

use super::{CommandError, lang, say};

/// What `parvis admin` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct AdminArgs {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum AdminCommand {
    /// Give the owner's role to an address, and print its one-time link to sign in
    Create {
        /// Address of the person
        email: String,
        /// Name that the team sees
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Print a new one-time link to sign in, for somebody of the team who can't receive mail
    ResetLink {
        /// Address of the person
        email: String,
    },
}

/// Makes the person or the link.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &AdminArgs) -> Result<(), CommandError> {
    let (email, name, create) = match &args.command {
        AdminCommand::Create { email, name } => (email.trim().to_owned(), name.trim().to_owned(), true),
        AdminCommand::ResetLink { email } => (email.trim().to_owned(), String::new(), false),
    };
    if !mail::is_address(&email) {
        return Err(CommandError::new(format!("{email:?} is not an e-mail address, such as prenom@exemple.fr")));
    }
    if !create {
        let known = persons::by_email(app.db.read(), &email).await?;
        if known.is_none_or(|p| p.role.is_none()) {
            return Err(CommandError::new(format!(
                "nobody of the team has the address {email}. Make an owner of it with: parvis admin create {email}"
            )));
        }
    }
    let lang = lang(app).await?;
    let moment = app.moment();
    let path = app
        .db
        .write(move |tx| {
            let (moment, email, name) = (moment.clone(), email.clone(), name.clone());
            Box::pin(async move {
                if create {
                    parvis_people::create_owner(tx, &moment, &email, &name, lang).await?;
                }
                passes::link_for(tx, &moment, &email, Purpose::SignIn, "/equipe").await
            })
        })
        .await?;
    let settings = app.settings().await?;
    say(app.words.get(lang, "admin-link"));
    say(format!("\n    {}{path}\n", app.base_url(&settings)));
    Ok(())
}
