//! A project that is kept: files are set and removed, and only what that changes is read and replayed again.

use std::cell::OnceCell;

use flightcheck_core::layout::folder_of;
use flightcheck_core::project as core;
use flightcheck_core::render::{Format, View, lock_picture};
use flightcheck_core::report::{
    DependencyReport, DraftReport, Report, ReportedFinding, Schema, SchemaDifference, UndoPlan,
};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::content::{self, Content};
use crate::dependencies::of_project;
use crate::failure::Failure;
use crate::loading::{self, Files, Found, Loaded};
use crate::options::Options;
use crate::rollback;
use crate::simulation::{Simulated, history_after};
use crate::value::value;

/// A project: files by their paths relative to its folder, and options.
///
/// Files with the usual names are its configuration, history and seal, as on the command line.
#[wasm_bindgen]
#[derive(Default)]
pub struct Project {
    options: Options,
    files: Files,
    history: Option<(String, Vec<u8>)>,
    loaded: Option<Loaded>,
}

#[wasm_bindgen]
impl Project {
    /// An empty project.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Option<Ts<Options>>) -> Result<Self, Failure> {
        let options = options.map(|options| options.to_rust()).transpose()?.unwrap_or_default();
        Ok(Self { options, ..Self::default() })
    }

    /// Sets all options anew.
    #[wasm_bindgen(js_name = setOptions)]
    pub fn set_options(&mut self, options: &Ts<Options>) -> Result<(), Failure> {
        self.options = options.to_rust()?;
        self.loaded = None;
        Ok(())
    }

    /// Sets a file's content.
    #[wasm_bindgen(js_name = setFile)]
    pub fn set_file(&mut self, path: &str, content: &Content) -> Result<(), Failure> {
        let bytes = content::bytes(path, content)?;
        self.set(path.to_owned(), bytes);
        Ok(())
    }

    /// Forgets a file. Does nothing where there is no such file.
    #[wasm_bindgen(js_name = removeFile)]
    pub fn remove_file(&mut self, path: &str) {
        if self.files.remove(path).is_none() {
            return;
        }
        if self.is_configuration(path) || !self.is_in_use(folder_of(path)) {
            self.loaded = None;
        } else if let Some(loaded) = &mut self.loaded {
            loaded.core.remove_file(path);
            loaded.found = None;
        }
    }

    /// Sets the history snapshot under its shown name, in any form that flightcheck reads; null takes it away.
    /// It wins over a snapshot among the files.
    #[wasm_bindgen(js_name = setHistory)]
    pub fn set_history(&mut self, name: &str, content: Option<Content>) -> Result<(), Failure> {
        let content = content.map(|content| content::bytes(name, &content)).transpose()?;
        self.history = content.map(|bytes| (name.to_owned(), bytes));
        self.loaded = None;
        Ok(())
    }

    /// The files on which all else depends, whether they are there or not: `flightcheck.toml` here and above, Flyway's
    /// configuration, the history, the seal. Who reads files sets those that exist, and asks again.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let (_, asked) = loading::configuration(&self.options, &self.files);
        asked.into_iter().collect()
    }

    /// Everything that there is to say: states, verdict, plan, findings.
    ///
    /// Throws where the options name files that are not there, or the history or the seal is broken.
    pub fn report(&mut self) -> Result<Ts<Report>, Failure> {
        value(self.current()?.report())
    }

    /// The findings in one file: what changes at a keystroke, without the rest of the report.
    pub fn findings(&mut self, path: &str) -> Result<Vec<Ts<ReportedFinding>>, Failure> {
        let Current { core, found, .. } = self.current()?;
        ReportedFinding::in_file(core, &found.judged, path).iter().map(value).collect()
    }

    /// The report in one of the formats of the command line.
    pub fn render(&mut self, format: &str) -> Result<String, Failure> {
        let current = self.current()?;
        let known = Format::named(format).ok_or_else(|| match Format::nearest_name(format) {
            Some(near) => Failure::new(format!("there is no format `{format}`; did you mean `{near}`?")),
            None => Failure::new(format!("there is no format `{format}`")),
        })?;
        Ok(known.render(&View::new(current.report(), current.core)))
    }

    /// The locks of a script that would run, as an SVG picture; empty where others wait for none of them, or where it would
    /// not run. What its classes look like is up to the page.
    #[wasm_bindgen(js_name = lockPicture)]
    pub fn lock_picture(&mut self, path: &str) -> Result<String, Failure> {
        let current = self.current()?;
        let script = current.report().scripts.iter().flatten().find(|script| script.file == path);
        Ok(script.map_or_else(String::new, |script| lock_picture(script, current.core.shown_text(path).as_deref())))
    }

    /// The schema after the last script.
    pub fn schema(&mut self) -> Result<Ts<Schema>, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        value(&Schema::new(core, checked))
    }

    /// What a script changes in the schema.
    #[wasm_bindgen(js_name = schemaChanges)]
    pub fn schema_changes(&mut self, path: &str) -> Result<Vec<Ts<SchemaDifference>>, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        let differences = SchemaDifference::of_script(core, checked, path).into_iter();
        differences.map(|difference| value(&difference)).collect()
    }

    /// What some of the scripts, by their paths, need of each other, in the order in which they run, on the schema that the
    /// scripts before them leave. Callbacks, and paths of which nothing would run, are left out.
    #[expect(clippy::needless_pass_by_value, reason = "a list crosses the border only as an owned one")]
    pub fn dependencies(&mut self, paths: Vec<String>) -> Result<Ts<DependencyReport>, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        value(&of_project(core, checked, &paths))
    }

    /// The history as it would be after a command, as a snapshot that can be set again. `to` is, for undo, the version
    /// that stays applied. Throws where the command refuses.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses the border only as an owned one")]
    pub fn simulate(&mut self, command: &Ts<Simulated>, to: Option<String>) -> Result<String, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        history_after(core, checked, command.to_rust()?, to.as_deref())
    }

    /// The undo script of a migration, named by its version or its file, as `flightcheck draft-undo` writes it. Throws where
    /// there is no such migration, or what it does is not known.
    #[wasm_bindgen(js_name = draftUndo)]
    pub fn draft_undo(&mut self, migration: &str) -> Result<Ts<DraftReport>, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        value(&rollback::draft(core, checked, migration)?)
    }

    /// What takes the applied migrations back to a version, which stays applied, as `flightcheck plan --undo-to` shows it.
    /// Throws where there is no such version.
    #[wasm_bindgen(js_name = undoPlan)]
    pub fn undo_plan(&mut self, version: &str) -> Result<Ts<UndoPlan>, Failure> {
        let Current { core, found: Found { checked, .. }, .. } = self.current()?;
        value(&rollback::plan(core, checked, version)?)
    }
}

