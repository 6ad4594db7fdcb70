// Starts the page.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { applyTheme, rememberedTheme } from './parts/theme.ts';
import '@xyflow/react/dist/base.css';
import './styles/tokens.css';
import './styles/elements.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/run.css';

applyTheme(rememberedTheme());
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
