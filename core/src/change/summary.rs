//! A change in one line: `alter-table public.users | add-column email`.

use std::fmt;

use super::object::Role;
use super::request::{Change, Request};

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind())?;
        match &self.change {
            Change::Block(block) => {
                f.write_str(" {")?;
                for (at, step) in block.steps.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { " " } else { "; " }, step.request)?;
                }
                return f.write_str(" }");
            }
            Change::Opaque(words) => return write!(f, " {words}"),
            _ => {}
        }
        let mut role = Role::Target;
        for (at, object) in self.objects().iter().enumerate() {
            let again = at > 0 && role == object.role;
            role = object.role;
            match role {
                _ if again => write!(f, ", {}", object.name)?,
                Role::Target => write!(f, " {}", object.name)?,
                other => write!(f, " {} {}", other.as_str(), object.name)?,
            }
        }
        self.details(f)
    }
}

impl Request {
    fn details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            Change::Alter(alter) => {
                for (at, action) in alter.actions.iter().enumerate() {
                    f.write_str(if at == 0 { " | " } else { ", " })?;
                    f.write_str(action.what.as_str())?;
                    if let Some(subject) = action.what.subject() {
                        write!(f, " {subject}")?;
                    }
                }
                Ok(())
            }
            Change::CreateTable(table) if !table.columns.is_empty() => {
                let columns: Vec<&str> = table.columns.iter().map(|column| column.name.text.as_str()).collect();
                write!(f, " | {}", columns.join(", "))
            }
            Change::Set(setting) => {
                for (at, assignment) in setting.assignments.iter().enumerate() {
                    let values = assignment.values.join(" ");
                    write!(f, "{}{} {values}", if at == 0 { " | " } else { ", " }, assignment.name)?;
                }
                Ok(())
            }
            Change::Grant(grant) => {
                let grantees: Vec<String> = grant.grantees.iter().map(ToString::to_string).collect();
                write!(f, " | {} to {}", grant.privileges.join(", "), grantees.join(", "))
            }
            _ => Ok(()),
        }
    }
}
