//! What extensions of PostgreSQL bring: types and functions that no script makes.

use super::access::{How, Use};
use super::schema::{Played, Schema};
use crate::catalog::{Known, ObjectRef};
use crate::change::ObjectKind;

/// Extensions with the types and functions for which they are installed, as their manual pages list them; a name that ends
/// in `*` stands for all that begin so.
const BRINGS: [(&str, &[&str]); 12] = [
    ("citext", &["citext"]),
    ("hstore", &["hstore", "hstore_*", "akeys", "avals"]),
    ("ltree", &["ltree", "lquery", "ltxtquery", "nlevel", "subpath"]),
    ("pgcrypto", &["crypt", "gen_salt", "digest", "hmac", "pgp_*", "gen_random_bytes"]),
    ("uuid-ossp", &["uuid_generate_*", "uuid_nil", "uuid_ns_*"]),
    ("pg_trgm", &["similarity", "word_similarity", "show_trgm", "gin_trgm_ops", "gist_trgm_ops"]),
    ("unaccent", &["unaccent"]),
    ("postgis", &["geometry", "geography", "st_*"]),
    ("vector", &["vector", "halfvec", "sparsevec"]),
    ("cube", &["cube", "cube_*"]),
    ("intarray", &["icount", "sort_asc", "query_int"]),
    ("tablefunc", &["crosstab", "connectby", "normal_rand"]),
];

/// The extension that one script installs, and what of it the other uses.
pub(super) fn brought(base: &Schema, maker: &Played, user: &Played) -> Option<(ObjectRef, String)> {
    for access in &maker.accesses {
        let object = &access.object;
        if access.how != How::Makes
            || object.kind != ObjectKind::Extension
            || base.catalog.presence(object) == Known::Present(())
        {
            continue;
        }
        let known = BRINGS.iter().find(|(name, _)| *name == &*object.name.name);
        let brings = |name: &str| {
            known.is_some_and(|(_, names)| {
                names.iter().any(|known| match known.strip_suffix('*') {
                    Some(start) => name.starts_with(start),
                    None => *known == name,
                })
            })
        };
        let own = user.accesses.iter().any(|other| other.how == How::Makes && other.object == *object);
        let mut asked = user.accesses.iter().filter(|other| {
            matches!(other.how, How::Reads(Use::Perhaps | Use::Name))
                && (other.object.kind == ObjectKind::Type || other.object.kind.is_routine())
                && base.catalog.presence(&other.object) != Known::Present(())
        });
        if let Some(found) = asked.find(|other| !own && brings(&other.object.name.name)) {
            return Some((object.clone(), found.object.name.name.to_string()));
        }
    }
    None
}
