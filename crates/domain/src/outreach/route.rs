//! Who goes where, in which order, by what is on record about places: a tour through the places whose points are known, the others beside
//! the nearest by their codes; then cut into as many ways as there are people who go. Pure; no map is asked.

use std::collections::BTreeMap;

use crate::ids::RegionCode;

/// Where a place lies, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// North of the equator.
    pub latitude: i32,
    /// East of Greenwich.
    pub longitude: i32,
}

impl Point {
    /// In metres, near enough for a county.
    fn metres(self, other: Self) -> f64 {
        let degrees = |one: i32, two: i32| (f64::from(one) - f64::from(two)) / 1e6;
        let north = degrees(self.latitude, other.latitude);
        let middle = f64::midpoint(f64::from(self.latitude), f64::from(other.latitude)) / 1e6;
        let east = degrees(self.longitude, other.longitude) * middle.to_radians().cos();
        north.hypot(east) * 111_195.0
    }
}

/// Somebody to be visited, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop<T> {
    /// Who.
    pub who: T,
    /// Where the person lives, as narrow as known.
    pub place: Option<RegionCode>,
}

/// A way for each of `workers`, so that the numbers of stops differ as little as places allow: a place is divided only when it is more
/// than one way's share.
pub fn ways<T: Clone + Ord>(
    stops: &[Stop<T>],
    points: &BTreeMap<RegionCode, Point>,
    workers: usize,
) -> Vec<Vec<T>> {
    let mut places: BTreeMap<Option<RegionCode>, Vec<T>> = BTreeMap::new();
    for stop in stops {
        places.entry(stop.place.clone()).or_default().push(stop.who.clone());
    }
    for people in places.values_mut() {
        people.sort();
    }
    let codes: Vec<RegionCode> = places.keys().flatten().cloned().collect();
    let order = tour(&codes, points);
    let mut groups: Vec<Vec<T>> = order.into_iter().filter_map(|code| places.remove(&Some(code))).collect();
    // Of whom nobody knows where: last.
    groups.extend(places.remove(&None));
    cut(groups, workers)
}

/// The places in the order in which one goes through them.
pub fn tour(codes: &[RegionCode], points: &BTreeMap<RegionCode, Point>) -> Vec<RegionCode> {
    let mut known: Vec<(RegionCode, Point)> =
        codes.iter().filter_map(|code| points.get(code).map(|point| (code.clone(), *point))).collect();
    known.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut way = nearest(known);
    shorten(&mut way);
    let mut order: Vec<RegionCode> = way.into_iter().map(|(code, _)| code).collect();
    let mut unknown: Vec<&RegionCode> = codes.iter().filter(|code| !points.contains_key(code)).collect();
    unknown.sort();
    for code in unknown {
        // After whichever of those that stand has most of its code in common; of equals, the last.
        let near = order.iter().enumerate().max_by_key(|(at, other)| (common(code, other), *at));
        let at = near.filter(|(_, other)| common(code, other) > 0).map_or(order.len(), |(at, _)| at + 1);
        order.insert(at, code.clone());
    }
    order
}

fn common(one: &RegionCode, other: &RegionCode) -> usize {
    one.as_str().bytes().zip(other.as_str().bytes()).take_while(|(a, b)| a == b).count()
}

/// Always to the nearest of those that are left.
fn nearest(mut left: Vec<(RegionCode, Point)>) -> Vec<(RegionCode, Point)> {
    if left.is_empty() {
        return left;
    }
    let mut way = vec![left.remove(0)];
    while let Some((_, here)) = way.last().cloned() {
        let near = left
            .iter()
            .enumerate()
            .min_by(|(_, (_, one)), (_, (_, other))| here.metres(*one).total_cmp(&here.metres(*other)));
        let Some(at) = near.map(|(at, _)| at) else { break };
        way.push(left.remove(at));
    }
    way
}

/// More rounds help little.
const ROUNDS: usize = 50;

