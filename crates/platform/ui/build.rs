//! Builds the embedded assets: bundles, strips, hashes and compresses them once, so that the
//! server only copies bytes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

#[path = "src/bundles.rs"]
mod bundles;
#[path = "src/minify.rs"]
#[allow(dead_code)]
mod minify;

fn main() -> io::Result<()> {
    let root = PathBuf::from(var("CARGO_MANIFEST_DIR")?).join("assets");
    let out = PathBuf::from(var("OUT_DIR")?);
    for watched in ["assets", "src/bundles.rs", "src/minify.rs", "build.rs"] {
        println!("cargo:rerun-if-changed={watched}");
    }

    let mut table = String::from("pub(crate) static EMBEDDED: &[Embedded] = &[\n");
    let mut fonts: Vec<(String, String)> = Vec::new();
    // Fonts come first: the style sheets name them by their hashed address.
    for bundle in bundles::BUNDLES {
        let bytes = match bundle.kind {
            bundles::Kind::Font => fs::read(root.join(bundle.parts.concat()))?,
            _ => bundles::text(bundle, &root, &fonts)?.into_bytes(),
        };
        let hash = hash(&bytes);
        let path = hashed_name(bundle.name, &hash);
        if matches!(bundle.kind, bundles::Kind::Font) {
            fonts.push((bundle.name.to_owned(), path.clone()));
        }
        write_asset(&out, bundle, &bytes)?;
        entry(&mut table, bundle, &path, &hash);
    }
    table.push_str("];\n");
    fs::write(out.join("assets_table.rs"), table)
}

fn var(name: &str) -> io::Result<String> {
    env::var(name).map_err(|e| io::Error::other(format!("{name}: {e}")))
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes).iter().take(5) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn write_asset(out: &Path, bundle: &bundles::Bundle, bytes: &[u8]) -> io::Result<()> {
    fs::write(out.join(bundle.name), bytes)?;
    if matches!(bundle.kind, bundles::Kind::Font) {
        return Ok(());
    }
    let mut gzip = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    fs::write(out.join(format!("{}.gz", bundle.name)), gzip.finish()?)?;

    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut io::Cursor::new(bytes), &mut packed, &params)?;
    fs::write(out.join(format!("{}.br", bundle.name)), packed)
}

fn entry(table: &mut String, bundle: &bundles::Bundle, path: &str, hash: &str) {
    let name = bundle.name;
    let include = |end: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}{end}\"))");
    let (gzip, brotli) = if matches!(bundle.kind, bundles::Kind::Font) {
        ("None".to_owned(), "None".to_owned())
    } else {
        (format!("Some({})", include(".gz")), format!("Some({})", include(".br")))
    };
    let _ = writeln!(
        table,
        "    Embedded {{ name: {name:?}, path: {path:?}, url: \"/assets/{path}\", asset: Asset {{ \
         bytes: {bytes}, gzip: {gzip}, brotli: {brotli}, content_type: {kind:?}, \
         etag: \"\\\"{hash}\\\"\", immutable: true }} }},",
        bytes = include(""),
        kind = bundle.kind.content_type(),
    );
}

/// `public.css` and `3f2a…` make `public.3f2a….css`.
fn hashed_name(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}
