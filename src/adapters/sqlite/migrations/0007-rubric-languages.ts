/** Rubrics in the language of the questions, beside the one of the category. */
export const rubricLanguages = `
CREATE TABLE run_rubric_translations (
  run TEXT NOT NULL REFERENCES runs (id),
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  template TEXT NOT NULL REFERENCES templates (fingerprint),
  PRIMARY KEY (run, category, language)
) STRICT, WITHOUT ROWID;
`;
