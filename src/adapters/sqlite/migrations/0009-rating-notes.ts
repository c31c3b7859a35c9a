/** What people write beside a rating where they give it on a page, and when they did. */
export const ratingNotes = `
ALTER TABLE human_ratings ADD COLUMN note TEXT;
-- Epoch milliseconds; null for ratings from a file.
ALTER TABLE human_ratings ADD COLUMN rated_at INTEGER;
`;
