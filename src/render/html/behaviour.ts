/**
 * What the page does beyond standing there: live charts, tooltips, copying. Plain JavaScript of
 * today's browsers; the page says everything without it.
 */
export const behaviour = `
'use strict';
(() => {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  document.body.append(tip);

  const showTip = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = text === '';
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - width - 8)) + 'px';
    tip.style.top = (y + 18 + height > innerHeight ? Math.max(8, y - height - 12) : y + 18) + 'px';
  };
  const hideTip = () => { tip.hidden = true; };
  addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });
  addEventListener('scroll', hideTip, { passive: true, capture: true });

  const lines = (value) => {
    if (value === null || value === undefined || value === '') return '';
    if (typeof value !== 'object') return String(value);
    return Object.entries(value).map(([key, entry]) => key + ': ' + entry).join('\\n');
  };

  const specOf = (element) => {
    const block = document.querySelector('[data-spec="' + element.dataset.chart + '"]');
    const spec = JSON.parse(block.textContent);
    const off = new Set([...toggles(element)].filter(({ ariaPressed }) => ariaPressed === 'false').map(({ dataset }) => dataset.model));
    const shown = (row) => row.label === undefined || !off.has(row.label);
    for (const signal of spec.signals || []) {
      if (signal.name === 'panel_columns' && element.dataset.columns) signal.value = Number(element.dataset.columns);
      if (signal.name === 'x_step' && 'narrow' in element.dataset) signal.value = Math.min(signal.value, 56);
    }
    if ('narrow' in element.dataset) delete spec.legends;
    for (const source of spec.data || []) if (Array.isArray(source.values)) source.values = source.values.filter(shown);
    return spec;
  };

  const toggles = (element) => element.closest('.chart').querySelectorAll('.toggles button');

  const draw = async (element) => {
    const runtime = vega.parse(specOf(element), null, { ast: true });
    const live = document.createElement('div');
    const view = new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: 'svg', hover: true, logLevel: vega.Error });
    view.tooltip((_, event, item, value) => {
      const text = lines(value);
      if (text === '') hideTip(); else showTip(text, event.clientX, event.clientY);
    });
    await view.initialize(live).runAsync();
    live.querySelector('form')?.remove();
    element.firstElementChild.replaceWith(live);
    element.dataset.state = 'live';
    return live.querySelector('svg').width.baseVal.value;
  };

  // As many panels side by side as there is room for, whole rows of them; what has no panels to wrap
  // sets its columns closer and leaves out its legend.
  const fit = async (element) => {
    const room = element.parentElement.clientWidth;
    const { signals = [], marks } = specOf(element);
    // Axes at the foot of each column need whole rows.
    const shared = marks.some(({ name }) => name === 'column_footer');
    const columns = signals.find(({ name }) => name === 'panel_columns')?.value ?? 1;
    delete element.dataset.columns;
    delete element.dataset.narrow;
    let width = await draw(element);
    for (let fewer = columns - 1; width > room && fewer > 0; fewer -= 1) {
      if (shared && columns % fewer > 0) continue;
      element.dataset.columns = fewer;
      width = await draw(element);
    }
    if (width > room && columns === 1) {
      element.dataset.narrow = '';
      await draw(element);
    }
    element.dataset.room = room;
  };

  const start = (element) => {
    fit(element).then(() => {
      const group = element.closest('.chart').querySelector('.toggles');
      if (!group) return;
      group.hidden = false;
      group.addEventListener('click', (event) => {
        const button = event.target.closest('button');
        if (!button) return;
        const shown = [...toggles(element)].filter(({ ariaPressed }) => ariaPressed === 'true');
        if (button.ariaPressed === 'true' && shown.length === 1) return;
        button.ariaPressed = String(button.ariaPressed !== 'true');
        draw(element);
      });
    });
  };

  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      start(target);
    }
  }, { rootMargin: '400px' });
  if (typeof vega === 'object') for (const element of document.querySelectorAll('[data-chart]')) observer.observe(element);

  if (matchMedia('(max-width: 48rem)').matches)
    for (const box of document.querySelectorAll('.fold input')) box.checked = true;

  let resized;
  addEventListener('resize', () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      for (const element of document.querySelectorAll('[data-state="live"]'))
        if (element.parentElement.clientWidth !== Number(element.dataset.room) && element.offsetParent) fit(element);
    }, 200);
  });

  // Rows and charts of one prompting style or judge. Charts that are drawn for each show the first of
  // them until one is picked.
  const form = document.querySelector('.switches');
  const show = () => {
    const fields = [...form.querySelectorAll('fieldset')].map((field) => ({
      attribute: field.dataset.switch,
      picked: field.querySelector('input:checked').value,
    }));
    for (const row of document.querySelectorAll('tbody tr'))
      row.classList.toggle('off', fields.some(({ attribute, picked }) => picked !== '' && row.hasAttribute(attribute) && row.getAttribute(attribute) !== picked));
    for (const body of document.querySelectorAll('tbody'))
      [...body.querySelectorAll('tr:not(.off) > .first')].forEach((label, index) => label.classList.toggle('again', index > 0));
    const families = new Map();
    for (const chart of document.querySelectorAll('figure.chart')) {
      const title = chart.querySelector('h3').textContent;
      for (const { attribute } of fields) {
        const key = attribute + title;
        if (!families.has(key) && chart.hasAttribute(attribute)) families.set(key, chart.getAttribute(attribute));
      }
      chart.classList.toggle('off', fields.some(({ attribute, picked }) =>
        chart.hasAttribute(attribute) && chart.getAttribute(attribute) !== (picked || families.get(attribute + title))));
    }
  };
  if (form) {
    form.hidden = false;
    form.addEventListener('change', show);
    show();
  }

  for (const tools of document.querySelectorAll('.copies')) {
    tools.hidden = false;
    tools.addEventListener('click', async ({ target }) => {
      const { format } = target.dataset;
      if (!format) return;
      const texts = JSON.parse(tools.parentElement.querySelector('[data-texts]').textContent);
      try {
        await navigator.clipboard.writeText(texts[format]);
        target.textContent = 'Copied';
      } catch {
        target.textContent = 'Refused';
      }
      setTimeout(() => { target.textContent = format; }, 1500);
    });
  }

  document.addEventListener('click', (event) => {
    const cell = event.target.closest('td[title]');
    if (cell) showTip(cell.title.split(' · ').join('\\n'), event.clientX, event.clientY);
    else if (!event.target.closest('[data-chart]')) hideTip();
  });

  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(text);
        button.textContent = 'Selected';
      }
    });
  }

  if (matchMedia('(max-width: 117.99rem)').matches) document.querySelector('.contents details')?.removeAttribute('open');
})();
`;
