//! `man`: the manual page, and below it what can be said to each command.

use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::args::Arguments;
use crate::{Failure, commands};

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let mut command = Arguments::command();
    command.build();
    let page = page(command).map_err(|error| format!("the page cannot be made: {error}"))?;
    commands::print(String::from_utf8_lossy(&page))?;
    Ok(commands::exit(false))
}

/// One page for all: each command as a section with its options.
fn page(command: Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let commands: Vec<Command> = command.get_subcommands().filter(|sub| sub.get_name() != "help").cloned().collect();
    let man = Man::new(command);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for sub in commands {
        page.extend(format!(".SH \"FLIGHTCHECK {}\"\n", sub.get_name().to_uppercase()).bytes());
        let mut section = Vec::new();
        let man = Man::new(sub);
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        // Inside of the command's section the sections of its own page are subsections.
        page.extend(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").bytes());
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}
