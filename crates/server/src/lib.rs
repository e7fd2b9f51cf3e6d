//! The program `parvis`: command line, composition of the modules, HTTP, worker.

pub mod cli;
pub mod commands;
pub mod compose;
pub mod demo;
pub mod http;
pub mod listen;
pub mod seed;
pub mod service;
pub mod spoken;
pub mod terminal;
pub mod tls;
pub mod worker;
