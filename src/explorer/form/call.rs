//! The API that is called with the token: its address, and how.

use std::path::PathBuf;

use crate::model::api_call::headers;
use crate::model::{ApiCall, ApiMethod, Problem};

use super::Form;
use super::field::Field;

/// How the API is called, as far as it is chosen and not typed.
#[derive(Default)]
pub struct Call {
    /// The method.
    pub method: ApiMethod,
}

impl Call {
    /// The next or the previous method.
    pub fn turn(&mut self, on: bool) {
        let all = ApiMethod::ALL;
        let here = all.iter().position(|one| *one == self.method).unwrap_or(0);
        let by = if on { 1 } else { all.len() - 1 };
        self.method = all[(here + by) % all.len()];
    }
}

/// Fills the fields in.
pub fn set_call(form: &mut Form, call: Option<&ApiCall>) {
    let call = call.cloned().unwrap_or_default();
    form.set(Field::Api, &call.url);
    form.set(Field::ApiHeaders, &call.header_line());
    let body = call.body.map(|path| path.display().to_string());
    form.set(Field::ApiBody, &body.unwrap_or_default());
    form.call.method = call.method;
}

/// The call of what stands in the fields; `None` where no API is named.
///
/// # Errors
/// A header that is none.
pub fn call(form: &Form) -> Result<Option<ApiCall>, Problem> {
    let url = form.text(Field::Api);
    if url.is_empty() {
        return Ok(None);
    }
    let body = Some(form.text(Field::ApiBody)).filter(|text| !text.is_empty());
    Ok(Some(ApiCall {
        url: url.to_owned(),
        method: form.call.method,
        headers: headers(form.text(Field::ApiHeaders))?,
        body: body
            .map(PathBuf::from)
            .filter(|_| form.call.method.has_body()),
    }))
}
