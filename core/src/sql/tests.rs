//! Tokens, one dialect at a time.
