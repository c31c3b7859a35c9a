import type { JudgedAnswer, MissingReason } from '../../ports/run-archive.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name, PASSAGE_LIMITS, passage } from '../../render/html/passage.ts';
import type { LabelledAnswer, PageExample } from '../page/page-source.ts';
import { REASON_LABELS } from '../tables/coverage-table.ts';
import { EXAMPLE_RULES, type ExampleRule } from './pick-examples.ts';

const RULES: Readonly<Record<ExampleRule, { readonly title: string; readonly rule: string }>> = {
  highest: {
    title: 'Highest rated',
    rule: 'The highest rated answers of every model and culture.',
  },
  lowest: { title: 'Lowest rated', rule: 'The lowest rated answers of every model and culture.' },
  disagreed: {
    title: 'Most disagreed',
    rule: 'One model, one prompting style, one question: the two ratings, by judge or trial, that lie furthest apart.',
  },
  conflicting: {
    title: 'Verdicts with two different ratings',
    rule: 'The last rating of the text counts.',
  },
  lenient: {
    title: 'Verdicts read leniently',
    rule: 'The rating stood in double brackets without the word “Rating” before it.',
  },
  missing: {
    title: 'Missing ratings',
    rule: 'Some of every reason for which a planned rating is not there.',
  },
};

/** Examples under the rule that chose them, folded up but for the first. */
export function examples(entries: readonly PageExample[]): Html {
  const groups = EXAMPLE_RULES.map((rule) => ({
    rule,
    chosen: entries.filter((entry) => entry.rule === rule),
  })).filter(({ chosen }) => chosen.length > 0);
  if (groups.length === 0) return html`<p>The run has no answer yet.</p>`;
  return html`<p>${entries.length} examples, chosen by rule and not by hand; equal ones go by a fixed shuffle. Long texts are cut, which is said where it happens; the store has all of them.</p>
${groups.map(
  ({ rule, chosen }, index) => html`<details class="examples"${index === 0 && ' open'}>
<summary><h3>${RULES[rule].title}</h3> <span class="tally">${chosen.length}</span></summary>
<p class="fine">${RULES[rule].rule}</p>
${chosen.map(examplePart)}
</details>
`,
)}`;
}

export function examplePart({ reason, judged }: PageExample): Html {
  const [first] = judged;
  if (!first) return html``;
  const { item } = first.answer;
  const apart = judged.some(({ answer }) => answer.answer !== first.answer.answer);
  return html`<article class="example">
<header><span>${name(item.culture)}</span> <span>${name(item.category)}</span>${
    item.scope !== null && html` <span>${name(item.scope)}</span>`
  } <span class="id">${name(item.id)}</span>${
    reason !== null && html` <strong class="reason">${reasonLabel(reason)}</strong>`
  }</header>
<div class="sides">
<div class="asked">
${labelled('Question', passage(item.question, item.language, PASSAGE_LIMITS.question))}
${labelled('Reference', passage(item.reference, item.language, PASSAGE_LIMITS.reference))}
</div>
<div class="given">
${judged.map((entry, index) => judgedPart(entry, index === 0 || apart))}
</div>
</div>
</article>
`;
}

function reasonLabel(reason: MissingReason): string {
  return REASON_LABELS[reason];
}

function judgedPart(
  { run, model, style, judge, answer }: LabelledAnswer,
  withAnswer: boolean,
): Html {
  const { outcome, item } = answer;
  return html`${
    withAnswer &&
    labelled(
      html`Answer of ${name(model)}, ${name(style)}${run !== null && html`, ${name(run)}`}`,
      answer.answer === null
        ? absent(
            outcome.responseStatus === 'pending' ? 'not called' : outcome.responseStatus,
            answer.answerDetail,
          )
        : passage(answer.answer, answer.detected ?? item.language, PASSAGE_LIMITS.answer),
    )
  }${labelled(
    html`Verdict of ${name(judge)}${
      outcome.rating !== null && html` <span class="rating"><b>${outcome.rating}</b> of 10</span>`
    }`,
    verdictText(answer),
  )}`;
}

function verdictText({ outcome, verdict, verdictDetail }: JudgedAnswer): Html {
  if (verdict !== null && verdict.trim() !== '') {
    return passage(verdict, null, PASSAGE_LIMITS.verdict);
  }
  return absent(outcome.status === 'pending' ? 'not called' : outcome.status, verdictDetail);
}

/** What stands where a text would be: the state, and what was recorded about it. */
function absent(state: string, detail: JudgedAnswer['answerDetail']): Html {
  return html`<div class="absent">${state}${
    detail !== null &&
    html`<code>${JSON.stringify(detail).slice(0, PASSAGE_LIMITS.question)}</code>`
  }</div>`;
}

function labelled(label: Html | string, content: Html): Html {
  return html`<h4>${label}</h4>
${content}
`;
}
