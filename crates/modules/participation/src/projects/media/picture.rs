//! An image written anew: turned upright, within bounds, without what a camera wrote beside it.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder};

use super::MediaProblem;

/// Widest and highest image served, in pixels: twice the widest column of a page.
pub const MAX_SIDE: u32 = 1600;
/// Widest and highest image read, in pixels.
const MOST_PIXELS: u32 = 12_000;
/// Memory that decoding may take, in bytes: forty million pixels with colour and transparency.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// Quality of photographs, of 100.
const QUALITY: u8 = 82;

/// An image ready to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Ending of its name.
    pub ending: &'static str,
    /// MIME type.
    pub media_type: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Decodes an image and encodes it again: JPEG, or PNG when parts are transparent.
///
/// # Errors
/// [`MediaProblem::Broken`] or [`MediaProblem::TooWide`].
pub fn rewrite(bytes: &[u8]) -> Result<Picture, MediaProblem> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| MediaProblem::Broken)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let problem = |e: image::ImageError| match e {
        image::ImageError::Limits(_) => MediaProblem::TooWide,
        _ => MediaProblem::Broken,
    };
    let mut decoder = reader.into_decoder().map_err(problem)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(MediaProblem::TooWide);
    }
    let orientation = decoder.orientation().map_err(problem)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(problem)?;
    image.apply_orientation(orientation);
    if image.width() > MAX_SIDE || image.height() > MAX_SIDE {
        image = image.resize(MAX_SIDE, MAX_SIDE, image::imageops::FilterType::Triangle);
    }
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let see_through = image.color().has_alpha() && image.to_rgba8().pixels().any(|p| p.0.last() != Some(&255));
    if see_through {
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(problem)?;
        return Ok(Picture { ending: "png", media_type: "image/png", bytes, width, height });
    }
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&image.to_rgb8()).map_err(problem)?;
    Ok(Picture { ending: "jpg", media_type: "image/jpeg", bytes, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, alpha: u8) -> Vec<u8> {
        let image = image::RgbaImage::from_pixel(width, height, image::Rgba([200, 30, 30, alpha]));
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn large_images_are_made_smaller_and_transparency_stays() {
        let wide = rewrite(&png(3200, 100, 255)).unwrap();
        assert_eq!((wide.width, wide.height, wide.ending), (1600, 50, "jpg"));
        let clear = rewrite(&png(20, 10, 100)).unwrap();
        assert_eq!((clear.width, clear.height, clear.ending), (20, 10, "png"));
    }

    #[test]
    fn what_a_camera_wrote_beside_the_image_is_gone() {
        let mut bytes = rewrite(&png(8, 8, 255)).unwrap().bytes;
        // An EXIF segment after the start of the file, with a place in it.
        let exif = b"Exif\0\0GPS 48.85 2.35 secret place";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let segment: Vec<u8> = [&[0xff, 0xe1], &length[..], exif].concat();
        bytes.splice(2..2, segment);
        let again = rewrite(&bytes).unwrap();
        assert!(!again.bytes.windows(12).any(|w| w == b"secret place"));
    }

    #[test]
    fn bombs_and_rubbish_are_refused() {
        // A header that promises 12,001 pixels each way, with nothing behind it.
        let mut bytes = png(1, 1, 255);
        let side = 12_001u32.to_be_bytes();
        bytes.splice(16..20, side);
        bytes.splice(20..24, side);
        assert!(rewrite(&bytes).is_err());
        assert_eq!(rewrite(b"\x89PNG\r\n\x1a\nrubbish"), Err(MediaProblem::Broken));
        let whole = png(400, 400, 255);
        assert!(rewrite(&whole[..whole.len() / 2]).is_err());
    }
}
