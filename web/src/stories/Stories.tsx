import { useEffect, useRef } from "react";
import { localeNames } from "../i18n/language.ts";
import { SelectField } from "../ui/field/SelectField.tsx";
import { type Address, writeAddress } from "./address.ts";
import { stories } from "./all.ts";
import css from "./Stories.module.css";
import { useAddress } from "./use-address.ts";

const folders = [...new Set(stories.map(({ folder }) => folder))];

/** The page of the components: a list of them, how they are looked at, and a window with the states of one. */
export function Stories() {
  const asked = useAddress();
  const address = asked.story === "" ? { ...asked, story: stories[0]?.slug ?? "" } : asked;
  const { theme } = address;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const go = (part: Partial<Address>) => location.replace(writeAddress({ ...address, ...part }));
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <h1>dhub components</h1>
        <Switches address={address} onChange={go} />
      </header>
      <nav className={css.list} aria-label="Components">
        {folders.map((folder) => (
          <section key={folder} aria-label={folder}>
            <h2>{folder}</h2>
            <ul>
              {stories
                .filter((each) => each.folder === folder)
                .map((each) => (
                  <li key={each.slug}>
                    <a
                      href={writeAddress({ ...address, story: each.slug, alone: undefined })}
                      aria-current={each.slug === address.story ? "page" : undefined}
                    >
                      {each.name}
                    </a>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </nav>
      <Shown address={address} />
    </div>
  );
}

function Switches({ address, onChange }: { address: Address; onChange: (part: Partial<Address>) => void }) {
  return (
    <div className={css.switches} role="group" aria-label="How it is looked at">
      <Choice
        label="Theme"
        value={address.theme}
        options={{ light: "light", dark: "dark" }}
        onChange={(theme) => onChange({ theme })}
      />
      <Choice
        label="Direction"
        value={address.direction}
        options={{ ltr: "left to right", rtl: "right to left" }}
        onChange={(direction) => onChange({ direction })}
      />
      <Choice
        label="Width"
        value={address.width}
        options={{ full: "full", "768": "768 px", "320": "320 px" }}
        onChange={(width) => onChange({ width })}
      />
      <Choice
        label="Language"
        value={address.language}
        options={localeNames}
        onChange={(language) => onChange({ language })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const entries = Object.entries(options) as [T, string][];
  return (
    <SelectField
      label={label}
      value={value}
      options={entries.map(([each, word]) => ({ value: each, label: word }))}
      onChange={(typed) => onChange(typed as T)}
    />
  );
}

/** The window with the states. Another component changes its fragment alone, which loads nothing anew. */
function Shown({ address }: { address: Address }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const fragment = writeAddress(address);
  useEffect(() => {
    const { current } = frame;
    const window = current?.contentWindow;
    if (window === null || window === undefined || current === null) return;
    if (current.src === "") current.src = `stories.html?frame${fragment}`;
    else window.location.replace(`stories.html?frame${fragment}`);
  }, [fragment]);
  // It is this page's own program again.
  // oxlint-disable-next-line react/iframe-missing-sandbox
  return <iframe ref={frame} className={css.window} data-width={address.width} title="The component" />;
}
