//! The built-in themes are read by everybody, and a flaw in an own one is named.

use super::*;

/// At least this contrast: WCAG 2.2, success criterion 1.4.3.
const LEAST: f64 = 4.5;

fn all() -> Vec<(&'static str, Scheme)> {
    let read = |(name, text): (&'static str, &str)| (name, parse(name, text).unwrap());
    BUILT_IN.map(read).to_vec()
}

fn rgb(ink: Ink) -> Option<Rgb> {
    match ink {
        Ink::Own => None,
        Ink::Exact(rgb) => Some(rgb),
        Ink::Indexed(index) => Some(Rgb::of_index(index)),
    }
}

/// Text and ground of a style on each ground the theme may be drawn on, as both kinds of terminal show it.
fn pairs(scheme: &Scheme, paint: Paint) -> Vec<(Rgb, Rgb)> {
    let own = scheme.own.map(|(fg, bg)| (rgb(fg), rgb(bg)));
    let grounds = match own {
        Some((_, Some(bg))) => vec![bg],
        _ => scheme.grounds.clone(),
    };
    let ink = own.and_then(|(fg, _)| fg);
    let down = |color: Rgb| Rgb::of_index(color.nearest_of_256());
    let mut pairs = Vec::new();
    for ground in grounds {
        let Some(fg) = paint.fg.and_then(rgb).or(ink) else {
            continue;
        };
        let drawn = paint.bg.and_then(rgb).or(own.and_then(|(_, bg)| bg));
        pairs.push((fg, drawn.unwrap_or(ground)));
        pairs.push((down(fg), drawn.map_or(ground, down)));
    }
    pairs
}

#[test]
fn every_built_in_theme_dresses_every_part() {
    for (name, text) in BUILT_IN {
        let read: Text = toml::from_str(text).unwrap();
        for part in Part::ALL {
            assert!(read.style.contains_key(part), "{name}: {}", part.name());
        }
    }
}

#[test]
fn a_parts_name_is_the_one_its_file_uses() {
    for part in Part::ALL {
        let text = format!("[style]\n{} = {{}}", part.name());
        assert!(parse("it", &text).is_ok(), "{}", part.name());
    }
}

#[test]
fn every_colour_is_read_on_every_ground_of_its_theme_in_true_colour_and_in_256() {
    let mut poor = Vec::new();
    let mut seen = 0;
    for (name, scheme) in all() {
        for part in Part::ALL {
            for (fg, bg) in pairs(&scheme, scheme.paint(*part)) {
                seen += 1;
                let contrast = fg.contrast(bg);
                if contrast < LEAST {
                    poor.push(format!(
                        "{name} {}: {contrast:.2} {fg:?} on {bg:?}",
                        part.name()
                    ));
                }
            }
        }
    }
    assert!(seen > 200, "only {seen} pairs were looked at");
    assert!(poor.is_empty(), "\n{}", poor.join("\n"));
}

#[test]
fn the_themes_are_made_for_the_grounds_that_terminals_have() {
    let themes = all();
    let grounds = |name: &str| {
        let found = themes.iter().find(|(it, _)| *it == name).unwrap();
        found.1.grounds.clone()
    };
    assert_eq!(grounds("dark"), [Rgb(0, 0, 0), Rgb(0x1e, 0x1e, 0x1e)]);
    assert_eq!(
        grounds("light"),
        [Rgb(0xf5, 0xf5, 0xf5), Rgb(255, 255, 255)]
    );
}

#[test]
fn the_theme_of_high_contrast_deserves_its_name() {
    let (_, scheme) = all().swap_remove(2);
    for part in Part::ALL {
        for (fg, bg) in pairs(&scheme, scheme.paint(*part)) {
            assert!(fg.contrast(bg) >= 7.0, "{}: {fg:?} on {bg:?}", part.name());
        }
    }
}

#[test]
fn the_plain_theme_names_no_colour() {
    let (name, scheme) = all().pop().unwrap();
    assert_eq!(name, "plain");
    for part in Part::ALL {
        let paint = scheme.paint(*part);
        assert_eq!((paint.fg, paint.bg), (None, None), "{}", part.name());
    }
}

/// What people see who lack one kind of cone: matrices for severity 1.0 on linear RGB, from G. M. Machado, M. M.
/// Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
/// Transactions on Visualization and Computer Graphics 15(6), 2009.
const SEEN_BY: [(&str, [[f64; 3]; 3]); 2] = [
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
];

/// CIE 1976 L*a*b* of linear sRGB, for the white of D65.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let [red, green, blue] = linear.map(|part| part.clamp(0.0, 1.0));
    let xyz = [
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83,
    ];
    let [x, y, z] = xyz.map(|part| {
        if part > 0.008_856 {
            part.cbrt()
        } else {
            7.787 * part + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(a: Rgb, b: Rgb, seen: &[[f64; 3]; 3]) -> f64 {
    let through = |color: Rgb| {
        let light = color.linear();
        lab(seen.map(|row| row.iter().zip(light).map(|(m, part)| m * part).sum()))
    };
    let (a, b) = (through(a), through(b));
    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

#[test]
fn granted_refused_and_waiting_stay_apart_for_people_who_see_red_and_green_alike() {
    let (_, scheme) = all().swap_remove(3);
    let of = |part| rgb(scheme.paint(part).fg.unwrap()).unwrap();
    let states = [Part::Granted, Part::Refused, Part::Waiting];
    for (whom, matrix) in &SEEN_BY {
        for (at, one) in states.iter().enumerate() {
            for other in &states[at + 1..] {
                let down = |color: Rgb| Rgb::of_index(color.nearest_of_256());
                let (a, b) = (of(*one), of(*other));
                for (a, b) in [(a, b), (down(a), down(b))] {
                    let distance = apart(a, b, matrix);
                    assert!(distance >= 25.0, "{whom}: {one:?} {other:?}: {distance:.1}");
                }
            }
        }
    }
}

#[test]
fn red_and_green_of_one_lightness_do_not_stay_apart_so_the_measure_measures() {
    let (red, green) = (Rgb(0xc0, 0x60, 0x20), Rgb(0x80, 0x80, 0x20));
    let whole = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    assert!(apart(red, green, &SEEN_BY[1].1) < apart(red, green, &whole) / 2.0);
}

#[test]
fn an_own_theme_changes_what_it_names_and_keeps_the_rest_of_its_base() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("themes")).unwrap();
    fs::write(
        directory.path().join("themes/mine.toml"),
        "base = 'light'\n[style]\ngranted = { fg = 22, bold = true }\n",
    )
    .unwrap();
    let mine = find(directory.path(), "mine", "--theme").unwrap();
    let light = find(directory.path(), "light", "--theme").unwrap();
    assert_eq!(mine.paint(Part::Granted).fg, Some(Ink::Indexed(22)));
    assert_eq!(mine.paint(Part::Refused), light.paint(Part::Refused));
    assert_eq!(mine.grounds, light.grounds);
    assert_eq!(names(directory.path()).last().unwrap(), "mine");
}

#[test]
fn an_own_theme_with_the_name_of_a_built_in_one_takes_its_place() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("themes")).unwrap();
    fs::write(
        directory.path().join("themes/dark.toml"),
        "base = 'dark'\n[style]\nlink = { fg = 'bright-red' }\n",
    )
    .unwrap();
    let dark = find(directory.path(), "dark", "theme").unwrap();
    assert_eq!(dark.paint(Part::Link).fg, Some(Ink::Indexed(9)));
    assert_eq!(names(directory.path()).len(), 6);
}

#[test]
fn a_flaw_is_told_with_its_file_line_and_key() {
    for (text, line, words) in [
        (
            "[style]\nplain = {}\ngranted = { fg = 'gren' }\n",
            "mine.toml:3 granted",
            "`gren`",
        ),
        (
            "[style]\ngranted = { fg = 300 }\n",
            "mine.toml:2 granted",
            "no colour",
        ),
        ("[style]\ngrant = {}\n", "mine.toml:2 grant", "grant"),
        (
            "[style]\n\nkey = { blod = true }\n",
            "mine.toml:3 key",
            "blod",
        ),
        ("grounds = []\n", "mine.toml:1 grounds", "grounds"),
        ("# mine\nbase = 'drak'\n", "mine.toml:2 base", "drak"),
        (
            "[style]\nkey = { bold = 3 }\n",
            "mine.toml:2 key",
            "boolean",
        ),
    ] {
        let problem = parse("mine.toml", text).unwrap_err();
        assert_eq!(problem.at, line, "{problem:?}");
        assert!(problem.what.contains(words), "{problem:?}");
    }
}

#[test]
fn a_name_that_leads_nowhere_or_elsewhere_is_told_with_the_names_there_are() {
    let directory = tempfile::tempdir().unwrap();
    for name in ["drak", "", "../dark", "/etc/passwd", "a.b"] {
        let problem = find(directory.path(), name, "--theme").unwrap_err();
        assert_eq!(problem.at, "--theme");
        assert!(
            problem.expected.contains("colour-blind-safe"),
            "{problem:?}"
        );
    }
}
