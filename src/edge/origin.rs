//! Who sent a request, as the browser tells it: the guard against forged requests from other sites.

/// The place that a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The gateway's own origin.
    Own,
    /// Another origin that is listed.
    Listed,
    /// Nobody knows: an address typed by hand, or no browser at all. It may read.
    Unknown,
    /// A page of another origin. It may do nothing, not even load a picture.
    Other,
}

impl Caller {
    /// Whether the caller may send a request of this method. Browsers name the origin of every request
    /// that can change something; one that names none may only read.
    pub fn may(self, method: &str) -> bool {
        match self {
            Caller::Own | Caller::Listed => true,
            Caller::Unknown => method == "GET",
            Caller::Other => false,
        }
    }
}

/// Reads `Origin` and `Sec-Fetch-Site`. `own` is the origin of the request's URL.
pub fn caller(origin: Option<&str>, site: Option<&str>, own: &str, listed: &[String]) -> Caller {
    match (origin, site) {
        (Some(origin), _) if origin == own => Caller::Own,
        (Some(origin), _) if listed.iter().any(|other| other == origin) => Caller::Listed,
        (Some(_), _) => Caller::Other,
        (None, Some("same-origin")) => Caller::Own,
        (None, None | Some("none")) => Caller::Unknown,
        (None, Some(_)) => Caller::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://portal.example.org";
    const LISTED: &str = "https://staff.example.org";

    fn of(origin: Option<&str>, site: Option<&str>) -> Caller {
        caller(origin, site, OWN, &[LISTED.to_string()])
    }

    #[test]
    fn only_the_own_origin_and_listed_ones_may_change() {
        assert_eq!(of(Some(OWN), Some("same-origin")), Caller::Own);
        assert_eq!(of(None, Some("same-origin")), Caller::Own);
        assert_eq!(of(Some(LISTED), Some("same-site")), Caller::Listed);
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
            for method in ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get"] {
                assert!(!of(None, site).may(method), "{site:?} {method}");
            }
        }
        assert!(of(Some(OWN), None).may("DELETE") && of(Some(LISTED), None).may("DELETE"));
    }

    #[test]
    fn a_page_of_another_site_is_told_from_a_caller_that_is_no_page() {
        for site in ["same-site", "cross-site", "Same-Origin", ""] {
            assert_eq!(of(None, Some(site)), Caller::Other, "{site}");
        }
        assert!(!of(None, Some("cross-site")).may("GET") && of(None, None).may("GET"));
        assert_eq!(of(None, None), Caller::Unknown);
        assert_eq!(of(None, Some("none")), Caller::Unknown);
    }
}
