//! Heights of the rows of a long list, most of which were never on the screen.

/// Row heights with their running sums in a binary indexed tree: setting a height, finding a row's offset and finding
/// the row at an offset take O(log n).
#[derive(Debug, Clone)]
pub struct Heights {
    sums: Vec<f64>,
    rows: Vec<f32>,
    estimate: f32,
}

impl Heights {
    /// Makes a list of `len` rows, each of the estimated height until it is measured.
    pub fn new(len: usize, estimate: f32) -> Self {
        let mut heights = Self {
            sums: vec![0.0],
            rows: Vec::new(),
            estimate,
        };
        heights.resize(len);
        heights
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds rows of the estimated height at the end, or takes rows from the end.
    pub fn resize(&mut self, len: usize) {
        if len < self.rows.len() {
            self.rows.truncate(len);
            self.sums.truncate(len + 1);
        }
        while self.rows.len() < len {
            self.push();
        }
    }

    fn push(&mut self) {
        let index = self.sums.len();
        let mut sum = f64::from(self.estimate);
        let (mut child, stop) = (index - 1, index & (index - 1));
        while child > stop {
            sum += self.sums[child];
            child &= child - 1;
        }
        self.sums.push(sum);
        self.rows.push(self.estimate);
    }

    /// Sets a row's height; returns whether that moved anything by half a pixel or more.
    pub fn set(&mut self, row: usize, height: f32) -> bool {
        let Some(known) = self.rows.get_mut(row) else {
            return false;
        };
        let change = f64::from(height - *known);
        if change.abs() < 0.5 {
            return false;
        }
        *known = height;
        let mut index = row + 1;
        while index < self.sums.len() {
            self.sums[index] += change;
            index += index & index.wrapping_neg();
        }
        true
    }

    /// Pixels above a row.
    pub fn offset(&self, row: usize) -> f64 {
        let mut index = row.min(self.len());
        let mut sum = 0.0;
        while index > 0 {
            sum += self.sums[index];
            index &= index - 1;
        }
        sum
    }

    /// Pixels of all rows.
    pub fn total(&self) -> f64 {
        self.offset(self.len())
    }

    /// The row at an offset; the first or last one for offsets outside. None only if there are no rows.
    pub fn row_at(&self, offset: f64) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let (mut row, mut rest) = (0, offset.max(0.0));
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            let next = row + step;
            if next <= self.len() && self.sums[next] <= rest {
                row = next;
                rest -= self.sums[next];
            }
            step /= 2;
        }
        Some(row.min(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(seed: u32) -> u32 {
        let mixed = (seed ^ 61 ^ (seed >> 16)).wrapping_mul(0x7feb_352d);
        mixed ^ (mixed >> 15)
    }

    #[test]
    fn it_agrees_with_a_plain_sum() {
        let (mut heights, mut plain) = (Heights::new(700, 60.0), vec![60.0_f32; 700]);
        for round in 0..4_000 {
            let row = noise(round) as usize % 700;
            let height = (20 + noise(round + 9) % 300) as f32;
            heights.set(row, height);
            plain[row] = height;
        }
        heights.resize(650);
        plain.truncate(650);
        heights.resize(720);
        plain.resize(720, 60.0);
        let mut offset = 0.0;
        for (row, height) in plain.iter().enumerate() {
            assert!((heights.offset(row) - offset).abs() < 1e-3);
            assert_eq!(heights.row_at(offset + 0.1), Some(row));
            offset += f64::from(*height);
        }
        assert!((heights.total() - offset).abs() < 1e-3);
    }

    #[test]
    fn offsets_outside_give_the_nearest_row() {
        let heights = Heights::new(3, 10.0);
        assert_eq!(heights.row_at(-5.0), Some(0));
        assert_eq!(heights.row_at(1e9), Some(2));
        assert_eq!(Heights::new(0, 10.0).row_at(0.0), None);
    }

    #[test]
    fn changes_below_half_a_pixel_and_rows_outside_do_not_count() {
        let mut heights = Heights::new(2, 10.0);
        assert!(!heights.set(0, 10.4));
        assert!(!heights.set(7, 99.0));
        assert!(heights.set(1, 12.0));
        assert!((heights.total() - 22.0).abs() < 1e-9);
    }
}
