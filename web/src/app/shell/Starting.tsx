import { useMessages } from "../../i18n/language.ts";
import css from "./Shell.module.css";

/** What is said while the frame of the page is on its way; what is seen then is the outline in index.html. */
export function Starting() {
  const m = useMessages();
  return (
    <p className={css.said} role="status">
      {m.ui.loading}
    </p>
  );
}
