use crate::finding::{Finding, Severity};

use super::{Check, Facts, Group, Rule};

pub(super) const RULE: Rule = Rule {
    name: "group-without-transactional-ddl",
    group: Group::Migrations,
    summary: "`group` promises all or nothing on a database that commits at every DDL statement",
    severity: Severity::Warning,
    page: Rule::page(include_str!("group_without_transactional_ddl.md")),
    check: Check::Project(check),
};

/// Databases that commit before and after DDL, by the part of a JDBC URL that names them.
///
/// Source: Flyway's `supportsDdlTransactions` (13.0.0).
const COMMITTING: [(&str, &str); 5] =
    [("mysql", "MySQL"), ("mariadb", "MariaDB"), ("oracle", "Oracle"), ("h2", "H2"), ("snowflake", "Snowflake")];

fn check(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let flyway = &facts.settings.flyway;
    let (Some(place), Some(url)) = (facts.given("group").filter(|_| flyway.group), &flyway.url) else { return };
    // Proxies such as `jdbc:p6spy:mysql:` stand before the database's own name.
    let names: Vec<&str> = url.split("//").next().unwrap_or_default().split(':').skip(1).take(3).collect();
    let Some((_, database)) = COMMITTING.iter().find(|(name, _)| names.contains(name)) else { return };
    let message = format!("`group` does not make a run atomic on {database}, which commits at every DDL statement");
    let mut finding = Finding::new(message, place);
    finding.related.extend(facts.given("url").map(|place| place.says(format!("the database is {database}"))));
    finding.fixes.extend(facts.switch("group", false));
    out.push(finding.help(
        "remove `group=true`, and keep each migration to one DDL statement, so that a failure leaves little behind",
    ));
}
