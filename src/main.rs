//! The `tokenscope` program: parse, make the ports, pick a shell, exit code.

fn main() {}
