/** What a reader of a page can choose between, by the heading of the label column that says it in tables. */
export const CHOICES = ['Prompting', 'Judge'] as const;

/** What a chart or a row is about, where that is one of several. */
export type Choices = Readonly<Partial<Record<(typeof CHOICES)[number], string>>>;
