//! The list of rules, for a terminal and as a page.

use crate::rules::{RULES, Rule};

use super::terminal::{bold, faint, of_severity, styled};

/// One line for each rule, by group.
#[must_use]
pub fn rules_as_table() -> String {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (group, rules) in by_group() {
        let optional = if rules[0].group.is_optional() { " (on request: `tiers` in flightcheck.toml)" } else { "" };
        text += &format!("{}{}\n", styled(group, bold()), styled(optional, faint()));
        for rule in rules {
            let severity = styled(&format!("{:7}", rule.severity.as_str()), of_severity(rule.severity));
            text += &format!("  {:widest$}  {severity}  {}\n", rule.name, rule.summary);
        }
        text.push('\n');
    }
    text + &format!("{} rules; `flightcheck explain RULE` prints the page of one\n", RULES.len())
}

/// The same as Markdown, each rule with a link to its page.
#[must_use]
pub fn rules_as_markdown() -> String {
    let mut text = format!(
        "# Rules\n\nThere are {}. `flightcheck explain RULE` prints the page of one.\n\
         This list is what `flightcheck rules --format markdown` prints.\n",
        RULES.len()
    );
    for (group, rules) in by_group() {
        text += &format!("\n## {}\n\n", capitalised(group));
        if rules[0].group.is_optional() {
            text += &format!("These run where `tiers` in `flightcheck.toml` names `{group}`.\n\n");
        }
        text += "| rule | severity | what it finds |\n|---|---|---|\n";
        for rule in rules {
            let page = format!("../core/src/rules/{}.md", rule.name.replace('-', "_"));
            let summary = rule.summary.replace('|', "\\|");
            text += &format!("| [{}]({page}) | {} | {summary} |\n", rule.name, rule.severity.as_str());
        }
    }
    text
}

/// The rules of each group, in the order of the groups.
fn by_group() -> Vec<(&'static str, Vec<&'static Rule>)> {
    let mut rules: Vec<&Rule> = RULES.to_vec();
    rules.sort_by_key(|rule| rule.group);
    let groups = rules.chunk_by(|one, next| one.group == next.group);
    groups.map(|rules| (rules[0].group.as_str(), rules.to_vec())).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(chars).collect())
}
