//! The parts of a frame. Each borrows what it shows, owns nothing, decides nothing and cannot fail.

mod footer;
mod pane;
mod small;
mod strip;
mod title;

pub use footer::Footer;
pub use pane::PaneView;
pub use small::TooSmall;
pub use strip::Strip;
pub use title::TitleBar;
