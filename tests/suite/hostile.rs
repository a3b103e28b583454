//! The program under attack: servers that lie, break off, flood and inject; secrets that come back in disguise; files
//! in the way; doors that strangers knock at. Everything here runs the real program.

mod abroad;
mod door;
mod edges;
mod files;
mod guard;
mod provider;
mod replies;
mod roads;
mod screen;
mod secrets;
pub mod server;
pub mod trial;
