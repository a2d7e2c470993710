import { Outlet } from '@tanstack/react-router';
import { CommandPalette } from '../kit/command-palette.tsx';
import { ShortcutSheet } from '../kit/shortcut-sheet.tsx';
import { useShortcutListener } from '../kit/use-shortcut-listener.ts';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useGlobalActions } from './use-global-actions.ts';

/** The frame of every page for people who are signed in. */
export function Shell() {
  useShortcutListener();
  useGlobalActions();
  return (
    <div className="flex h-full flex-col md:flex-row print:block print:h-auto">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-lg"
      >
        Skip to the content
      </a>
      <Sidebar />
      <TopBar />
      <main
        id="content"
        tabIndex={-1}
        className="relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none print:overflow-visible"
      >
        <Outlet />
      </main>
      <ShortcutSheet />
      <CommandPalette />
    </div>
  );
}
