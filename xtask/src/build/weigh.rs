//! Prints what the site weighs and holds it to its budgets.

use anyhow::{Result, bail};

use crate::build::Profile;
use crate::build::pack::Piece;

/// Wasm and script of the signed-in app together, with brotli, in bytes.
///
/// The target is 350 kB and is not reached: `BENCHMARKS.md` says where the weight comes from. Until then this gate keeps it
/// from growing unseen.
const APP_BUDGET: usize = 990_000;
/// The script of the public status page, with gzip, in bytes.
const STATUS_SCRIPT_BUDGET: usize = 3_000;

/// Prints the table; fails when something is over its budget.
pub fn report(pieces: &[Piece], profile: Profile) -> Result<()> {
    if profile == Profile::Dev {
        return Ok(());
    }
    println!("\n| file       |   raw kB |  gzip kB | brotli kB |");
    println!("|------------|---------:|---------:|----------:|");
    for piece in pieces {
        let [raw, gzip, brotli] = [piece.raw, piece.gzip, piece.brotli].map(kilobytes);
        println!(
            "| {:<10} | {raw:>8} | {gzip:>8} | {brotli:>9} |",
            piece.plain
        );
    }
    let over = over_budget(pieces);
    if !over.is_empty() {
        bail!("the site is too heavy:\n  {}", over.join("\n  "));
    }
    Ok(())
}

fn over_budget(pieces: &[Piece]) -> Vec<String> {
    let sum = |names: &[&str], size: fn(&Piece) -> usize| -> usize {
        pieces
            .iter()
            .filter(|piece| names.contains(&piece.plain))
            .map(size)
            .sum()
    };
    [
        (
            "wasm and script with brotli",
            sum(&["app.wasm", "app.js"], |piece| piece.brotli),
            APP_BUDGET,
        ),
        (
            "status script with gzip",
            sum(&["status.js"], |piece| piece.gzip),
            STATUS_SCRIPT_BUDGET,
        ),
    ]
    .into_iter()
    .filter(|(_, size, budget)| size > budget)
    .map(|(what, size, budget)| {
        format!(
            "{what}: {} kB, and {} kB are allowed",
            kilobytes(size),
            kilobytes(budget)
        )
    })
    .collect()
}

/// Thousands of bytes with one digit, without floating point.
fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}
