//! The command line in the language of the terminal: what `--help` shows, and one line for what can't be read.

use std::{ffi::OsString, process::ExitCode};

use clap::{
    Arg, Command, CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};
use parvis_kernel::words::{Lang, Word};

use crate::{cli::Cli, terminal};

/// Reads the command line; the exit code where help was asked for, or where it can't be read.
///
/// # Errors
/// The exit code, once all is said.
pub fn parse() -> Result<Cli, ExitCode> {
    let (lang, args): (Lang, Vec<OsString>) = (terminal::lang(), std::env::args_os().collect());
    read(lang, &args).map_err(|e| match e.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // A closed pipe is no reason to complain.
            let _ = e.print();
            ExitCode::from(u8::try_from(e.exit_code()).unwrap_or(2))
        }
        _ => {
            eprintln!("parvis: {}", said(lang, &e, &args));
            ExitCode::from(2)
        }
    })
}

fn read(lang: Lang, args: &[OsString]) -> Result<Cli, Error> {
    let mut command = command(lang);
    let mut matches = command.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches_mut(&mut matches)
}

/// The commands and what they take, described in this language. What stands in the code is the English of it.
fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    // All that it makes by itself, such as `help`, is there from here on.
    command.build();
    if lang == Lang::En {
        return command;
    }
    let words = |key: &str| terminal::line_in(lang, key, &[]);
    let about = words("help-about");
    let more = format!("{about}\n\n{}", words("help-more"));
    described(command.about(about).long_about(more), lang, "")
}

fn described(command: Command, lang: Lang, path: &str) -> Command {
    let words = |key: &str| terminal::line_in(lang, key, &[]);
    let mut template = format!("{{about-with-newline}}\n{} {{usage}}", words("help-usage"));
    if command.get_subcommands().any(|sub| !sub.is_hide_set()) {
        template.push_str(&format!("\n\n{}\n{{subcommands}}", words("help-commands")));
    }
    if command.get_positionals().any(|arg| !arg.is_hide_set()) {
        template.push_str(&format!("\n\n{}\n{{positionals}}", words("help-arguments")));
    }
    template.push_str(&format!("\n\n{}\n{{options}}", words("help-options")));
    command
        .help_template(template)
        .mut_args(|arg| {
            let mut help = words(&arg_key(path, &arg));
            let default = arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect::<Vec<_>>().join(" ");
            if arg.get_action().takes_values() && !default.is_empty() {
                help.push_str(&format!(" [{} : {default}]", words("help-default")));
            }
            if let Some(variable) = arg.get_env() {
                help.push_str(&format!(" [{}]", variable.to_string_lossy()));
            }
            // The library gives its own `--help` a long description beside the short one.
            let arg = if arg.get_id() == "help" { arg.long_help(help.clone()) } else { arg };
            arg.help(help).hide_default_value(true).hide_env(true)
        })
        .mut_subcommands(|sub| {
            let path = format!("{path}{}-", sub.get_name());
            described(sub.about(words(&command_key(&path))), lang, &path)
        })
}

/// What is the same wherever it stands is described once.
const ANYWHERE: [&str; 14] = [
    "help",
    "version",
    "data",
    "database_url",
    "port",
    "address",
    "trusted_proxies",
    "domain",
    "tls_cert",
    "tls_key",
    "http_port",
    "acme_directory",
    "acme_root",
    "subcommand",
];

/// Key of the words of what a command takes; `path` is that of the command, such as `db-copy-`.
fn arg_key(path: &str, arg: &Arg) -> String {
    let name = arg.get_id().as_str();
    let of = if ANYWHERE.contains(&name) { "any-" } else { path };
    format!("help-{of}{name}").replace('_', "-")
}

/// Key of the words of a command. Each has one named `help`, which repeats the names of the others.
fn command_key(path: &str) -> String {
    if path.starts_with("help-") || path.contains("-help-") {
        return "help-any-subcommand".to_owned();
    }
    format!("help-{}", path.trim_end_matches('-'))
}

