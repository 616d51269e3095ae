//! The binary as people run it: files on disk, exit codes, JSON.
