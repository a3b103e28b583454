//! Where a program would be: takes what a browser brings to its address and answers with nothing (204), so that the
//! page which led there stays.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Channel, Sender, channel};
use std::thread;

use super::PATIENCE;

/// The address, and what came to it.
pub struct Receiver {
    /// `http://localhost:PORT`.
    pub origin: String,
    came: Channel<String>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, came) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sender = sender.clone();
                thread::spawn(move || take(stream, &sender));
            }
        });
        Self {
            origin: format!("http://localhost:{port}"),
            came,
        }
    }

    /// Waits for a request, and gives what it brought: its query, or the form it posted.
    pub fn brought(&self) -> String {
        let came = self.came.recv_timeout(PATIENCE);
        came.unwrap_or_else(|_| panic!("nothing came to {}", self.origin))
    }
}

/// Reads one request of a connection, which ends with it.
fn take(mut stream: TcpStream, sender: &Sender<String>) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = BufReader::new(copy);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim_end().is_empty() => break,
            Ok(_) => head.push(line.trim_end().to_owned()),
        }
    }
    let length = head.iter().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse().ok())?
    });
    let mut body = String::new();
    let _ = reader.take(length.unwrap_or(0)).read_to_string(&mut body);
    let target = head.first().and_then(|line| line.split(' ').nth(1));
    let query = target.and_then(|target| target.split_once('?'));
    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    if body.is_empty() {
        body = query.map_or_else(String::new, |(_, query)| query.to_owned());
    }
    // Whoever waits may be gone with the test.
    let _ = sender.send(body);
}
