import { Link } from "@tanstack/react-router";
import { CircleQuestionMark, Menu as MenuIcon, Search } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { LiveBadge } from "../../live/LiveBadge.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { keycaps } from "../../ui/keys/sequence.ts";
import { Activity } from "./Activity.tsx";
import { ProjectSwitcher } from "./ProjectSwitcher.tsx";
import css from "./TopBar.module.css";
import { UserMenu } from "./UserMenu.tsx";

interface TopBarProps {
  project: string | undefined;
  onPalette: () => void;
  onHelp: () => void;
  menuOpen: boolean;
  onMenu: () => void;
}

/** The bar over every page. */
export function TopBar({ project, onPalette, onHelp, menuOpen, onMenu }: TopBarProps) {
  const m = useMessages();
  return (
    <header className={css.bar}>
      <span className={css.menu}>
        <IconButton label={m.app.rail.menu} icon={<MenuIcon />} aria-expanded={menuOpen} onClick={onMenu} />
      </span>
      <Link to="/" className={css.brand} aria-label={m.app.product}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" className={css.mark} />
          <path d="M9 8h6.5a8 8 0 0 1 0 16H9z" className={css.line} />
          <circle cx="15.5" cy="16" r="2.6" className={css.dot} />
        </svg>
        <span className={css.product}>{m.app.product}</span>
      </Link>
      <ProjectSwitcher project={project} />
      <button type="button" className={css.search} onClick={onPalette} aria-keyshortcuts="Control+K Meta+K">
        <Search aria-hidden="true" />
        <span className={css.searchText}>{m.app.palette.open}</span>
        <kbd className={css.key}>{keycaps("mod+k")}</kbd>
      </button>
      <div className={css.end}>
        <LiveBadge />
        <Activity />
        <IconButton label={m.app.shortcuts.open} shortcut="?" icon={<CircleQuestionMark />} onClick={onHelp} />
        <UserMenu />
      </div>
    </header>
  );
}
