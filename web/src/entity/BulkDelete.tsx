import { Trash2 } from "lucide-react";
import { useWriteBlock } from "../live/state.ts";
import { Button } from "../ui/button/Button.tsx";

/** Among what can be done with selected rows: deleting them, which a dialog asks about. */
export function BulkDelete({ label, onClick }: { label: string; onClick: () => void }) {
  const blocked = useWriteBlock();
  return (
    <Button size="small" tone="danger" icon={<Trash2 />} disabledReason={blocked} onClick={onClick}>
      {label}
    </Button>
  );
}
