//! The API that is called with the token, as flags say it or the profile does.

use std::path::PathBuf;

use clap::Args;

use crate::model::api_call::{header, method};
use crate::model::{ApiCall, Problem};
use crate::session;

/// What is called, and how.
#[derive(Debug, Args)]
pub(super) struct Calling {
    /// An API to call with the token
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// How it is called: GET (usual), HEAD, POST, PUT, PATCH or DELETE
    #[arg(long, value_name = "METHOD")]
    api_method: Option<String>,
    /// A header that goes along, `Name: value`; repeat for more
    #[arg(long = "api-header", value_name = "HEADER")]
    api_headers: Vec<String>,
    /// File that holds the body
    #[arg(long, value_name = "PATH")]
    api_body: Option<PathBuf>,
}

impl Calling {
    /// The call: what is named here, laid over what the profile names. Its body's file is read once, so that what is
    /// wrong with it is known before a token is asked for.
    ///
    /// # Errors
    /// A method or header that is none, an address that no token may go to, a file that cannot be read.
    pub(super) fn over(&self, own: Option<&ApiCall>) -> Result<Option<ApiCall>, Problem> {
        let method = self.api_method.as_deref().map(method).transpose();
        let method = method.map_err(|problem| problem.at("--api-method"))?;
        let headers: Result<Vec<_>, _> = self.api_headers.iter().map(|text| header(text)).collect();
        let headers = headers.map_err(|problem| problem.at("--api-header"))?;
        let named = self.api.as_deref().map(ApiCall::get);
        let Some(mut call) = named.or_else(|| own.cloned()) else {
            let unused = method.is_some() || !headers.is_empty() || self.api_body.is_some();
            return if unused {
                Err(Problem::new(
                    crate::strings::cli::NO_API,
                    "--api",
                    crate::strings::api::ADDRESS_EXPECTED,
                ))
            } else {
                Ok(None)
            };
        };
        if let Some(method) = method {
            call.method = method;
        }
        if !headers.is_empty() {
            call.headers = headers;
        }
        if let Some(body) = &self.api_body {
            call.body = Some(body.clone());
        }
        call.check().map_err(|problem| {
            let at = format!("--{}", problem.at);
            problem.at(&at)
        })?;
        if let Some(body) = &call.body {
            session::read_body(body).map_err(|problem| problem.at("--api-body"))?;
        }
        Ok(Some(call))
    }
}
