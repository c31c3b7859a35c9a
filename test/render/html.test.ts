import { expect, test } from 'vitest';
import { escapeText, html, jsonBlock } from '../../src/render/html/html.ts';
import { passage } from '../../src/render/html/passage.ts';
import { contentPolicy, scriptElement } from '../../src/render/html/policy.ts';

test('what is inserted is text, in content and in attributes', () => {
  const attack = `"><img src=x onerror='alert(1)'>`;
  expect(html`<p title="${attack}">${attack}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;">&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;</p>',
  );
});

test('templates nest without being escaped again, lists are joined, absent things leave nothing', () => {
  const entries = ['a & b', 'c'].map((entry) => html`<li>${entry}</li>`);
  expect(html`<ul>${entries}${null}${false}${0}</ul>`.markup).toBe(
    '<ul><li>a &amp; b</li><li>c</li>0</ul>',
  );
});

test('text that looks like markup of ours is still text', () => {
  expect(html`${'<b>{"markup":"x"}</b>'}`.markup).toBe(
    '&lt;b&gt;{&quot;markup&quot;:&quot;x&quot;}&lt;/b&gt;',
  );
});

test('characters that reorder or hide text are shown by their code points', () => {
  expect(escapeText('a\u202egnp.exe\u2069\u0000b\n\tc')).toBe(
    'a[U+202E]gnp.exe[U+2069][U+0000]b\n\tc',
  );
});

test('a data block cannot end its element', () => {
  expect(jsonBlock({ text: '</script><!--' }).markup).toBe('{"text":"\\u003c/script>\\u003c!--"}');
});

test('a script that would end its element is refused', () => {
  expect(() => scriptElement('const a = "</SCRIPT>";')).toThrow('would end its element');
});

test('the policy names scripts and styles by hash and allows nothing else', () => {
  // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
  const policy = contentPolicy({ scripts: ['alert(1)'], styles: [''] });
  expect(policy).toContain("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
  // The hash of nothing.
  expect(policy).toContain("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toContain('unsafe');
});

test('a passage has the direction of most of its letters and its language where it is written in it', () => {
  expect(passage('ما هو عيد الفطر؟ (Eid)', 'ar', 400).markup).toBe(
    '<div class="passage" dir="rtl" lang="ar">ما هو عيد الفطر؟ (Eid)</div>',
  );
  expect(passage('It is a feast.', 'ar', 400).markup).toBe(
    '<div class="passage" dir="ltr">It is a feast.</div>',
  );
  expect(passage('春节是什么？', 'zh', 400).markup).toContain('dir="ltr" lang="zh"');
  expect(passage('Spring', '"><script>', 400).markup).toBe(
    '<div class="passage" dir="ltr">Spring</div>',
  );
});

test.each([
  // Found to be Chinese, whatever was asked; by its letters alone it could be either.
  ['春节吃饺子。', 'zh', 'zh'],
  ['春节吃饺子。', 'und-Hani', 'und-Hani'],
  ['春节吃饺子。', 'mul', 'und-Hani'],
  ['正月におせちを食べます。', null, 'ja'],
  ['هذا جواب.', 'ja', 'und-Arab'],
  ['설날에 떡국을 먹어요.', null, 'ko'],
])('%s, said to be %s, is marked as %s', (text, language, marked) => {
  expect(passage(text, language, 400).markup).toContain(` lang="${marked}"`);
});

test('a long passage is cut behind a whole character and says how much is left', () => {
  expect(passage('😀'.repeat(20), null, 10).markup).toBe(
    `<div class="passage" dir="ltr">${'😀'.repeat(10)}<span class="cut" lang="en" dir="ltr">… 10 more characters</span></div>`,
  );
});