/// A project that was checked.
struct Current<'a> {
    core: &'a core::Project,
    found: &'a Found,
    history: Option<&'a str>,
}

impl<'a> Current<'a> {
    /// The report, which is made when it is first asked for.
    fn report(&self) -> &'a Report {
        let Found { checked, judged, report } = self.found;
        report.get_or_init(|| Report::new(self.core, checked, self.history).with_judged(self.core, checked, judged))
    }
}

impl Project {
    /// Sets a file's bytes.
    pub(crate) fn set(&mut self, path: String, bytes: Vec<u8>) {
        let begins_anew = self.is_configuration(&path) || !self.is_in_use(folder_of(&path));
        if begins_anew {
            self.loaded = None;
        } else if let Some(loaded) = &mut self.loaded {
            loaded.set(&path, &bytes);
            loaded.found = None;
        }
        self.files.insert(path, bytes);
    }

    /// Whether all else depends on a file.
    fn is_configuration(&self, path: &str) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.asked.contains(path))
    }

    /// Whether some file lies in a folder. Which folders there are decides where scripts are looked for.
    fn is_in_use(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        folder.is_empty()
            || self.files.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// Loads and checks what has changed.
    fn current(&mut self) -> Result<Current<'_>, Failure> {
        let Loaded { core, history, found, .. } = match &mut self.loaded {
            Some(loaded) => loaded,
            none => none.insert(Loaded::new(&self.options, &self.files, self.history.as_ref())?),
        };
        let found = match found {
            Some(found) => found,
            none => {
                let checked = core.check().map_err(|unusable| Failure::unusable(core, &unusable))?;
                let judged = core.judged(&checked);
                none.insert(Found { checked, judged, report: OnceCell::new() })
            }
        };
        Ok(Current { core, found, history: history.as_deref() })
    }
}
