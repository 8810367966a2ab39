//! The hashes that name the stylesheet and the script, and their paths.

include!(concat!(env!("OUT_DIR"), "/names.rs"));
