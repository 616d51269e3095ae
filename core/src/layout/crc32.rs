//! CRC-32 as Flyway takes it of scripts: the one of zip files.
//!
//! `crc32fast` brings tables of 16 KiB, which no compression makes smaller; browsers get one of 1 KiB.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(crate) use crc32fast::Hasher;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(crate) use small::Hasher;

/// The sum of all bytes.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(bytes);
    hasher.finalize()
}

#[cfg(any(test, all(target_arch = "wasm32", target_os = "unknown")))]
mod small {
    /// The polynomial, the highest power in the lowest bit.
    const POLYNOMIAL: u32 = 0xedb8_8320;

    const TABLE: [u32; 256] = table();

    const fn table() -> [u32; 256] {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "a byte")]
            let mut sum = byte as u32;
            let mut bit = 0;
            while bit < 8 {
                sum = times_x(sum);
                bit += 1;
            }
            table[byte] = sum;
            byte += 1;
        }
        table
    }

    const fn times_x(sum: u32) -> u32 {
        if sum & 1 == 0 { sum >> 1 } else { (sum >> 1) ^ POLYNOMIAL }
    }

    /// Takes bytes piece by piece.
    #[derive(Debug, Clone)]
    pub(crate) struct Hasher {
        sum: u32,
        length: u64,
    }

    impl Hasher {
        pub(crate) fn new() -> Self {
            Self { sum: 0, length: 0 }
        }

        pub(crate) fn update(&mut self, bytes: &[u8]) {
            let next = |sum: u32, byte: &u8| TABLE[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8);
            self.sum = !bytes.iter().fold(!self.sum, next);
            self.length += bytes.len() as u64;
        }

        /// Adds the bytes that another one took: its length moves this sum along, and the sums add up.
        pub(crate) fn combine(&mut self, other: &Self) {
            let (mut power, mut left) = (1 << 23, other.length);
            while left > 0 {
                if left & 1 == 1 {
                    self.sum = product(power, self.sum);
                }
                power = product(power, power);
                left >>= 1;
            }
            self.sum ^= other.sum;
            self.length += other.length;
        }

        pub(crate) fn finalize(self) -> u32 {
            self.sum
        }
    }

    /// The product of two polynomials, modulo the one of CRC-32. `1 << 31` is 1, `1 << 23` is x⁸: a byte further.
    fn product(left: u32, right: u32) -> u32 {
        let bits = (0..32).rev().map(|bit| left >> bit & 1 == 1);
        let powers = std::iter::successors(Some(right), |sum| Some(times_x(*sum)));
        bits.zip(powers).filter(|(is_set, _)| *is_set).fold(0, |sum, (_, power)| sum ^ power)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_small_one_agrees(one: Vec<u8>, two: Vec<u8>) {
            let (mut small, mut other) = (super::small::Hasher::new(), super::small::Hasher::new());
            small.update(&one);
            other.update(&two);
            prop_assert_eq!(small.clone().finalize(), crc32fast::hash(&one));
            let mut both = small.clone();
            both.combine(&other);
            small.update(&two);
            let whole = [one, two].concat();
            prop_assert_eq!(both.finalize(), crc32fast::hash(&whole));
            prop_assert_eq!(small.finalize(), crc32fast::hash(&whole));
        }
    }
}
