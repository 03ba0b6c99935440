use ipnetwork::IpNetwork;

use super::carried::carried;
use super::shapes::IP_NETWORK;

// PostgreSQL has a type for it, which is written and read as text by a cast. The others order it as text.
carried!(IpNetwork as String, IP_NETWORK, |network| Ok(network.to_string()), |text| {
    text.parse().map_err(|error| format!("`{text}` is no network address: {error}"))
});
