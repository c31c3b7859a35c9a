import { render } from 'preact';
import { App } from './app.tsx';
import { serverSource } from './server-source.ts';

// The key has done its work: a link that is copied from here does not hold it.
if (new URLSearchParams(location.search).has('token'))
  history.replaceState(null, '', `${location.pathname}${location.hash}`);

const root = document.getElementById('app');
if (root !== null) render(<App source={serverSource} />, root);
