//! Several environments: which ones the command line and the settings name, and each loaded as a project of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use flightcheck_core::environment::Environment;
use flightcheck_core::history::to_json;
use flightcheck_core::settings::FILE_NAME;
use flightcheck_core::status::{Command, simulate};

use crate::args::{self, Compared, Named};
use crate::configuration::configuration_of;
use crate::load::{Loaded, check, load_one};
use crate::{Failure, base};

/// Where an environment's history comes from.
#[derive(Debug, Clone)]
enum Source {
    /// A snapshot.
    History(PathBuf),
    /// A branch: all its scripts count as applied.
    Base(String),
    /// What `flightcheck.toml` says.
    Settings,
}

/// The arguments of the project as its first environment sees it.
pub(crate) fn first(arguments: &args::Project, folder: &Path) -> Result<args::Project, Failure> {
    let name = arguments.history.first().and_then(|history| history.name.as_deref());
    match name.filter(|_| arguments.env.is_none()) {
        Some(name) => Ok(within(arguments, folder, name)?.0),
        None => Ok(arguments.clone()),
    }
}

/// Sets the environments that are named; nothing where there are none.
pub(crate) fn compare(loaded: &mut Loaded, arguments: &args::Project, compared: &Compared) -> Result<(), Failure> {
    let named = named(loaded, arguments, compared)?;
    let mut environments = Vec::new();
    for (name, source) in &named {
        environments.extend(environment(arguments, &loaded.folder, name, source)?);
    }
    if compared.environments && environments.len() < 2 {
        let help = "give two of `[environments]` a `history` or a `base`";
        return Err(format!("{FILE_NAME} has fewer than two environments to compare\n  help: {help}"));
    }
    loaded.project.set_environments(environments);
    Ok(())
}

/// The environments by name, in the order in which they were given.
fn named(loaded: &Loaded, arguments: &args::Project, compared: &Compared) -> Result<Vec<(String, Source)>, Failure> {
    let mut named: Vec<(String, Source)> = Vec::new();
    for Named { name, value } in &arguments.history {
        named.extend(name.clone().map(|name| (name, Source::History(PathBuf::from(value)))));
    }
    if named.len() < arguments.history.len() && arguments.history.len() > 1 {
        return Err(
            "of several histories each needs a name\n  help: `--history prod=prod.json --history qa=qa.csv`".into()
        );
    }
    for text in &compared.base {
        if let Some((name, revision)) = base::named(&loaded.folder, text)? {
            named.push((name, Source::Base(revision)));
        }
    }
    if compared.environments {
        let settings = &loaded.project.settings().flightcheck;
        let own = settings.environments.iter().map(|name| (name.clone(), Source::Settings));
        let known: BTreeSet<String> = named.iter().map(|(name, _)| name.clone()).collect();
        named.extend(own.filter(|(name, _)| !known.contains(name)));
    }
    let mut seen = BTreeSet::new();
    match named.iter().find(|(name, _)| !seen.insert(name)) {
        Some((name, _)) => Err(format!("the environment `{name}` is given twice")),
        None => Ok(named),
    }
}

/// Loads an environment; `None` where the settings give it no history.
fn environment(
    arguments: &args::Project,
    folder: &Path,
    name: &str,
    source: &Source,
) -> Result<Option<Environment>, Failure> {
    let (mut own, configuration) = within(arguments, folder, name)?;
    let settings = configuration.read().flightcheck;
    let source = match source {
        Source::Settings => match (&settings.history, &settings.base) {
            (Some(_), _) => Source::Settings,
            (None, Some((revision, _))) => Source::Base(revision.clone()),
            (None, None) => return Ok(None),
        },
        other => other.clone(),
    };
    own.history = match &source {
        Source::History(path) => vec![Named { name: None, value: path.clone().into_os_string() }],
        _ => Vec::new(),
    };
    let mut loaded = load_one(&own, folder.to_owned(), configuration)?;
    let shown = match source {
        Source::Base(revision) => {
            let tip = base::tip_of(&own, &revision, folder, &mut loaded.project)?;
            let checked = check(&tip)?;
            let rows = simulate(&tip.input(&checked.layout, None), &Command::Migrate)
                .map_err(|refusal| format!("`{revision}` of `{name}` cannot be deployed: {}", refusal.message))?;
            loaded.project.set_history(&revision, to_json(rows.as_deref()).into_bytes());
            revision
        }
        _ => loaded.history.clone().unwrap_or_default(),
    };
    let checked = check(&loaded.project)?;
    Ok(Some(loaded.project.environment(name, &shown, &checked)))
}

/// The arguments and the configuration of an environment: its own, where the settings have one of that name.
fn within(
    arguments: &args::Project,
    folder: &Path,
    name: &str,
) -> Result<(args::Project, flightcheck_core::settings::Configuration), Failure> {
    let configuration = configuration_of(arguments, folder)?;
    let known = configuration.read().flightcheck.environments;
    if !known.iter().any(|known| known == name) {
        return Ok((arguments.clone(), configuration));
    }
    let own = args::Project { env: Some(name.to_owned()), ..arguments.clone() };
    let configuration = configuration_of(&own, folder)?;
    Ok((own, configuration))
}
