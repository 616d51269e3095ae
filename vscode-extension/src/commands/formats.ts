// The formats of reports, as people pick them.

/** The formats and the endings of their files; a test compares them with the core's. */
export const FORMATS = [
  ["html", "html", "A page of its own for a reviewer"],
  ["markdown", "md", "A comment on a pull request"],
  ["json", "json", "For programs"],
  ["sarif", "sarif", "GitHub code scanning, Azure DevOps, editors"],
  ["human", "txt", "As on a terminal"],
  ["github", "txt", "Annotations in a run of GitHub Actions"],
  ["gitlab", "json", "GitLab code quality"],
  ["junit", "xml", "Jenkins, GitLab, Azure DevOps"],
  ["checkstyle", "xml", "Jenkins and many others"],
  ["rdjson", "json", "reviewdog"],
  ["sonar", "json", "SonarQube"],
] as const;
