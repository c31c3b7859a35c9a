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

  const draw = (element) => {
    const block = document.querySelector('[data-spec="' + element.dataset.chart + '"]');
    const runtime = vega.parse(JSON.parse(block.textContent), null, { ast: true });
    const still = element.firstElementChild;
    const view = new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: 'svg', hover: true, logLevel: vega.Error });
    view.tooltip((_, event, item, value) => {
      const text = lines(value);
      if (text === '') hideTip(); else showTip(text, event.clientX, event.clientY);
    });
    const live = document.createElement('div');
    view.initialize(live);
    return view.runAsync().then(() => {
      element.style.minHeight = still.getBoundingClientRect().height + 'px';
      still.replaceWith(live);
      element.dataset.state = 'live';
      addToggles(element, view);
    }).catch((error) => { element.dataset.state = 'still'; console.error(error); });
  };

  const addToggles = (element, view) => {
    const names = (element.dataset.series || '') === '' ? [] : JSON.parse(element.dataset.series);
    if (names.length < 2) return;
  };

  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      draw(target);
    }
  }, { rootMargin: '400px' });
  if (typeof vega === 'object') for (const element of document.querySelectorAll('[data-chart]')) observer.observe(element);

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

  if (matchMedia('(max-width: 75.99rem)').matches) document.querySelector('.contents details')?.removeAttribute('open');
})();
`;
