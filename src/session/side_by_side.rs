//! Independent work over a long list, shared out among the processors.

/// Shorter lists are not worth a thread.
const LEAST: usize = 24;

/// What `work` makes of every item, in order.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if items.len() < LEAST || hands < 2 {
        return items.iter().map(work).collect();
    }
    let share = items.len().div_ceil(hands.min(8));
    let work = &work;
    std::thread::scope(|scope| {
        let shares: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(move || items.iter().map(work).collect::<Vec<R>>()))
            .collect();
        let mut all = Vec::with_capacity(items.len());
        for share in shares {
            match share.join() {
                Ok(made) => all.extend(made),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays_however_long_the_list_is() {
        for length in [0, 1, LEAST - 1, LEAST, 1000] {
            let items: Vec<usize> = (0..length).collect();
            assert_eq!(
                side_by_side(&items, |item| item + 1),
                (1..=length).collect::<Vec<_>>()
            );
        }
    }
}
