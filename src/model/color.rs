//! Colours as numbers: what a terminal shows for them, which of a smaller set is nearest, how well one is read on
//! another.

/// A colour as red, green and blue, 0 to 255 each, in sRGB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The first sixteen colours as xterm has them from the start. A person may have set others; they serve only to find
/// the nearest one.
const FIRST: [Rgb; 16] = [
    Rgb(0, 0, 0),
    Rgb(205, 0, 0),
    Rgb(0, 205, 0),
    Rgb(205, 205, 0),
    Rgb(0, 0, 238),
    Rgb(205, 0, 205),
    Rgb(0, 205, 205),
    Rgb(229, 229, 229),
    Rgb(127, 127, 127),
    Rgb(255, 0, 0),
    Rgb(0, 255, 0),
    Rgb(255, 255, 0),
    Rgb(92, 92, 255),
    Rgb(255, 0, 255),
    Rgb(0, 255, 255),
    Rgb(255, 255, 255),
];

/// The steps of xterm's colour cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        (!digits.starts_with('+')).then_some(Self(red, green, blue))
    }

    /// What xterm shows for one of its 256 colours: sixteen, a cube of 216, 24 greys.
    pub fn of_index(index: u8) -> Self {
        match index {
            0..=15 => FIRST[usize::from(index)],
            16..=231 => {
                let at = index - 16;
                let step = |n: u8| STEPS[usize::from(n % 6)];
                Self(step(at / 36), step(at / 6), step(at))
            }
            232..=255 => {
                let grey = 8 + 10 * (index - 232);
                Self(grey, grey, grey)
            }
        }
    }

    /// The nearest of xterm's cube and greys. The first sixteen are left out: what they look like is the person's own.
    pub fn nearest_of_256(self) -> u8 {
        self.nearest(16..=255)
    }

    /// The nearest of the first sixteen.
    pub fn nearest_of_16(self) -> u8 {
        self.nearest(0..=15)
    }

    fn nearest(self, among: std::ops::RangeInclusive<u8>) -> u8 {
        among
            .min_by_key(|index| self.apart(Self::of_index(*index)))
            .unwrap_or_default()
    }

    /// The square of the distance of two colours; the eye tells greens apart best and blues least.
    fn apart(self, other: Self) -> u32 {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        2 * square(self.0, other.0) + 4 * square(self.1, other.1) + 3 * square(self.2, other.2)
    }

    /// Relative luminance, 0 (black) to 1 (white): WCAG 2.2, "relative luminance".
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Its parts as amounts of light, 0 to 1: IEC 61966-2-1.
    pub fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// How well it is read on another colour, 1 to 21: WCAG 2.2, "contrast ratio".
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether light text is read on it rather than dark text.
    pub fn is_dark(self) -> bool {
        self.contrast(Self(255, 255, 255)) > self.contrast(Self(0, 0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_the_greatest_contrast_there_is() {
        let most = Rgb(0, 0, 0).contrast(Rgb(255, 255, 255));
        assert!((most - 21.0).abs() < 0.001, "{most}");
        let grey = Rgb(0x76, 0x76, 0x76).contrast(Rgb(255, 255, 255));
        assert!((4.5..4.6).contains(&grey), "{grey}");
    }

    #[test]
    fn every_colour_of_the_cube_is_its_own_nearest() {
        for index in 16..=255 {
            let color = Rgb::of_index(index);
            assert_eq!(Rgb::of_index(color.nearest_of_256()), color, "{index}");
        }
        assert_eq!(Rgb::of_index(208), Rgb(255, 135, 0));
        assert_eq!(Rgb::of_index(244), Rgb(128, 128, 128));
    }

    #[test]
    fn only_six_digits_after_a_cross_are_a_colour() {
        assert_eq!(Rgb::parse("#1e90Ff"), Some(Rgb(0x1e, 0x90, 0xff)));
        for bad in ["1e90ff", "#fff", "#1e90fg", "#+1e90f", "#1e90ff0", "#é0000"] {
            assert_eq!(Rgb::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn dark_is_what_light_text_is_read_on() {
        assert!(Rgb(0x1e, 0x1e, 0x1e).is_dark() && Rgb(0, 0x2b, 0x36).is_dark());
        assert!(!Rgb(0xfd, 0xf6, 0xe3).is_dark() && !Rgb(255, 255, 255).is_dark());
    }
}
