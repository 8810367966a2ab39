//! Which component answers a path: the rules of Spin's router.

use std::cmp::Ordering;

/// The routes of an application, the most particular first.
#[derive(Debug)]
pub struct Routes<T>(Vec<Route<T>>);

#[derive(Debug)]
pub struct Route<T> {
    /// As the manifest writes it.
    pub pattern: String,
    pub target: T,
    segments: Vec<Segment>,
}

/// In the order in which the router prefers them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Exactly(String),
    Named(String),
    /// Everything that follows; only ever the last one.
    Rest,
}

#[derive(Debug)]
pub struct Match<'a, T> {
    pub route: &'a Route<T>,
    /// What `/...` stood for, with its leading slash.
    pub rest: String,
    /// What each `:name` stood for.
    pub named: Vec<(&'a str, &'a str)>,
}

impl<T> Routes<T> {
    pub fn new(routes: impl IntoIterator<Item = (String, T)>) -> Result<Self, String> {
        let mut parsed: Vec<Route<T>> = Vec::new();
        for (pattern, target) in routes {
            let segments = parse(&pattern)?;
            if parsed.iter().any(|other| other.segments == segments) {
                return Err(format!("the route '{pattern}' is there twice"));
            }
            parsed.push(Route { pattern, target, segments });
        }
        parsed.sort_by(|one, other| compare(&one.segments, &other.segments));
        Ok(Self(parsed))
    }

    pub fn find<'a>(&'a self, path: &'a str) -> Option<Match<'a, T>> {
        self.0.iter().find_map(|route| route.matches(path))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Route<T>> {
        self.0.iter()
    }
}

impl<T> Route<T> {
    /// The pattern without its `/...`.
    pub fn prefix(&self) -> &str {
        self.pattern.strip_suffix("/...").unwrap_or(&self.pattern)
    }

    pub fn is_wildcard(&self) -> bool {
        self.segments.last() == Some(&Segment::Rest)
    }

    fn matches<'a>(&'a self, path: &'a str) -> Option<Match<'a, T>> {
        let trimmed = path.trim_matches('/');
        let mut left = if trimmed.is_empty() { None } else { Some(trimmed) };
        let mut named = Vec::new();
        for segment in &self.segments {
            if *segment == Segment::Rest {
                return Some(Match { route: self, rest: rest(left.unwrap_or_default(), path), named });
            }
            let (first, after) = match left?.split_once('/') {
                Some((first, after)) => (first, Some(after)),
                None => (left?, None),
            };
            match segment {
                Segment::Exactly(text) if text == first => {}
                Segment::Named(name) if !first.is_empty() => named.push((name.as_str(), first)),
                _ => return None,
            }
            left = after;
        }
        left.is_none().then_some(Match { route: self, rest: String::new(), named })
    }
}

/// Spin keeps a trailing slash in what `/...` stood for.
fn rest(left: &str, path: &str) -> String {
    match (left.is_empty(), path.ends_with('/')) {
        (true, false) => String::new(),
        (true, true) => "/".to_owned(),
        (false, false) => format!("/{left}"),
        (false, true) => format!("/{left}/"),
    }
}

fn parse(pattern: &str) -> Result<Vec<Segment>, String> {
    let path =
        pattern.strip_prefix('/').ok_or_else(|| format!("the route '{pattern}' does not begin with /"))?;
    let texts: Vec<&str> =
        path.strip_suffix('/').unwrap_or(path).split('/').filter(|text| !text.is_empty()).collect();
    let last = texts.len();
    texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| match text.strip_prefix(':') {
            _ if text == "..." && index + 1 == last => Ok(Segment::Rest),
            Some(name) if !name.is_empty() => Ok(Segment::Named(name.to_owned())),
            None if !text.contains(['*', ':']) && text != "..." => Ok(Segment::Exactly(text.to_owned())),
            _ => Err(format!("the route '{pattern}' has a '{text}', which is not supported there")),
        })
        .collect()
}

/// Segment by segment: a text before a name before the rest, and a route that ends before one that goes on.
fn compare(one: &[Segment], other: &[Segment]) -> Ordering {
    let rank = |segment: Option<&Segment>| match segment {
        None => 0,
        Some(Segment::Exactly(_)) => 1,
        Some(Segment::Named(_)) => 2,
        Some(Segment::Rest) => 3,
    };
    let length = one.len().max(other.len());
    (0..length)
        .map(|index| rank(one.get(index)).cmp(&rank(other.get(index))))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(patterns: &[&str]) -> Routes<String> {
        Routes::new(patterns.iter().map(|pattern| (pattern.to_string(), pattern.to_string()))).unwrap()
    }

    fn target<'a>(routes: &'a Routes<String>, path: &'a str) -> Option<&'a str> {
        routes.find(path).map(|found| found.route.target.as_str())
    }

    #[test]
    fn an_exact_route_answers_its_path_with_and_without_a_slash_at_the_end() {
        let routes = routes(&["/a/b", "/"]);
        assert_eq!(target(&routes, "/a/b"), Some("/a/b"));
        assert_eq!(target(&routes, "/a/b/"), Some("/a/b"));
        assert_eq!(target(&routes, "/a"), None);
        assert_eq!(target(&routes, "/a/b/c"), None);
        assert_eq!(target(&routes, "/"), Some("/"));
    }

    #[test]
    fn a_wildcard_answers_its_prefix_and_all_below() {
        let routes = routes(&["/a/..."]);
        for (path, rest) in [("/a", ""), ("/a/", "/"), ("/a/b", "/b"), ("/a/b/c/", "/b/c/")] {
            assert_eq!(routes.find(path).unwrap().rest, rest);
        }
        assert_eq!(target(&routes, "/ab"), None);
        assert_eq!(routes.find("/a/b").unwrap().route.prefix(), "/a");
    }

    #[test]
    fn the_most_particular_route_wins_whatever_the_order() {
        let routes = routes(&["/...", "/one/...", "/one/:id", "/one/two", "/one/two/..."]);
        assert_eq!(target(&routes, "/one/two"), Some("/one/two"));
        assert_eq!(target(&routes, "/one/two/three"), Some("/one/two/..."));
        assert_eq!(target(&routes, "/one/x"), Some("/one/:id"));
        assert_eq!(target(&routes, "/one/x/y"), Some("/one/..."));
        assert_eq!(target(&routes, "/"), Some("/..."));
    }

    #[test]
    fn a_named_segment_tells_what_it_stood_for() {
        let routes = routes(&["/t/:tenant/..."]);
        let found = routes.find("/t/7/x").unwrap();
        assert_eq!(found.named, [("tenant", "7")]);
        assert_eq!(found.rest, "/x");
        assert!(routes.find("/t").is_none());
    }

    #[test]
    fn routes_that_are_not_understood_or_there_twice_are_refused() {
        for pattern in ["a", "/*", "/.../a", "/a*", "/:"] {
            assert!(Routes::new([(pattern.to_owned(), ())]).is_err(), "{pattern}");
        }
        assert!(Routes::new([("/a".to_owned(), ()), ("/a/".to_owned(), ())]).is_err());
    }
}
