import { useQuery } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { Inspector } from "../../entity/Inspector.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { runs } from "./queries.ts";

/** The whole document of a run, which a row of a list holds in part. */
export function InspectRun({ project, id, onClose }: { project: string; id: string; onClose: () => void }) {
  const m = useMessages();
  const { data, error } = useQuery(runs.detail(project, id));
  if (data !== undefined) return <Inspector label={data.name} value={data} onClose={onClose} />;
  if (error === null) return null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={m.functions.inspector}>
      <Callout tone="error">{errorText(error)}</Callout>
    </Dialog>
  );
}
