//! Who sent a request, as the browser tells it: the guard against forged requests from other sites.

/// The place that a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The gateway's own origin.
    Own,
    /// Another origin that is listed.
    Listed,
    /// Any other origin, or nobody knows.
    Other,
}

impl Caller {
    /// Whether the caller may change something. Browsers name the origin of every request that can;
    /// one that names none is refused as well.
    pub const fn may_change(self) -> bool {
        !matches!(self, Caller::Other)
    }
}

/// Reads `Origin` and `Sec-Fetch-Site`. `own` is the origin of the request's URL.
pub fn caller(origin: Option<&str>, site: Option<&str>, own: &str, listed: &[String]) -> Caller {
    match (origin, site) {
        (Some(origin), _) if origin == own => Caller::Own,
        (Some(origin), _) if listed.iter().any(|other| other == origin) => Caller::Listed,
        (Some(_), _) => Caller::Other,
        (None, Some("same-origin")) => Caller::Own,
        (None, _) => Caller::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_and_listed_ones_may_change() {
        let own = "https://portal.example.org";
        let listed = ["https://staff.example.org".to_string()];
        let of = |origin, site| caller(origin, site, own, &listed);
        assert_eq!(of(Some(own), Some("same-origin")), Caller::Own);
        assert_eq!(of(None, Some("same-origin")), Caller::Own);
        assert_eq!(of(Some("https://staff.example.org"), Some("same-site")), Caller::Listed);
        for other in [
            "null",
            "",
            "http://portal.example.org",
            "https://portal.example.org.example.test",
            "https://portal.example.org:8443",
            "https://PORTAL.example.org",
        ] {
            assert_eq!(of(Some(other), Some("same-origin")), Caller::Other, "{other}");
        }
        for site in [None, Some("none"), Some("same-site"), Some("cross-site")] {
            assert!(!of(None, site).may_change(), "{site:?}");
        }
    }
}
