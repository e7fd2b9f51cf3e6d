//! The program `parvis`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    parvis::cli::main(parvis::cli::Cli::parse())
}