/// 2-opt on an open way: a stretch is gone the other way round while that is shorter.
fn shorten(way: &mut [(RegionCode, Point)]) {
    let leg = |way: &[(RegionCode, Point)], from: Option<usize>, to: usize| {
        let ends = from.and_then(|from| way.get(from)).zip(way.get(to));
        ends.map_or(0.0, |((_, one), (_, other))| one.metres(*other))
    };
    for _ in 0..ROUNDS {
        let mut better = false;
        for from in 0..way.len() {
            for to in from + 1..way.len() {
                let before = from.checked_sub(1);
                let old = leg(way, before, from) + leg(way, Some(to), to + 1);
                let new = leg(way, before, to) + leg(way, Some(from), to + 1);
                if new + 0.5 < old
                    && let Some(stretch) = way.get_mut(from..=to)
                {
                    stretch.reverse();
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// Contiguous parts. A part ends where a place ends, unless the place is too many for one.
fn cut<T>(groups: Vec<Vec<T>>, workers: usize) -> Vec<Vec<T>> {
    let mut left: usize = groups.iter().map(Vec::len).sum();
    let mut ways: Vec<Vec<T>> = Vec::with_capacity(workers);
    let mut way = Vec::new();
    for group in groups {
        let mut people = group.into_iter().peekable();
        while people.peek().is_some() {
            let open = workers.saturating_sub(ways.len()).max(1);
            let share = (left + way.len()).div_ceil(open);
            let (room, size) = (share.saturating_sub(way.len()), people.len());
            let last = open == 1;
            // Half a place too many is better than a place for two.
            if last || size <= room || (size <= share && size - room <= room) {
                left -= size;
                way.extend(people.by_ref());
            } else if size <= share && !way.is_empty() {
                ways.push(std::mem::take(&mut way));
                continue;
            } else {
                left -= room.min(size);
                way.extend(people.by_ref().take(room));
            }
            if !last && way.len() >= share {
                ways.push(std::mem::take(&mut way));
            }
        }
    }
    if !way.is_empty() {
        ways.push(way);
    }
    ways
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Point, RegionCode, Stop, tour, ways};

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    fn length(order: &[RegionCode], points: &BTreeMap<RegionCode, Point>) -> f64 {
        order.windows(2).map(|two| points[&two[0]].metres(points[&two[1]])).sum()
    }

    /// Places in a row along a road, with their codes in another order.
    #[test]
    fn one_goes_along_the_road_and_not_to_and_fro() {
        let road = ["330106003", "330106009", "330106001", "330106007", "330106002"];
        let points: BTreeMap<_, _> = (0..)
            .zip(road)
            .map(|(at, text)| {
                (code(text), Point { latitude: 30_000_000 + at * 10_000, longitude: 120_000_000 })
            })
            .collect();
        let order = tour(&road.map(code), &points);
        let whole = length(&road.map(code), &points);
        assert!((length(&order, &points) - whole).abs() < 1.0, "{order:?}");
    }

    #[test]
    fn what_has_no_point_stands_beside_its_neighbours() {
        let points = [("330106001", 1), ("330108001", 9)]
            .map(|(text, north)| (code(text), Point { latitude: north * 100_000, longitude: 0 }));
        let order = tour(&["330106001", "330108001", "330106002"].map(code), &points.into());
        assert_eq!(order, ["330106001", "330106002", "330108001"].map(code));
        let order = tour(&["330108001", "330106001", "330106002"].map(code), &BTreeMap::new());
        assert_eq!(order, ["330106001", "330106002", "330108001"].map(code));
    }

    #[test]
    fn a_place_is_not_divided_when_it_need_not_be() {
        let people = |place: &str, from: u32, many: u32| {
            (from..from + many).map(|who| Stop { who, place: Some(code(place)) }).collect::<Vec<_>>()
        };
        let stops =
            [people("330106001", 0, 5), people("330106002", 10, 6), people("330106003", 20, 5)].concat();
        let two = ways(&stops, &BTreeMap::new(), 2);
        assert_eq!(two.iter().map(Vec::len).collect::<Vec<_>>(), [11, 5]);
        let one_place = people("330106001", 0, 9);
        let three = ways(&one_place, &BTreeMap::new(), 3);
        assert_eq!(three.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Everybody is on exactly one way, there are no more ways than workers, and the tour is no longer than always going to the nearest.
        #[test]
        fn everybody_is_visited_by_one(
            places in prop::collection::vec((0..30_u32, 0..90_i32, 0..90_i32, any::<bool>()), 1..60), workers in 1..7_usize,
        ) {
            let place = |number: u32| code(&format!("33010600{}0{:02}", number % 3, number));
            let points: BTreeMap<_, _> = places.iter().filter(|one| one.3).map(|(number, north, east, _)| {
                (place(*number), Point { latitude: north * 10_000, longitude: east * 10_000 })
            }).collect();
            let stops: Vec<Stop<usize>> = places.iter().enumerate()
                .map(|(who, one)| Stop { who, place: (one.0 != 7).then(|| place(one.0)) })
                .collect();
            let ways = ways(&stops, &points, workers);
            prop_assert!(ways.len() <= workers);
            let mut all: Vec<usize> = ways.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..stops.len()).collect::<Vec<_>>());
            let codes: Vec<RegionCode> = points.keys().cloned().collect();
            let naive = super::nearest(points.iter().map(|(code, point)| (code.clone(), *point)).collect());
            let naive: Vec<RegionCode> = naive.into_iter().map(|(code, _)| code).collect();
            prop_assert!(length(&tour(&codes, &points), &points) <= length(&naive, &points) + 1.0);
        }
    }
}
