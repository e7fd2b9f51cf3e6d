//! The program `parvis`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match parvis::spoken::parse() {
        Ok(cli) => parvis::cli::main(cli),
        Err(code) => code,
    }
}
