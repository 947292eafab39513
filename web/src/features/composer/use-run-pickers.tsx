import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import type { Pickers } from "../../forms/pickers.ts";
import { runPickers } from "./queries.ts";

const CreateSecret = lazy(async () => ({
  default: (await import("../secrets/shared/CreateSecret.tsx")).CreateSecret,
}));

/** What the pickers of a run's form choose from, and the dialog by which one of them makes a secret, when it is open. */
export function useRunPickers(project: string): { pickers: Pickers; dialog: ReactNode } {
  const [secretMade, setSecretMade] = useState<((name: string | undefined) => void) | undefined>(undefined);
  const pickers = useMemo(
    (): Pickers => ({
      ...runPickers(project),
      createSecret: () => new Promise((resolve) => setSecretMade(() => resolve)),
    }),
    [project],
  );
  const dialog = secretMade !== undefined && (
    <Suspense>
      <CreateSecret
        project={project}
        onClose={(made) => {
          secretMade(made);
          setSecretMade(undefined);
        }}
      />
    </Suspense>
  );
  return { pickers, dialog };
}
