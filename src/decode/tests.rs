mod pasted;
mod replies;
mod robust;
