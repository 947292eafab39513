import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { discardDraft } from "../../forms/drafts.ts";
import type { DraftState } from "../../forms/use-draft.ts";
import { useMessages } from "../../i18n/language.ts";
import { useToast } from "../../ui/toast/toast.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The draft that was asked back on the way here: it stands in the form again without another question. */
    restoreDraft?: string;
  }
}

/** Says that what was typed is kept when its form is left, however it is left, and offers the way back to it. */
export function useKeptNotice({ key, unsaved }: DraftState): void {
  const router = useRouter();
  const toast = useToast();
  const words = useMessages().forms.draft;
  const tell = useRef<(address: string) => void>(undefined);
  useEffect(() => {
    tell.current = (address) => {
      if (!unsaved.current) return;
      const back = () => router.history.push(address, { restoreDraft: key });
      toast({ tone: "info", text: words.kept, action: { label: words.back, run: back } });
    };
  });
  useEffect(() => {
    const { href } = router.history.location;
    return () => tell.current?.(href);
  }, [router]);
}

/** Says that what was typed into a dialog is kept when it is closed, and offers to throw it away. */
export function useKeptInDialog({ key, unsaved }: DraftState): void {
  const toast = useToast();
  const words = useMessages().forms.draft;
  const tell = useRef<() => void>(undefined);
  useEffect(() => {
    tell.current = () => {
      if (!unsaved.current) return;
      const discard = () => discardDraft(localStorage, key, Date.now());
      toast({ tone: "info", text: words.keptShort, action: { label: words.drop, run: discard } });
    };
  });
  useEffect(() => () => tell.current?.(), []);
}

/** Whether the draft was asked back on the way to this page, as it was when the form came. */
export function useAskedBack(key: string): boolean {
  const router = useRouter({ warn: false });
  const [asked] = useState(() => {
    const state = router?.history.location.state;
    return state?.restoreDraft === key;
  });
  return asked;
}
