mod belonging;
mod disguised;
mod foreign;
mod http;
mod pasted;
mod replies;
mod robust;
mod shapes;
