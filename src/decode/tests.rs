mod http;
mod pasted;
mod replies;
mod robust;
mod shapes;
