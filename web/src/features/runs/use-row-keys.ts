import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { rerunBlock, stopBlock } from "./actions.ts";
import type { RowFrame } from "./RowActions.tsx";
import type { RunRow } from "./run.ts";

const none: readonly RunRow[] = [];

/**
 * What the keys of a row do wherever runs are listed; true when one was taken. Stop and Delete are about the chosen
 * rows where some are. While the server is away nothing is started.
 */
export function useRowKeys(frame: RowFrame, chosen = none): (key: string, run: RunRow) => boolean {
  const m = useMessages();
  const offline = useWriteBlock();
  return (key, run) => {
    const many = chosen.length > 0 ? chosen : [run];
    if (key === "l") frame.onLogs(run);
    else if (key === "i" && frame.onInspect !== undefined) frame.onInspect(run);
    else if (key === "r" && (offline ?? rerunBlock(m, run)) === undefined) frame.onRerun(run);
    else if (key === "s" && many.some((each) => stopBlock(m, each) === undefined)) frame.onStop(many);
    else if (key === "y") void copyText(run.id);
    else if (key === "delete") frame.onDelete(many);
    else return false;
    return true;
  };
}
