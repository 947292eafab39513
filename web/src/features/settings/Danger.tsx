import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { DeleteProject } from "../projects/shared/DeleteProject.tsx";
import css from "./Settings.module.css";

/** What cannot be taken back. */
export function Danger({ project }: { project: string }) {
  const m = useMessages();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const [asking, ask] = useState(false);
  return (
    <section className={css.card} aria-labelledby="settings-danger" data-danger>
      <h2 id="settings-danger">{m.projects.deleteTitle(project)}</h2>
      <p className={css.quiet}>{m.settings.dangerHelp}</p>
      <div className={css.buttons}>
        <Button tone="danger" icon={<Trash2 />} disabledReason={blocked} onClick={() => ask(true)}>
          {m.projects.deleteSubmit}
        </Button>
      </div>
      {asking && (
        <DeleteProject
          name={project}
          onClose={() => ask(false)}
          onDone={() => void navigate({ to: "/", replace: true })}
        />
      )}
    </section>
  );
}
