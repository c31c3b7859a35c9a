/** One message of a chat prompt, exactly as sent. */
export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** A rendered prompt: messages for the chat API; for raw completions their contents are joined. */
export type Prompt = readonly Message[];