/// Why a command line can't be read, in one line with the remedy.
fn said(lang: Lang, e: &Error, args: &[OsString]) -> String {
    let text = |kind: ContextKind| match e.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        Some(ContextValue::Number(n)) => n.to_string(),
        _ => String::new(),
    };
    let line = |key: &str, args: &[(&str, &dyn Word)]| terminal::line_in(lang, key, args);
    let (command, path) = asked(command(lang), args);
    let help = format!("{path} --help");
    let (arg, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    match e.kind() {
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => {
            let sub = text(ContextKind::InvalidSubcommand);
            let typed = if arg.is_empty() { sub } else { arg };
            let like = [text(ContextKind::SuggestedArg), text(ContextKind::SuggestedSubcommand)].concat();
            if like.is_empty() {
                line("cli-arg-unknown", &[("arg", &typed), ("help", &help)])
            } else {
                line("cli-arg-unknown-like", &[("arg", &typed), ("like", &like), ("help", &help)])
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = command.get_arguments().find(|known| known.to_string() == arg).and_then(Arg::get_help);
            let says = known.map(ToString::to_string).unwrap_or_default();
            if value.is_empty() {
                line("cli-arg-empty", &[("arg", &arg), ("says", &says)])
            } else {
                line("cli-arg-wrong", &[("value", &value), ("arg", &arg), ("says", &says)])
            }
        }
        ErrorKind::MissingRequiredArgument => line("cli-arg-missing", &[("arg", &arg), ("help", &help)]),
        ErrorKind::ArgumentConflict => {
            let prior = text(ContextKind::PriorArg);
            if prior.is_empty() || prior == arg {
                line("cli-arg-twice", &[("arg", &arg)])
            } else {
                line("cli-arg-conflict", &[("arg", &arg), ("other", &prior)])
            }
        }
        ErrorKind::MissingSubcommand => line("cli-command-missing", &[("help", &help)]),
        _ => line("cli-arg-odd", &[("help", &help)]),
    }
}

/// The command that these arguments name, as far as they do, and how it is called.
fn asked(mut command: Command, args: &[OsString]) -> (Command, String) {
    let mut path = "parvis".to_owned();
    for arg in args.iter().skip(1).filter_map(|a| a.to_str()) {
        let Some(sub) = command.find_subcommand(arg).cloned() else { continue };
        path = format!("{path} {arg}");
        command = sub;
    }
    (command, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(lang: Lang, typed: &str) -> String {
        let args: Vec<OsString> = typed.split_whitespace().map(OsString::from).collect();
        said(lang, &read(lang, &args).unwrap_err(), &args)
    }

    #[test]
    fn what_cannot_be_read_is_said_in_one_line() {
        for (typed, fr, en) in [
            (
                "parvis backp",
                "« backp » n’est pas connu ici. Vouliez-vous dire backup ? Sinon, voyez : parvis --help",
                "“backp”",
            ),
            (
                "parvis themes a.csv --text x --jso",
                "Vouliez-vous dire --json ? Sinon, voyez : parvis themes --help",
                "--json",
            ),
            (
                "parvis themes a.csv",
                "Il manque --text <COLUMN>. Voyez : parvis themes --help",
                "--text <COLUMN> is missing",
            ),
            ("parvis themes a.csv --text", "--text <COLUMN> attend une valeur. Colonne des textes", "needs a value"),
            (
                "parvis themes a.csv --text x --lang xx",
                "« xx » ne convient pas à --lang <CODE>. Langue des textes",
                "“xx”",
            ),
            ("parvis serve --port vert", "« vert » ne convient pas à --port <N>. Port à écouter", "“vert”"),
            ("parvis backup a b", "« b » n’est pas connu ici", "“b”"),
            ("parvis backup a --data x --data y", "ne se donne qu’une fois", "once"),
            ("parvis import a --people --origin x --project y", "ne vont pas ensemble", "do not go together"),
        ] {
            let (said_fr, said_en) = (refused(Lang::Fr, typed), refused(Lang::En, typed));
            assert!(said_fr.contains(fr), "{said_fr}");
            assert!(said_en.contains(en), "{said_en}");
            assert!(!format!("{said_fr}{said_en}").contains(['⟦', '\n']), "{said_fr} {said_en}");
        }
    }

    /// Every command with its path, and every thing that it takes, that people see.
    fn walk(command: &Command, path: &str, all: &mut Vec<(String, String)>) {
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            all.push((arg_key(path, arg), help));
        }
        for sub in command.get_subcommands() {
            let path = format!("{path}{}-", sub.get_name());
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            all.push((command_key(&path), about));
            walk(sub, &path, all);
        }
    }

    #[test]
    fn all_that_help_shows_has_words_and_the_english_ones_are_those_of_the_code() {
        let mut english = Cli::command();
        english.build();
        let mut all = Vec::new();
        walk(&english, "", &mut all);
        assert!(all.len() > 60, "{}", all.len());
        for (key, help) in &all {
            let (fr, en) = (terminal::line_in(Lang::Fr, key, &[]), terminal::line_in(Lang::En, key, &[]));
            assert!(!fr.contains('⟦') && fr != *key && !fr.is_empty(), "{key}: {fr}");
            // What the library adds by itself has words of ours alone.
            if !key.starts_with("help-any-help") && !key.starts_with("help-any-version") && key != "help-any-subcommand"
            {
                assert_eq!(en, *help, "{key}");
            }
        }
    }

    #[test]
    fn help_is_in_the_language_of_the_terminal() {
        let shown = |lang, typed: &str| {
            let args: Vec<OsString> = typed.split_whitespace().map(OsString::from).collect();
            read(lang, &args).unwrap_err().to_string()
        };
        let fr = shown(Lang::Fr, "parvis --help");
        for words in ["Utilisation : parvis", "Commandes :", "Importer des contributions", "Afficher cette aide"] {
            assert!(fr.contains(words), "{words}: {fr}");
        }
        for english in ["Usage", "Commands", "Print ", "default", "[env", "Serve the"] {
            assert!(!fr.contains(english), "{english}: {fr}");
        }
        let fr = shown(Lang::Fr, "parvis themes --help");
        assert!(fr.contains("[par défaut : fr]") && fr.contains("Trouver les thèmes"), "{fr}");
        assert!(shown(Lang::Fr, "parvis help db copy").contains("Base de données à remplir"));
        assert!(shown(Lang::En, "parvis themes --help").contains("Find the themes of any CSV file"));
        let args: Vec<OsString> = ["parvis", "themes", "a.csv", "--text", "x"].map(OsString::from).to_vec();
        assert!(read(Lang::Fr, &args).is_ok() && read(Lang::En, &args).is_ok());
    }
}
