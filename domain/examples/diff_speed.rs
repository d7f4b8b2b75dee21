//! How long comparing two long sitreps takes. Run by hand, optimised as it is shipped:
//! `cargo run --release -p domain --example diff_speed`.

use std::time::{Duration, Instant};

use domain::diff::words;

const BYTES: usize = 100_000;

/// Makes texts that are the same on every run: numbers from a small generator, words from those.
struct Prose(u64);

impl Prose {
    fn number(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    /// Common words come up often, rare ones seldom, as in prose.
    fn word(&mut self) -> String {
        let spread = 1 + self.number(3000);
        let rank = self.number(spread);
        format!(
            "{}{}",
            ["st", "re", "pool", "db-", "con", "fail"][rank % 6],
            rank
        )
    }

    fn paragraph(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        words.join(" ") + "."
    }

    fn paragraphs(&mut self, words: usize) -> Vec<String> {
        let mut out = Vec::new();
        let mut bytes = 0;
        while bytes < BYTES {
            let paragraph = self.paragraph(words);
            bytes += paragraph.len() + 2;
            out.push(paragraph);
        }
        out
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let with = self.number(at + 1);
            things.swap(at, with);
        }
    }

    /// Every so many words another one.
    fn edit(&mut self, text: &str, every: usize) -> String {
        let words: Vec<String> = text
            .split(' ')
            .map(|word| {
                if self.number(every) == 0 {
                    self.word()
                } else {
                    word.to_owned()
                }
            })
            .collect();
        words.join(" ")
    }
}

fn report(name: &str, old: &str, new: &str) {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            let diff = words("situation", old, new);
            let took = start.elapsed();
            assert!(diff.changed, "the two texts differ");
            took
        })
        .collect();
    times.sort_unstable();
    let diff = words("situation", old, new);
    println!(
        "{name:<46} {:>4} kB  fastest {:>8.2?}  median {:>8.2?}  +{} −{} in {} steps",
        old.len() / 1000,
        times[0],
        times[times.len() / 2],
        diff.added,
        diff.removed,
        diff.ops.len()
    );
}

fn main() {
    let mut prose = Prose(7);
    let old = prose.paragraphs(60);
    let text = old.join("\n\n");

    let mut few = old.clone();
    for at in (0..few.len()).step_by(10) {
        few[at] = prose.edit(&few[at], 12);
    }
    few.insert(20, prose.paragraph(60));
    report(
        "typical edit (a tenth of the paragraphs)",
        &text,
        &few.join("\n\n"),
    );

    report(
        "a word in twenty, everywhere",
        &text,
        &prose.edit(&text, 20),
    );

    let mut moved = old.clone();
    prose.shuffle(&mut moved);
    report("everything moved", &text, &moved.join("\n\n"));

    let mut moved: Vec<String> = old
        .iter()
        .map(|paragraph| prose.edit(paragraph, 12))
        .collect();
    prose.shuffle(&mut moved);
    report("everything moved and edited", &text, &moved.join("\n\n"));

    let mut flat: Vec<&str> = text.split_whitespace().collect();
    let one_line = flat.join(" ");
    report(
        "one line, a word in twenty",
        &one_line,
        &prose.edit(&one_line, 20),
    );
    prose.shuffle(&mut flat);
    report("one line, every word moved", &one_line, &flat.join(" "));

    report(
        "nothing in common",
        &text,
        &prose.paragraphs(60).join("\n\n").replace(['s', 'p'], "x"),
    );

    let few_words = |prose: &mut Prose, ends: &[&str]| -> String {
        (0..BYTES / 2)
            .map(|_| ends[prose.number(ends.len())])
            .collect()
    };
    let mut hostile = |name: &str, pieces: &[&str]| {
        let (a, b) = (few_words(&mut prose, pieces), few_words(&mut prose, pieces));
        report(name, &a, &b);
    };
    hostile("hostile: two words over and over", &["a ", "b "]);
    hostile("hostile: two lines over and over", &["a\n", "b\n"]);
    hostile("hostile: line ends and full stops", &["\n", ". "]);
    hostile(
        "hostile: moved lines over and over",
        &["a b c\n", "d e f\n", "g h i j\n", "k\n"],
    );
}
