/** The formats of the command line, as the page offers them. */
export interface Format {
  /** Its name for `render`. */
  id: string;
  title: string;
  about: string;
  /** The name under which it is saved. */
  file: string;
  type: string;
}

export const formats: Format[] = [
  { id: "markdown", title: "Markdown", about: "a comment on a pull request", file: "flightcheck.md", type: "text/markdown" },
  { id: "html", title: "HTML", about: "a page of its own for a reviewer", file: "flightcheck.html", type: "text/html" },
  { id: "human", title: "Text", about: "what the terminal shows", file: "flightcheck.txt", type: "text/plain" },
  { id: "json", title: "JSON", about: "everything, for programs", file: "flightcheck.json", type: "application/json" },
  { id: "sarif", title: "SARIF", about: "GitHub code scanning, Azure DevOps, editors", file: "flightcheck.sarif", type: "application/sarif+json" },
  { id: "github", title: "GitHub", about: "annotations in a run of GitHub Actions", file: "flightcheck-github.txt", type: "text/plain" },
  { id: "gitlab", title: "GitLab", about: "code quality of a merge request", file: "gl-code-quality-report.json", type: "application/json" },
  { id: "junit", title: "JUnit", about: "Jenkins, GitLab, Azure DevOps", file: "flightcheck-junit.xml", type: "application/xml" },
  { id: "checkstyle", title: "Checkstyle", about: "Jenkins and many others", file: "flightcheck-checkstyle.xml", type: "application/xml" },
  { id: "rdjson", title: "reviewdog", about: "rdjson", file: "flightcheck.rdjson", type: "application/json" },
  { id: "sonar", title: "SonarQube", about: "generic issues", file: "flightcheck-sonar.json", type: "application/json" },
];

/** A report without the colours of a terminal: nothing shows them here. */
export function plain(text: string): string {
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}
