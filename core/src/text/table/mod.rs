//! Character sets that need tables, by the WHATWG encoding standard.
//!
//! Browsers and Node.js have these tables; shipping them once more would cost a fifth of the download.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod own;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform;

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub use own::Table;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub use platform::Table;
