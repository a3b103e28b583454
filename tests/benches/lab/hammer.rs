//! Many connections that each send the next request as soon as they have their reply.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What is asked for.
#[derive(Clone, Copy)]
pub enum Asked {
    Token,
    Refusal,
    Metadata,
    Keys,
}

/// What came of a round.
pub struct Blows {
    pub latencies: Vec<Duration>,
    pub took: Duration,
    /// Processor time that the server spent.
    pub spent: Duration,
}

impl Blows {
    pub fn a_second(&self) -> f64 {
        count(&self.latencies) / self.took.as_secs_f64()
    }

    pub fn a_core_second(&self) -> f64 {
        count(&self.latencies) / self.spent.as_secs_f64()
    }

    /// The 99th percentile, in microseconds.
    pub fn slowest_hundredth(&self) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let at = sorted.len() * 99 / 100;
        sorted
            .get(at)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    }
}

fn count(latencies: &[Duration]) -> f64 {
    u32::try_from(latencies.len()).map_or(f64::NAN, f64::from)
}

/// Latencies of all replies within a time. Every reply must begin with `status`.
pub fn hammer(
    at: SocketAddr,
    request: &[u8],
    status: &str,
    connections: usize,
    time: Duration,
) -> Vec<Duration> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let end = Instant::now() + time;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..connections {
            let (request, status) = (request.to_vec(), format!("HTTP/1.1 {status}"));
            tasks.spawn(async move { one(at, &request, &status, end).await });
        }
        tasks.join_all().await.concat()
    })
}

async fn one(at: SocketAddr, request: &[u8], status: &str, end: Instant) -> Vec<Duration> {
    let mut stream = TcpStream::connect(at).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let mut buffer = vec![0; 64 << 10];
    let mut latencies = Vec::new();
    loop {
        let began = Instant::now();
        if began >= end {
            return latencies;
        }
        stream.write_all(request).await.expect("a request is taken");
        let mut filled = 0;
        loop {
            let read = stream.read(&mut buffer[filled..]).await.expect("a reply");
            assert!(read > 0, "the server hung up");
            filled += read;
            if let Some(length) = length_of(&buffer[..filled])
                && filled >= length
            {
                assert!(
                    buffer.starts_with(status.as_bytes()),
                    "another status than {status}"
                );
                break;
            }
        }
        latencies.push(began.elapsed());
    }
}

/// How long a reply is, head and body, once its head is there.
fn length_of(reply: &[u8]) -> Option<usize> {
    let head = reply.windows(4).position(|part| part == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&reply[..head]).ok()?;
    let body = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    Some(head + 4 + body.unwrap_or(0))
}
