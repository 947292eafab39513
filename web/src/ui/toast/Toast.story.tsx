import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { Toast } from "./Toast.tsx";
import { type ToastMessage, useToast } from "./toast.ts";

const messages: Record<string, ToastMessage> = {
  success: { tone: "success", text: "Saved as v8." },
  "that can be taken back": { tone: "success", text: "The label ml is gone.", undo: nothing },
  info: { tone: "info", text: "A newer version is there.", action: { label: "Show", run: nothing } },
  error: { tone: "error", text: "Not saved: the server is away." },
  "long text": { tone: "error", text: longText, undo: nothing },
};

function Real() {
  const toast = useToast();
  return (
    <p>
      {Object.entries(messages).map(([name, message]) => (
        <Button key={name} onClick={() => toast(message)}>
          {name}
        </Button>
      ))}
    </p>
  );
}

export const story: Story = {
  about:
    "A short message that something happened: it goes by itself, but a failure stays, as does one that is pointed at.",
  keyboard: { Tab: "reaches Undo and Dismiss; the message stays meanwhile" },
  states: {
    ...Object.fromEntries(
      Object.entries(messages).map(([name, message]) => [
        name,
        <Toast key={name} message={message} onDismiss={nothing} />,
      ]),
    ),
    "at the end of the window": <Real />,
  },
};
