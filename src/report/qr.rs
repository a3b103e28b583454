//! A page's address as a QR code (ISO/IEC 18004) in half-block characters, for a phone to read off the screen.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use url::Url;

use crate::model::authority::is_loopback;

/// The light border that a reader needs: modules on each side.
const QUIET: usize = 4;

/// Longer addresses make codes that no terminal has room for: bytes.
const LONGEST: usize = 300;

/// A code: rows of modules, `true` where dark, its quiet zone around it.
pub struct Code(Vec<Vec<bool>>);

/// The address that a phone should open for a device sign-in: the one that brings the code along where the server sent
/// it (RFC 8628 section 3.3.1). `None` for a page of this machine, which no phone reaches.
pub fn device_page<'a>(page: &'a str, complete: Option<&'a str>) -> Option<&'a str> {
    let text = complete.unwrap_or(page);
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "https" | "http");
    (web && !is_loopback(&url) && text.len() <= LONGEST).then_some(text)
}

impl Code {
    /// The code of a text; `None` where it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        // A screen is not damaged as paper is: the least correction makes the smallest code.
        let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
        let side = code.size + 2 * QUIET;
        let inside = |at: usize| (QUIET..QUIET + code.size).contains(&at);
        let dark =
            |y: usize, x: usize| inside(y) && inside(x) && code[y - QUIET][x - QUIET].value();
        let rows = (0..side).map(|y| (0..side).map(|x| dark(y, x)).collect());
        Some(Self(rows.collect()))
    }

    /// Columns and rows on a terminal.
    pub fn size(&self) -> (usize, usize) {
        (self.0.len(), self.0.len().div_ceil(2))
    }

    /// Its rows, two modules in each character. `ink`: whether what is drawn is dark (black on white) or light (on the
    /// dark ground of most terminals).
    pub fn rows(&self, ink: Ink) -> Vec<String> {
        let drawn = |dark: Option<&bool>| dark.copied().unwrap_or_default() == (ink == Ink::Dark);
        let side = self.0.len();
        self.0
            .chunks(2)
            .map(|pair| {
                let upper = |x: usize| drawn(pair[0].get(x));
                let lower = |x: usize| drawn(pair.get(1).and_then(|row| row.get(x)));
                (0..side)
                    .map(|x| match (upper(x), lower(x)) {
                        (true, true) => '█',
                        (true, false) => '▀',
                        (false, true) => '▄',
                        (false, false) => ' ',
                    })
                    .collect()
            })
            .collect()
    }
}

/// What the characters draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The dark modules.
    Dark,
    /// The light ones.
    Light,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://microsoft.com/devicelogin";

    /// What a reader that nobody here wrote makes of drawn rows.
    fn read(rows: &[String], ink: Ink) -> String {
        let grid: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
        let scale = 4;
        let dark = |x: usize, y: usize| {
            let (x, y) = (x / scale, y / scale);
            let drawn = match grid[y / 2][x] {
                '█' => true,
                '▀' => y % 2 == 0,
                '▄' => y % 2 == 1,
                _ => false,
            };
            drawn == (ink == Ink::Dark)
        };
        let (w, h) = (grid[0].len() * scale, grid.len() * 2 * scale);
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(w, h, dark);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_stranger_reads_what_is_drawn_in_either_ink() {
        for text in [
            PAGE,
            "https://microsoft.com/devicelogin?user_code=HBMC-WPWP&x=é",
            "https://issuer.contoso.example/realms/contoso/device?user_code=BCDF-GHJK",
        ] {
            let code = Code::of(text).unwrap();
            for ink in [Ink::Dark, Ink::Light] {
                assert_eq!(read(&code.rows(ink), ink), text, "{ink:?}");
            }
            let (columns, rows) = code.size();
            assert!(columns <= 60 && rows <= 30, "{columns}x{rows}");
        }
    }

    #[test]
    fn a_phone_gets_the_address_with_the_code_and_none_of_this_machine() {
        let complete = "https://microsoft.com/devicelogin?user_code=X";
        assert_eq!(device_page(PAGE, Some(complete)), Some(complete));
        assert_eq!(device_page(PAGE, None), Some(PAGE));
        for page in [
            "http://127.0.0.1:7001/device",
            "http://localhost/",
            "javascript:x",
            "",
        ] {
            assert_eq!(device_page(page, None), None, "{page}");
        }
        assert!(Code::of(&"x".repeat(10_000)).is_none());
    }
}
