import { createContext, type ReactNode, use, useMemo } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./RunsList.module.css";
import { useRunChanges, type Watch } from "./use-run-changes.ts";

const Waiting = createContext<{ waiting: number; show: () => Promise<void> }>({ waiting: 0, show: async () => {} });

/**
 * Takes in what becomes of the runs of a list. It hears of every change, many times a second; what it is around is
 * drawn again only when rows came of them.
 */
export function Incoming({ children, ...watch }: Watch & { children: ReactNode }) {
  const { waiting, show } = useRunChanges(watch);
  const value = useMemo(() => ({ waiting, show }), [waiting, show]);
  return <Waiting value={value}>{children}</Waiting>;
}

/** Offers the runs that wait while they would move what is being read. */
export function NewRuns() {
  const m = useMessages();
  const { waiting, show } = use(Waiting);
  if (waiting === 0) return null;
  return (
    <Button className={css.pill} size="small" tone="primary" onClick={() => void show()}>
      {m.runs.newRuns(waiting)}
    </Button>
  );
}
