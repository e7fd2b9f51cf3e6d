//! `parvis admin`: makes somebody who may sign in on the desk, or a new link for them.

use std::sync::Arc;

use parvis_kernel::{app::App, mail};
use parvis_people::{
    passes::{self, Purpose},
    persons,
};

use super::{CommandError, lang, say, say_told};

/// What `parvis admin` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct AdminArgs {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum AdminCommand {
    /// Give the owner's role to an address, and print its one-time link to sign in; a new instance opens with it
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

impl AdminArgs {
    /// Whether it may be the first thing that is done: a link is for somebody who is there.
    #[must_use]
    pub const fn makes(&self) -> bool {
        matches!(self.command, AdminCommand::Create { .. })
    }
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
        return Err(CommandError::told("cli-not-address", &[("text", &email)]));
    }
    if !create {
        let known = persons::by_email(app.db.read(), &email).await?;
        if known.is_none_or(|p| p.role.is_none()) {
            return Err(CommandError::told("cli-nobody", &[("email", &email)]));
        }
    }
    let lang = lang(app).await?;
    let moment = app.moment();
    let opens = create && !app.settings().await?.is_set_up();
    let shared = app.clone();
    let path = app
        .db
        .write(move |tx| {
            let (app, moment, email, name) = (shared.clone(), moment.clone(), email.clone(), name.clone());
            Box::pin(async move {
                if opens {
                    // Without it the link would lead to a site that is closed until its set-up.
                    parvis_instance::open(tx, &app, &moment, &email, &name).await?;
                } else if create {
                    parvis_people::create_owner(tx, &moment, &email, &name, lang).await?;
                }
                passes::link_for(tx, &moment, &email, Purpose::SignIn, "/equipe").await
            })
        })
        .await?;
    app.store.forget().await;
    let settings = app.settings().await?;
    if opens {
        say_told("admin-open", &[]);
    }
    say_told("admin-link", &[]);
    say(format!("\n    {}{path}\n", app.base_url(&settings)));
    Ok(())
}
