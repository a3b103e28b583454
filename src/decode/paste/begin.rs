//! Whether one of many names may begin at a place, told by its first three letters.

/// The second and the third letters of names, by the first one.
pub(super) struct Begin {
    second: [u64; 32],
    third: [u64; 32],
}

impl Begin {
    /// Of no name yet.
    pub const NONE: Self = Self {
        second: [0; 32],
        third: [0; 32],
    };

    /// Of names.
    pub const fn of<const N: usize>(names: &[&str; N]) -> Self {
        let mut begin = Self::NONE;
        let mut next = 0;
        while next < N {
            begin = begin.with(names[next]);
            next += 1;
        }
        begin
    }

    /// Of one name more. Whatever may stand behind the letters of a short one is too much to tell.
    pub const fn with(mut self, name: &str) -> Self {
        let name = name.as_bytes();
        let row = (name[0] & 31) as usize;
        self.second[row] |= if name.len() > 1 {
            bit(name[1])
        } else {
            u64::MAX
        };
        self.third[row] |= if name.len() > 2 {
            bit(name[2])
        } else {
            u64::MAX
        };
        self
    }

    /// Whether what stands at `at` may be one of the names.
    pub fn at(&self, bytes: &[u8], at: usize) -> bool {
        let Some(&[first, second, third]) = bytes.get(at..at + 3) else {
            return false;
        };
        let row = usize::from(first & 31);
        self.second[row] & bit(second) != 0 && self.third[row] & bit(third) != 0
    }
}

/// Letters that differ in their case share a bit.
const fn bit(b: u8) -> u64 {
    1 << (b.to_ascii_lowercase() & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_the_letters_of_a_short_name_anything_may_stand() {
        const BEGIN: Begin = Begin::NONE.with("o").with("ab");
        assert!(BEGIN.at(b"o_auth", 0) && BEGIN.at(b"ab+x", 0));
        assert!(!BEGIN.at(b"acx", 0) && !BEGIN.at(b"bab", 0));
    }

    #[test]
    fn every_name_may_begin_and_most_words_may_not() {
        const BEGIN: Begin = Begin::of(&["MSAL.Go", "msal/", "azure.identity"]);
        for text in ["msal", "MSAL.Go", "azure"] {
            assert!(BEGIN.at(text.as_bytes(), 0), "{text}");
        }
        for text in ["message", "application", "az", "", "user"] {
            assert!(!BEGIN.at(text.as_bytes(), 0), "{text}");
        }
    }
}
