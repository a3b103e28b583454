//! Answers that only a socket can break: written by hand, past the HTTP library, which would not send them.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::lab::ask::Answer;
use crate::model::LabFault;

/// Pieces that a body comes in when it drips.
const DROPS: usize = 16;

/// A connection that can end as if somebody had pulled the plug.
pub trait Line: AsyncRead + AsyncWrite + Unpin + Send {
    /// Makes its end a reset (RST) instead of a farewell (FIN).
    fn reset_at_end(&self);
}

impl Line for TcpStream {
    fn reset_at_end(&self) {
        // A connection that is gone already needs no reset.
        let _ = self.set_zero_linger();
    }
}

impl Line for TlsStream<TcpStream> {
    fn reset_at_end(&self) {
        self.get_ref().0.reset_at_end();
    }
}

/// An answer that is sent by hand.
#[derive(Debug)]
pub struct Broken {
    pub answer: Answer,
    pub fault: LabFault,
    /// The Date header.
    pub date: String,
}

impl Broken {
    /// Sends it and ends the connection.
    pub async fn send(self, mut line: impl Line) {
        // Whoever hung up need not be told anything.
        let _ = self.try_send(&mut line).await;
    }

    async fn try_send(&self, line: &mut impl Line) -> std::io::Result<()> {
        let body = &self.answer.body;
        match self.fault {
            LabFault::Reset => {
                line.reset_at_end();
                return Ok(());
            }
            LabFault::CutBody => {
                line.write_all(self.head(body.len()).as_bytes()).await?;
                line.write_all(&body[..body.len() / 2]).await?;
                // No farewell, at TLS either.
                return line.flush().await;
            }
            LabFault::LengthTooLong => {
                line.write_all(self.head(body.len() + 64).as_bytes())
                    .await?;
                line.write_all(body).await?;
            }
            LabFault::LengthTooShort => {
                line.write_all(self.head(body.len() / 2).as_bytes()).await?;
                line.write_all(body).await?;
            }
            LabFault::Drip(time) => self.drip(line, time).await?,
            _ => {
                line.write_all(self.head(body.len()).as_bytes()).await?;
                line.write_all(body).await?;
            }
        }
        line.flush().await?;
        line.shutdown().await
    }

    async fn drip(&self, line: &mut impl Line, time: Duration) -> std::io::Result<()> {
        let body = &self.answer.body;
        line.write_all(self.head(body.len()).as_bytes()).await?;
        let size = body.len().div_ceil(DROPS).max(1);
        let pause = time / u32::try_from(body.len().div_ceil(size).max(1)).unwrap_or(1);
        for drop in body.chunks(size) {
            line.flush().await?;
            tokio::time::sleep(pause).await;
            line.write_all(drop).await?;
        }
        Ok(())
    }

    /// Status line and headers, with this length.
    fn head(&self, length: usize) -> String {
        let status = self.answer.status;
        let reason = hyper::StatusCode::from_u16(status).ok();
        let reason = reason
            .and_then(|s| s.canonical_reason())
            .unwrap_or_default();
        let mut headers = String::new();
        for (name, value) in &self.answer.headers {
            headers.extend([name, ": ", value, "\r\n"]);
        }
        format!(
            "HTTP/1.1 {status} {reason}\r\n{headers}date: {}\r\nserver: {}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n",
            self.date,
            crate::lab::server::NAME
        )
    }
}
