//! How requests are sent, for every verb that sends some: trust, proxy, time.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::model::SendOptions;

/// What is asked for.
#[derive(Debug, Args)]
pub(super) struct Sending {
    /// Trust the certificates of this PEM file instead of the system's
    #[arg(long, value_name = "PEM")]
    ca_file: Option<PathBuf>,
    /// A proxy, never used for this machine itself
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Give up on a request after this long
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: Option<u64>,
}

impl Sending {
    /// The options; what is not named is as usual.
    pub(super) fn options(&self) -> SendOptions {
        let options = SendOptions {
            ca_file: self.ca_file.clone(),
            proxy: self.proxy.clone(),
            ..SendOptions::default()
        };
        match self.timeout {
            Some(seconds) => options.within(Duration::from_secs(seconds)),
            None => options,
        }
    }
}
