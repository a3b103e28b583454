//! A proxy for what a library asks of port 443, whatever port its authority is at (MSAL Python's question for the
//! user's realm drops the port): it tunnels there to the lab. Whoever comes without a tunnel gets a page, so that it is
//! also a program's redirect URI.

use std::io::{BufRead, BufReader, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// The proxy on a free port of its own.
pub struct Proxy {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
}

impl Proxy {
    /// One whose tunnels to port 443 lead to this port of 127.0.0.1, and all others where they should.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away in the middle of something is no concern of this side.
                thread::spawn(move || drop(serve(stream, port)));
            }
        });
        Self {
            address: format!("http://{address}"),
        }
    }
}

fn serve(mut client: TcpStream, port: u16) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? <= 2 {
            break;
        }
    }
    let Some(rest) = line.strip_prefix("CONNECT ") else {
        let page = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\nback at the program\n";
        return client.write_all(page.as_bytes());
    };
    let asked = rest
        .split(' ')
        .next()
        .and_then(|host| host.rsplit_once(':'));
    let asked = asked.and_then(|(_, port)| port.parse().ok()).unwrap_or(443);
    let mut server = TcpStream::connect(("127.0.0.1", if asked == 443 { port } else { asked }))?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || {
        drop(copy(&mut from_server, &mut to_client));
        drop(to_client.shutdown(Shutdown::Both));
    });
    copy(&mut reader, &mut server)?;
    server.shutdown(Shutdown::Write)
}
